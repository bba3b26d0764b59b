import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localIssuer, type LocalIssuer } from '../../../libs/identity/local-issuer.js';
import { readConfig } from '../config.js';
import { localIssuerOf } from './local-issuer-of.js';

describe('Whom the console lets in as a person of the demo', () => {
  let folder: string;
  let verifier: LocalIssuer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-issuer-'));
    verifier = await localIssuer(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const issuerAt = (environment: Readonly<Record<string, string>>, asked: object = verifier) =>
    localIssuerOf({ config: readConfig(environment), verifier: asked as LocalIssuer });

  it.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1'])('whoever sits at this machine: HOST=%s', (HOST) => {
    expect(issuerAt({ HOST })).toBe(verifier);
  });

  it.each(['0.0.0.0', '::', '10.0.0.7', 'engine.example', '127.0.0.1.example'])(
    'nobody where others reach the engine: HOST=%s',
    (HOST) => {
      expect(issuerAt({ HOST })).toBeUndefined();
    },
  );

  it('nobody in production, and nobody where tokens come from a provider', () => {
    expect(issuerAt({ NODE_ENV: 'production' })).toBeUndefined();
    expect(issuerAt({}, { verify: verifier.verify })).toBeUndefined();
  });
});

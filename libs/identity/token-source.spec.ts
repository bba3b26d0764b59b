import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localIssuer } from './local-issuer.js';
import { remoteIssuerIn, tokenSource } from './token-source.js';

const REMOTE = {
  RECOURSE_JWKS_URL: 'https://login.example/.well-known/jwks.json',
  RECOURSE_ISSUER: 'https://login.example/',
  RECOURSE_AUDIENCE: 'recourse',
};

describe('Whose tokens are believed', () => {
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'recourse-identity-'));
  });
  afterEach(() => rm(data, { recursive: true }));

  it('is the local issuer where nothing is configured', async () => {
    const source = await tokenSource({}, data);
    const token = await (await localIssuer(data)).issue({ role: 'auditor', lifetimeSeconds: 60 });
    expect(await source.verify(token)).toMatchObject({ ok: true, principal: { role: 'auditor' } });
  });

  it('is never the local issuer in production', async () => {
    await expect(tokenSource({ NODE_ENV: 'production' }, data)).rejects.toMatchObject({
      code: 'IDENTITY.NOT_CONFIGURED',
    });
    expect(await readdir(data)).toEqual([]);
  });

  it('is the provider where one is configured, and then not the local issuer', async () => {
    const token = await (await localIssuer(data)).issue({ role: 'auditor', lifetimeSeconds: 60 });
    const unreachable = { ...REMOTE, RECOURSE_JWKS_URL: 'http://127.0.0.1:9/jwks.json' };
    for (const environment of [unreachable, { ...unreachable, NODE_ENV: 'production' }]) {
      const source = await tokenSource(environment, data);
      expect(await source.verify(token)).toEqual({ ok: false, code: 'TOKEN.KEYS_UNAVAILABLE' });
    }
  });

  it('reads the provider from the environment', () => {
    expect(remoteIssuerIn(REMOTE)).toEqual({
      jwksUrl: new URL(REMOTE.RECOURSE_JWKS_URL),
      issuer: REMOTE.RECOURSE_ISSUER,
      audience: REMOTE.RECOURSE_AUDIENCE,
    });
  });

  test.each([
    ['the audience', { RECOURSE_AUDIENCE: '' }, 'RECOURSE_AUDIENCE'],
    ['the issuer', { RECOURSE_ISSUER: undefined }, 'RECOURSE_ISSUER'],
    ['the URL', { RECOURSE_JWKS_URL: undefined }, 'RECOURSE_JWKS_URL'],
  ])('is not guessed at: without %s', async (_name, change, missing) => {
    await expect(tokenSource({ ...REMOTE, ...change }, data)).rejects.toMatchObject({
      code: 'IDENTITY.MISCONFIGURED',
      message: expect.stringContaining(missing) as string,
    });
  });

  test.each([
    'http://login.example/jwks.json',
    'file:///etc/passwd',
    'login.example',
    'http://127.0.0.1.evil.example/',
  ])('is not to be learnt from %s', async (url) => {
    await expect(tokenSource({ ...REMOTE, RECOURSE_JWKS_URL: url }, data)).rejects.toMatchObject({
      code: 'IDENTITY.MISCONFIGURED',
    });
  });
});

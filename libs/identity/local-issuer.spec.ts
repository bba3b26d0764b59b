import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { localIssuer } from './local-issuer.js';

const BUYER = { role: 'buyer', party: 'B1', lifetimeSeconds: 60 } as const;

describe('The local issuer', () => {
  let data: string;
  const file = () => join(data, 'identity', 'local-issuer.json');

  beforeEach(async () => {
    data = join(await mkdtemp(join(tmpdir(), 'recourse-identity-')), 'data');
  });
  afterEach(() => rm(join(data, '..'), { recursive: true }));

  it('issues tokens that it believes', async () => {
    const issuer = await localIssuer(data);
    const token = await issuer.issue({ ...BUYER, sub: 'jo', name: 'Jo' });
    expect(await issuer.verify(token)).toEqual({
      ok: true,
      principal: { role: 'buyer', id: 'B1', sub: 'jo', name: 'Jo' },
    });
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'JWT' });
    expect(decodeJwt(token)).toMatchObject({ iss: 'recourse-local', aud: 'recourse', party: 'B1' });
  });

  it('names the holder where no one else did', async () => {
    const issuer = await localIssuer(data);
    expect(decodeJwt(await issuer.issue(BUYER)).sub).toBe('B1');
    expect(decodeJwt(await issuer.issue({ role: 'auditor', lifetimeSeconds: 60 })).sub).toBe('local-auditor');
  });

  it('is the same for the engine and the command line', async () => {
    const engine = await localIssuer(data);
    const commandLine = await localIssuer(data);
    expect(await engine.verify(await commandLine.issue(BUYER))).toMatchObject({ ok: true });
  });

  it('is one, also when several start at the same moment', async () => {
    const issuers = await Promise.all(Array.from({ length: 20 }, () => localIssuer(data)));
    const tokens = await Promise.all(issuers.map((issuer) => issuer.issue(BUYER)));
    for (const token of tokens) expect(await issuers[0]?.verify(token)).toMatchObject({ ok: true });
    expect(await readdir(join(data, 'identity'))).toEqual(['local-issuer.json']);
  });

  it('does not believe the issuer of another data directory', async () => {
    const [one, other] = [await localIssuer(data), await localIssuer(`${data}-other`)];
    expect(await one.verify(await other.issue(BUYER))).toEqual({ ok: false, code: 'TOKEN.UNKNOWN_KEY' });
  });

  it('keeps its key to the owner', async () => {
    await localIssuer(data);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await stat(join(data, 'identity'))).mode & 0o777).toBe(0o700);
  });

  it('keeps its key out of its tokens', async () => {
    const issuer = await localIssuer(data);
    const { d } = JSON.parse(await readFile(file(), 'utf8')) as { d: string };
    const token = await issuer.issue(BUYER);
    expect(d).toHaveLength(43);
    expect(JSON.stringify([decodeProtectedHeader(token), decodeJwt(token)])).not.toContain(d);
  });

  test.each([
    [
      'a role that is none',
      { role: 'admin' as 'buyer', lifetimeSeconds: 60 },
      /there are buyer, supplier, agent/,
    ],
    ['the clock', { role: 'clock', lifetimeSeconds: 60 }, /no role 'clock'/],
    ['a buyer without a party', { role: 'buyer', lifetimeSeconds: 60 }, /acts for a party/],
    ['an auditor with a party', { role: 'auditor', party: 'B1', lifetimeSeconds: 60 }, /names no party/],
    ['a party that is no id', { ...BUYER, party: '../B1' }, /are ids/],
    ['a subject that is no id', { ...BUYER, sub: 'j o' }, /are ids/],
  ] as const)('issues no token for %s', async (_name, request, message) => {
    const issuer = await localIssuer(data);
    await expect(issuer.issue(request)).rejects.toMatchObject({
      code: 'IDENTITY.TOKEN_REFUSED',
      message: expect.stringMatching(message) as string,
    });
  });

  test.each([
    ['empty', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['another kind of key', '{"kty":"oct","k":"c2VjcmV0","kid":"x"}'],
    [
      'a public key',
      '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"x"}',
    ],
  ])('does not start on a key file that is %s', async (_name, content) => {
    await localIssuer(data);
    await writeFile(file(), content);
    await expect(localIssuer(data)).rejects.toMatchObject({ code: 'IDENTITY.LOCAL_KEY_UNUSABLE' });
  });

  describe('remembers a token that was good', () => {
    const start = Date.parse('2026-03-01T00:00:00.000Z');
    let time: number;
    const issuer = () => localIssuer(data, () => time);
    beforeEach(() => {
      time = start;
    });

    it('but not beyond its expiry', async () => {
      const local = await issuer();
      const token = await local.issue({ ...BUYER, lifetimeSeconds: 10 });
      expect(await local.verify(token)).toMatchObject({ ok: true });
      time = start + 10_000 + 5_001;
      expect(await local.verify(token)).toEqual({ ok: false, code: 'TOKEN.EXPIRED' });
    });

    it('as its own holder’s only', async () => {
      const local = await issuer();
      const [one, other] = [await local.issue(BUYER), await local.issue({ ...BUYER, party: 'B2' })];
      for (const token of [one, other, one, other]) await local.verify(token);
      expect(await local.verify(one)).toMatchObject({ principal: { id: 'B1' } });
      expect(await local.verify(other)).toMatchObject({ principal: { id: 'B2' } });
    });

    it('and is not asked twice within a minute', async () => {
      const local = await issuer();
      const token = await local.issue({ ...BUYER, lifetimeSeconds: 3_600 });
      const first = await local.verify(token);
      time = start + 59_999;
      expect(await local.verify(token)).toBe(first);
      time = start + 60_000;
      expect(await local.verify(token)).not.toBe(first);
    });
  });
});

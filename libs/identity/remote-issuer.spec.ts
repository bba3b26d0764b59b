import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  SignJWT,
  UnsecuredJWT,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { remoteIssuer } from './remote-issuer.js';
import type { TokenVerifier } from './token-verifier.js';

const ISSUER = 'https://login.example/';
const AUDIENCE = 'recourse';
const ARBITRATOR = { ok: true, principal: { role: 'arbitrator', id: 'a-1', sub: 'a-1' } };
const refused = (code: string) => ({ ok: false, code });

interface Key {
  readonly alg: string;
  readonly kid: string;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function key(kid: string, alg = 'EdDSA'): Promise<Key> {
  const pair = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, ...pair, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' } };
}

/** A provider as it is met in the wild: an HTTP server that publishes its keys. */
class Provider {
  keys: JWK[] = [];
  answer: 'keys' | 'error' | 'nonsense' = 'keys';
  requests = 0;
  private readonly server: Server = createServer((_request, response) => {
    this.requests++;
    response.statusCode = this.answer === 'error' ? 503 : 200;
    response.end(this.answer === 'nonsense' ? '<html>' : JSON.stringify({ keys: this.keys }));
  });

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

const seconds = () => Math.floor(Date.now() / 1_000);
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'a-1',
  role: 'arbitrator',
  iat: seconds(),
  exp: seconds() + 60,
  ...more,
});

const sign = (by: Key, payload = claims(), header: { kid?: string; crit?: string[] } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: by.alg, kid: by.kid, ...header }).sign(by.privateKey);

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Tokens of a provider', () => {
  const provider = new Provider();
  let first: Key;
  let verifier: TokenVerifier;

  beforeAll(async () => {
    first = await key('first');
    await provider.start();
  });
  beforeEach(() => {
    provider.keys = [first.jwk];
    provider.answer = 'keys';
    provider.requests = 0;
    verifier = remoteIssuer({ jwksUrl: provider.url, issuer: ISSUER, audience: AUDIENCE });
  });
  afterAll(() => provider.stop());

  test.each(['EdDSA', 'ES256', 'RS256', 'PS256'])('may be signed by %s', async (alg) => {
    const other = await key('other', alg);
    provider.keys = [first.jwk, other.jwk];
    expect(await verifier.verify(await sign(other))).toEqual(ARBITRATOR);
  });

  it('may be for several audiences, and need no key id where there is one key', async () => {
    const token = await new SignJWT(claims({ aud: ['other', AUDIENCE] }))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(first.privateKey);
    expect(await verifier.verify(token)).toEqual(ARBITRATOR);
  });

  test.each([
    ['of another issuer', { iss: 'https://evil.example/' }, 'TOKEN.WRONG_ISSUER'],
    ['of an issuer that differs by a slash', { iss: 'https://login.example' }, 'TOKEN.WRONG_ISSUER'],
    ['for another audience', { aud: 'other' }, 'TOKEN.WRONG_AUDIENCE'],
    ['expired', { exp: seconds() - 6 }, 'TOKEN.EXPIRED'],
    ['not yet valid', { nbf: seconds() + 60 }, 'TOKEN.NOT_YET_VALID'],
    ['issued tomorrow', { iat: seconds() + 86_400, exp: seconds() + 90_000 }, 'TOKEN.NOT_YET_VALID'],
    ['with a role that is none', { role: 'root' }, 'TOKEN.CLAIMS_MISSING'],
    ['of the clock', { role: 'clock' }, 'TOKEN.CLAIMS_MISSING'],
    ['of a buyer without a party', { role: 'buyer' }, 'TOKEN.CLAIMS_MISSING'],
    ['without issuer', { iss: undefined }, 'TOKEN.WRONG_ISSUER'],
    ['without audience', { aud: undefined }, 'TOKEN.WRONG_AUDIENCE'],
    ['without expiry', { exp: undefined }, 'TOKEN.CLAIMS_MISSING'],
    ['without time of issue', { iat: undefined }, 'TOKEN.CLAIMS_MISSING'],
    ['without subject', { sub: undefined }, 'TOKEN.CLAIMS_MISSING'],
    ['without role', { role: undefined }, 'TOKEN.CLAIMS_MISSING'],
  ])('are refused: %s', async (_name, changed, code) => {
    expect(await verifier.verify(await sign(first, claims(changed)))).toEqual(refused(code));
  });

  it('are taken within five seconds of their times: clocks differ', async () => {
    const just = claims({ exp: seconds() - 2, nbf: seconds() + 3 });
    expect(await verifier.verify(await sign(first, just))).toEqual(ARBITRATOR);
  });

  it('are refused unsigned (alg none)', async () => {
    expect(await verifier.verify(new UnsecuredJWT(claims()).encode())).toEqual(
      refused('TOKEN.ALGORITHM_REFUSED'),
    );
    const [header, payload] = [{ alg: 'none', kid: 'first' }, claims()].map(base64url);
    expect(await verifier.verify(`${header}.${payload}.AAAA`)).toEqual(refused('TOKEN.ALGORITHM_REFUSED'));
  });

  it('are refused when the public key was used as a shared secret (HS256)', async () => {
    const rsa = await key('rsa', 'RS256');
    provider.keys = [rsa.jwk];
    for (const secret of [await exportSPKI(rsa.publicKey), JSON.stringify(rsa.jwk)]) {
      const token = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', kid: 'rsa' })
        .sign(Buffer.from(secret));
      expect(await verifier.verify(token)).toEqual(refused('TOKEN.ALGORITHM_REFUSED'));
    }
  });

  it('are refused with a signature of another key under a known key id', async () => {
    const forger = { ...(await key('first')), kid: 'first' };
    expect(await verifier.verify(await sign(forger))).toEqual(refused('TOKEN.BAD_SIGNATURE'));
  });

  it('are refused with a key of their own in the header', async () => {
    const forger = await key('forger');
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'EdDSA', jwk: forger.jwk, kid: 'forger' })
      .sign(forger.privateKey);
    expect(await verifier.verify(token)).toEqual(refused('TOKEN.UNKNOWN_KEY'));
  });

  it('are refused when anything in them was changed', async () => {
    const token = await sign(first, claims({ role: 'buyer', party: 'B1' }));
    const [header, , signature] = token.split('.');
    const forged = `${header}.${base64url(claims({ role: 'buyer', party: 'B2' }))}.${signature}`;
    expect(await verifier.verify(token)).toMatchObject({ ok: true, principal: { id: 'B1' } });
    expect(await verifier.verify(forged)).toEqual(refused('TOKEN.BAD_SIGNATURE'));
  });

  it('are refused with an extension that nobody here knows', async () => {
    const [, payload, signature] = (await sign(first)).split('.');
    const header = base64url({ alg: 'EdDSA', kid: 'first', crit: ['exp2'], exp2: 1 });
    expect(await verifier.verify(`${header}.${payload}.${signature}`)).toEqual(refused('TOKEN.MALFORMED'));
  });

  test.each([
    ['nothing', ''],
    ['a word', 'secret'],
    ['two parts', 'a.b'],
    ['five parts (encrypted)', 'a.b.c.d.e'],
    ['no base64', '!.!.!'],
    ['no JSON', 'YQ.YQ.YQ'],
    ['white space', ' '],
    ['letters outside of ASCII', 'é.é.é'],
  ])('are refused that are none: %s', async (_name, token) => {
    expect(await verifier.verify(token)).toEqual(refused('TOKEN.MALFORMED'));
  });

  it('are refused unread when they are larger than 8 KiB', async () => {
    const token = await sign(first, claims({ padding: 'x'.repeat(8_192) }));
    expect(await verifier.verify(token)).toEqual(refused('TOKEN.TOO_LARGE'));
    expect(provider.requests).toBe(0);
  });

  describe('when the provider rotates its keys', () => {
    it('are taken with the new key at once', async () => {
      const eager = remoteIssuer({
        jwksUrl: provider.url,
        issuer: ISSUER,
        audience: AUDIENCE,
        cooldownMs: 0,
      });
      expect(await eager.verify(await sign(first))).toEqual(ARBITRATOR);
      const second = await key('second');
      provider.keys = [second.jwk];
      expect(await eager.verify(await sign(second))).toEqual(ARBITRATOR);
      expect(await eager.verify(await sign(first, claims({ jti: 'another' })))).toEqual(
        refused('TOKEN.UNKNOWN_KEY'),
      );
    });

    it('do not let made-up key ids flood the provider', async () => {
      expect(await verifier.verify(await sign(first))).toEqual(ARBITRATOR);
      const tokens = await Promise.all(
        Array.from({ length: 50 }, (_, i) => sign(first, claims(), { kid: `made-up-${i}` })),
      );
      const results = await Promise.all(tokens.map((token) => verifier.verify(token)));
      expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
        new Set([JSON.stringify(refused('TOKEN.UNKNOWN_KEY'))]),
      );
      expect(provider.requests).toBe(1);
    });
  });

  test.each(['error', 'nonsense'] as const)(
    'can’t be judged while the provider answers with %s',
    async (answer) => {
      provider.answer = answer;
      expect(await verifier.verify(await sign(first))).toEqual(refused('TOKEN.KEYS_UNAVAILABLE'));
      provider.answer = 'keys';
      expect(await verifier.verify(await sign(first))).toEqual(ARBITRATOR);
    },
  );

  it('can’t be judged while the provider is down', async () => {
    const other = new Provider();
    other.keys = [first.jwk];
    await other.start();
    const distant = remoteIssuer({ jwksUrl: other.url, issuer: ISSUER, audience: AUDIENCE });
    await other.stop();
    expect(await distant.verify(await sign(first))).toEqual(refused('TOKEN.KEYS_UNAVAILABLE'));
  });
});

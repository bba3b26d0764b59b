import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { principalOf, type Principal } from './principal.js';

export type TokenFault =
  | 'TOKEN.TOO_LARGE'
  /** No JWT in compact form, or a form that is not supported. */
  | 'TOKEN.MALFORMED'
  | 'TOKEN.ALGORITHM_REFUSED'
  | 'TOKEN.UNKNOWN_KEY'
  | 'TOKEN.BAD_SIGNATURE'
  | 'TOKEN.WRONG_ISSUER'
  | 'TOKEN.WRONG_AUDIENCE'
  | 'TOKEN.EXPIRED'
  | 'TOKEN.NOT_YET_VALID'
  /** Genuine, but it does not say who may act: `sub`, `role`, `party`, `exp`, `iat`. */
  | 'TOKEN.CLAIMS_MISSING'
  /** The issuer's keys can't be had: not the caller's fault, to be answered with 503. */
  | 'TOKEN.KEYS_UNAVAILABLE';

export type TokenResult =
  { readonly ok: true; readonly principal: Principal } | { readonly ok: false; readonly code: TokenFault };

export interface TokenVerifier {
  /** Whom the token (a JWT, without `Bearer `) makes of its holder. Never rejects. */
  verify(token: string): Promise<TokenResult>;
}

export interface Trust {
  readonly issuer: string;
  readonly audience: string;
  /** Signature algorithms that are accepted; none of them takes a shared secret. */
  readonly algorithms: readonly string[];
  readonly keys: JWTVerifyGetKey;
  /** The claim that says who it is; `sub` if left out. */
  readonly subjectClaim?: string;
}

const MAX_LENGTH = 8_192;
const CLOCK_TOLERANCE_SECONDS = 5;
const CACHED_TOKENS = 10_000;
/** How long a key that its issuer has withdrawn may go on being honoured for a token that was seen before. */
const CACHED_MS = 60_000;

/**
 * Verifies tokens of one issuer: signature, algorithm, issuer, audience and times (RFC 7519, RFC 8725), with five seconds
 * for clocks that differ. A token that was found good is remembered for a minute and never beyond its `exp`, so that
 * the next requests with it cost a look-up. A token's times are real ones: `now` is never the virtual clock.
 */
export function tokenVerifier(trust: Trust, now: () => number = Date.now): TokenVerifier {
  const known = new LRUCache<string, { readonly until: number; readonly result: TokenResult }>({
    max: CACHED_TOKENS,
  });
  const options = {
    issuer: trust.issuer,
    audience: trust.audience,
    algorithms: [...trust.algorithms],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['sub', 'role', 'exp', 'iat'],
  };

  const verifyUnknown = async (token: string): Promise<TokenResult> => {
    try {
      const at = now();
      const { payload } = await jwtVerify(token, keysOf(trust), { ...options, currentDate: new Date(at) });
      return admitted(token, payload, at);
    } catch (error) {
      return { ok: false, code: faultOf(error) };
    }
  };

  const admitted = (token: string, payload: JWTPayload, at: number): TokenResult => {
    if (Number(payload.iat) * 1_000 > at + CLOCK_TOLERANCE_SECONDS * 1_000)
      return { ok: false, code: 'TOKEN.NOT_YET_VALID' };
    const principal = principalOf(payload, trust.subjectClaim);
    if (principal === undefined) return { ok: false, code: 'TOKEN.CLAIMS_MISSING' };
    const result: TokenResult = { ok: true, principal };
    known.set(token, { until: Math.min(Number(payload.exp) * 1_000, at + CACHED_MS), result });
    return result;
  };

  return {
    async verify(token) {
      const seen = known.get(token);
      if (seen !== undefined && now() < seen.until) return seen.result;
      if (token.length > MAX_LENGTH) return { ok: false, code: 'TOKEN.TOO_LARGE' };
      return verifyUnknown(token);
    },
  };
}

/** The keys, with every failure to get at them told apart from a token that names a key that is not among them. */
function keysOf({ keys }: Trust): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (FAULTS[codeOf(error)] === 'TOKEN.UNKNOWN_KEY') throw error;
      throw Object.assign(new Error('the keys of the issuer are not to be had', { cause: error }), {
        code: KEYS_UNAVAILABLE,
      });
    }
  };
}

const KEYS_UNAVAILABLE = 'KEYS_UNAVAILABLE';

/** jose's codes. */
const FAULTS: Readonly<Record<string, TokenFault>> = {
  [KEYS_UNAVAILABLE]: 'TOKEN.KEYS_UNAVAILABLE',
  ERR_JOSE_ALG_NOT_ALLOWED: 'TOKEN.ALGORITHM_REFUSED',
  ERR_JWKS_NO_MATCHING_KEY: 'TOKEN.UNKNOWN_KEY',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'TOKEN.UNKNOWN_KEY',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'TOKEN.BAD_SIGNATURE',
  ERR_JWT_EXPIRED: 'TOKEN.EXPIRED',
};

const CLAIM_FAULTS: Readonly<Record<string, TokenFault>> = {
  iss: 'TOKEN.WRONG_ISSUER',
  aud: 'TOKEN.WRONG_AUDIENCE',
  nbf: 'TOKEN.NOT_YET_VALID',
};

function faultOf(error: unknown): TokenFault {
  const code = codeOf(error);
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    return CLAIM_FAULTS[(error as { claim: string }).claim] ?? 'TOKEN.CLAIMS_MISSING';
  }
  return FAULTS[code] ?? 'TOKEN.MALFORMED';
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code);

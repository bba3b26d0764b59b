import { createRemoteJWKSet } from 'jose';
import { tokenVerifier, type TokenVerifier } from './token-verifier.js';

export interface RemoteIssuer {
  readonly jwksUrl: URL;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that says who it is; `sub` if left out. */
  readonly subjectClaim?: string;
  /** How soon a token with an unknown key id may make the keys be fetched again. */
  readonly cooldownMs?: number;
}

/** With a public key only: a token that is signed with the public key as a secret (HS256) is not even looked at. */
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256', 'PS256'];

/**
 * Verifies tokens of an OpenID provider by the keys that it publishes (RFC 7517). Keys are fetched when first needed,
 * kept for ten minutes, and fetched again for a token with an unknown key id, at most once in half a minute: so a
 * rotated key is found at once, and made-up key ids don't become a flood of requests.
 */
export function remoteIssuer({
  jwksUrl,
  issuer,
  audience,
  subjectClaim,
  cooldownMs = 30_000,
}: RemoteIssuer): TokenVerifier {
  const keys = createRemoteJWKSet(jwksUrl, {
    timeoutDuration: 5_000,
    cooldownDuration: cooldownMs,
    cacheMaxAge: 600_000,
  });
  return tokenVerifier({ issuer, audience, algorithms: ALGORITHMS, keys, subjectClaim });
}

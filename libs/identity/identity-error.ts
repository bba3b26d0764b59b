export type IdentityErrorCode =
  /** In production tokens come from a provider: RECOURSE_JWKS_URL, RECOURSE_ISSUER, RECOURSE_AUDIENCE. */
  | 'IDENTITY.NOT_CONFIGURED'
  /** Some of the three are set and others are not, or the URL is none that keys may be trusted from. */
  | 'IDENTITY.MISCONFIGURED'
  | 'IDENTITY.LOCAL_KEY_UNUSABLE'
  | 'IDENTITY.TOKEN_REFUSED';

export interface IdentityError extends Error {
  readonly code: IdentityErrorCode;
}

/** Compare by `code`. */
export function identityError(code: IdentityErrorCode, message: string, cause?: unknown): IdentityError {
  return Object.assign(new Error(message, { cause }), { name: 'IdentityError', code });
}

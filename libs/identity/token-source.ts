import { identityError } from './identity-error.js';
import { localIssuer } from './local-issuer.js';
import { remoteIssuer, type RemoteIssuer } from './remote-issuer.js';
import type { TokenVerifier } from './token-verifier.js';

/** Environment variables, or a configuration that looks like them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLES = ['RECOURSE_JWKS_URL', 'RECOURSE_ISSUER', 'RECOURSE_AUDIENCE'] as const;

/**
 * Whose tokens the engine believes: a provider's where all three variables are set; on the embedded default, where none
 * is, the local issuer's. Rejects with IDENTITY.NOT_CONFIGURED for the local issuer in production (whoever reads its
 * key file may be anyone) and with IDENTITY.MISCONFIGURED for half a configuration.
 */
export async function tokenSource(environment: Environment, dataDirectory: string): Promise<TokenVerifier> {
  const remote = remoteIssuerIn(environment);
  if (remote !== undefined) return remoteIssuer(remote);
  if (environment.NODE_ENV === 'production') {
    throw identityError('IDENTITY.NOT_CONFIGURED', `with NODE_ENV=production set ${VARIABLES.join(', ')}`);
  }
  return localIssuer(dataDirectory);
}

/** Undefined where none of the variables is set. */
export function remoteIssuerIn(environment: Environment): RemoteIssuer | undefined {
  const missing = VARIABLES.filter((name) => !environment[name]);
  if (missing.length === VARIABLES.length) return undefined;
  if (missing.length > 0)
    throw identityError('IDENTITY.MISCONFIGURED', `${missing.join(', ')} must be set too`);
  return {
    jwksUrl: trustedUrl(environment.RECOURSE_JWKS_URL as string),
    issuer: environment.RECOURSE_ISSUER as string,
    audience: environment.RECOURSE_AUDIENCE as string,
    subjectClaim: environment.RECOURSE_SUBJECT_CLAIM || undefined,
  };
}

/** Keys that come in clear may be anyone's, except from this machine. */
function trustedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url && local)) return url;
  throw identityError('IDENTITY.MISCONFIGURED', 'RECOURSE_JWKS_URL must be an https URL');
}

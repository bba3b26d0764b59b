import type { Environment } from '../../../libs/identity/token-source.js';

/** What the console needs to send a browser to the identity provider (authorization code with PKCE, a public client). */
export interface OidcClient {
  readonly authority: string;
  readonly clientId: string;
  readonly scope: string;
}

/** Undefined where nothing names the console's client: then people cannot sign in, and the console says so. */
export function oidcClientIn(environment: Environment): OidcClient | undefined {
  const clientId = environment.RECOURSE_CONSOLE_CLIENT_ID;
  const authority = environment.RECOURSE_CONSOLE_AUTHORITY ?? environment.RECOURSE_ISSUER;
  if (!clientId || !authority) return undefined;
  return { authority, clientId, scope: environment.RECOURSE_CONSOLE_SCOPE ?? 'openid profile' };
}

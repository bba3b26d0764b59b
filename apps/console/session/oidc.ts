import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { OidcClientView } from '../api/generated/types.gen.js';

/** The identity provider, asked by authorization code with PKCE: the console keeps no secret. */
const managerOf = ({ authority, clientId, scope }: OidcClientView): UserManager =>
  new UserManager({
    authority,
    client_id: clientId,
    scope,
    redirect_uri: `${location.origin}/signed-in`,
    response_type: 'code',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });

/** Leaves the page for the provider's. */
export const askProvider = (client: OidcClientView, returnTo: string): Promise<void> =>
  managerOf(client).signinRedirect({ state: { returnTo } });

/** Back from the provider: the access token, and where the person wanted to go. Rejects when the provider refused. */
export async function takeToken(client: OidcClientView): Promise<{ token: string; returnTo: string }> {
  const manager = managerOf(client);
  const user = await manager.signinRedirectCallback();
  await manager.removeUser();
  const returnTo = (user.state as { returnTo?: string } | undefined)?.returnTo ?? '/';
  return {
    token: user.access_token,
    returnTo: returnTo.startsWith('/') && !returnTo.startsWith('//') ? returnTo : '/',
  };
}

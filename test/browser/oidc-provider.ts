import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface OidcProvider {
  /** Its issuer too. */
  readonly url: string;
  /** Ends every request that it still has. */
  stop(): Promise<void>;
}

const AUDIENCE = 'recourse';
const CLIENT = 'recourse-console';

/**
 * An identity provider that knows one person and asks nothing: authorization code with PKCE (RFC 7636), keys, discovery. It is as
 * strict as a real one about what the console must send.
 */
export async function startOidcProvider(person: Readonly<Record<string, string>>): Promise<OidcProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
  const asked = new Map<string, { readonly challenge: string; readonly redirect: string }>();
  let url = '';

  const tokenFor = (audience: string) =>
    new SignJWT({ ...person })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(url)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);

  const authorize = ({ searchParams: query }: URL, response: ServerResponse) => {
    const redirect = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== CLIENT || query.get('code_challenge_method') !== 'S256') {
      response.writeHead(400).end('not as this client must ask');
      return;
    }
    const code = randomUUID();
    asked.set(code, { challenge: query.get('code_challenge') ?? '', redirect });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  };

  const redeem = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await bodyOf(request));
    const known = asked.get(form.get('code') ?? '');
    asked.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (known?.challenge !== challenge || known.redirect !== form.get('redirect_uri')) {
      json(response, { error: 'invalid_grant' }, 400);
      return;
    }
    const [access, id] = await Promise.all([tokenFor(AUDIENCE), tokenFor(CLIENT)]);
    json(response, { access_token: access, id_token: id, token_type: 'Bearer', expires_in: 600 });
  };

  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', url);
    switch (address.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
        });
      case '/keys':
        return json(response, keys);
      case '/authorize':
        return authorize(address, response);
      default:
        return void redeem(request, response);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What an engine must be told so that it believes this provider, and sends browsers to it. */
export const believing = ({ url }: OidcProvider): Readonly<Record<string, string>> => ({
  RECOURSE_JWKS_URL: `${url}/keys`,
  RECOURSE_ISSUER: url,
  RECOURSE_AUDIENCE: AUDIENCE,
  RECOURSE_CONSOLE_CLIENT_ID: CLIENT,
});

function json(response: ServerResponse, body: object, status = 200): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    .end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

import type { TestEngine } from '../support/engine.js';
import { keyOf, startWithRoutes, type Route } from './access/routes.js';
import { PERMISSIONS } from './access/permissions.js';

const PROVIDER = {
  RECOURSE_JWKS_URL: 'https://id.example/keys',
  RECOURSE_ISSUER: 'https://id.example',
  RECOURSE_AUDIENCE: 'recourse',
  RECOURSE_CONSOLE_CLIENT_ID: 'console',
};

describe('Signing in', () => {
  let engine: TestEngine | undefined;
  let routes: readonly Route[];
  const start = async (environment: Readonly<Record<string, string>>) => {
    ({ engine, routes } = await startWithRoutes(environment));
    return engine.url;
  };
  afterEach(() => engine?.stop());

  const demo = (url: string, person: string) =>
    fetch(`${url}/v1/sign-in/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    });

  it('on the embedded default one is a person of the demo, with a token of the local issuer', async () => {
    const url = await start({});
    const { kind, persons } = (await (await fetch(`${url}/v1/sign-in`)).json()) as {
      kind: string;
      persons: { person: string }[];
    };
    expect(kind).toBe('demo');
    const { token } = (await (await demo(url, persons[0]!.person)).json()) as { token: string };
    const answer = await fetch(`${url}/v1/worklist`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    expect((await demo(url, 'nobody')).status).toBe(404);
  });

  it('with a provider one is sent there: no persons, no tokens of ours, and no clock to move', async () => {
    const url = await start({ ...PROVIDER, RECOURSE_CLOCK: 'system' });
    const signIn = await (await fetch(`${url}/v1/sign-in`)).json();
    expect(signIn).toEqual({
      kind: 'oidc',
      client: { authority: 'https://id.example', clientId: 'console', scope: 'openid profile' },
    });
    expect((await demo(url, 'auditor-weiss')).status).toBe(404);
    const served = new Set(routes.filter(({ method }) => method !== 'HEAD').map(keyOf));
    const listed = Object.keys(PERMISSIONS).filter((key) => !key.includes('/v1/test-clock'));
    expect([...served].toSorted()).toEqual(listed.toSorted());
  });
});

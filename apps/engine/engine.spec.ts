import { connect } from 'node:net';
import { allVerbs } from '../../test/support/all-verbs.js';
import { startTestEngine, type TestEngine } from '../../test/support/engine.js';
import { clientOf } from '../../test/support/api-client.js';
import { draft } from '../../test/support/marketplace.js';

describe('An engine', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine.stop());

  const get = async (path: string) => {
    const response = await fetch(engine.url + path);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('says that it lives and that it is ready, and how far its read models are', async () => {
    expect(JSON.parse((await get('/health/live')).text)).toEqual({ status: 'ok' });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.text).details).toMatchObject({
      eventStore: { status: 'up' },
      readModels: { status: 'up', projections: { worklist: { parked: 0 } } },
    });
  });

  it('measures itself', async () => {
    const buyer = await clientOf(engine, 'buyer', 'B1');
    await buyer.done('/v1/orders', draft('O-measured'));
    const { text, headers } = await get('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(/recourse_command_outcomes_total\{kind="order",outcome="accepted"\} 1/);
    expect(text).toMatch(/recourse_append_seconds_count \d+/);
    expect(text).toMatch(/recourse_projection_lag_seconds\{projection="worklist"\} \d/);
    expect(text).toMatch(/recourse_deadlines_pending 0/);
    expect(text).not.toContain('O-measured');
  });

  it('describes itself in OpenAPI 3.1: every command with an example, every answer', async () => {
    const document = JSON.parse((await get('/openapi.json')).text);
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values<Record<string, Operation>>(document.paths).flatMap((path) =>
      Object.values(path),
    );
    const examples = operations.flatMap(
      ({ requestBody }) => requestBody?.content['application/json']?.examples?.example ?? [],
    );
    expect(examples.map(({ value }) => value)).toEqual(
      expect.arrayContaining(allVerbs.map(({ example }) => example)),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name ?? '');
  });

  it('has a page to browse it, from this machine only and without a line of script in it', async () => {
    const page = await get('/docs');
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(page.text).not.toMatch(/https?:\/\//);
    for (const [, source] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await get(source ?? '')).status).toBe(200);
    }
    expect((await get('/docs/assets/package.json')).status).toBe(404);
  });

  it('lets no browser run, frame or guess anything of its answers', async () => {
    const { headers } = await get('/v1/orders');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('opens to the origins that it is told, and to no other', async () => {
    const open = await startTestEngine({ RECOURSE_CORS_ORIGINS: 'https://console.example' });
    try {
      const from = async (origin: string) =>
        (await fetch(`${open.url}/health/live`, { headers: { origin } })).headers.get(
          'access-control-allow-origin',
        );
      expect(await from('https://console.example')).toBe('https://console.example');
      expect(await from('https://other.example')).not.toBe('https://other.example');
    } finally {
      await open.stop();
    }
  });

  it('answers what is in flight when it is told to stop, takes nothing more, and stops once', async () => {
    const own = await startTestEngine();
    const buyer = await clientOf(own, 'buyer', 'B1');
    const orders = Array.from({ length: 30 }, (_, index) => buyer.post('/v1/orders', draft(`O-${index}`)));
    await orders[0];
    const stopped = [own.stop({ keepData: true }), own.stop({ keepData: true })];
    const answers = await Promise.allSettled(orders);
    await Promise.all(stopped);
    const created = answers.filter(
      (answer) => answer.status === 'fulfilled' && answer.value.status === 201,
    ).length;
    await expect(refusesConnections(own.url)).resolves.toBe(true);

    const again = await startTestEngine({}, own.dataDir);
    try {
      const auditor = await clientOf(again, 'auditor', 'U1');
      const kept = await Promise.all(
        orders.map(async (_, index) => (await auditor.get(`/v1/orders/O-${index}`)).status === 200),
      );
      expect(created).toBeGreaterThan(0);
      expect(kept.filter(Boolean).length).toBeGreaterThanOrEqual(created);
    } finally {
      await again.stop();
    }
  });

  it('brings the presets once, however often it starts', async () => {
    const own = await startTestEngine();
    const before = await own.engine.composition.store.head();
    await own.stop({ keepData: true });
    const again = await startTestEngine({}, own.dataDir);
    expect(await again.engine.composition.store.head()).toBe(before);
    await again.stop();
  });

  it('without the role api answers for its health only', async () => {
    const own = await startTestEngine({ RECOURSE_ROLES: 'projector,scheduler' });
    try {
      expect((await fetch(`${own.url}/health/ready`)).status).toBe(200);
      expect((await fetch(`${own.url}/metrics`)).status).toBe(200);
      expect((await fetch(`${own.url}/v1/orders`)).status).toBe(404);
    } finally {
      await own.stop();
    }
  });

  it('on real time has no clock to move', async () => {
    const own = await startTestEngine({ RECOURSE_CLOCK: 'system' });
    try {
      const agent = await clientOf(own, 'agent', 'G1');
      expect((await agent.get('/v1/test-clock')).status).toBe(404);
      expect((await agent.post('/v1/test-clock/advance', { by: 'P5D' })).status).toBe(404);
    } finally {
      await own.stop();
    }
  });

  it('slows a party down where it is told to, and no service', async () => {
    const own = await startTestEngine({ RECOURSE_PARTY_REQUESTS_PER_MINUTE: '3' });
    try {
      const statuses = async (client: Awaited<ReturnType<typeof clientOf>>) => {
        const seen: number[] = [];
        for (let request = 0; request < 5; request++) seen.push((await client.get('/v1/orders')).status);
        return seen;
      };
      expect(await statuses(await clientOf(own, 'buyer', 'B1'))).toEqual([200, 200, 200, 429, 429]);
      expect(await statuses(await clientOf(own, 'payments', 'P1'))).toEqual([200, 200, 200, 200, 200]);
    } finally {
      await own.stop();
    }
  });
});

interface Operation {
  readonly operationId: string;
  readonly requestBody?: {
    readonly content: Record<
      string,
      { readonly examples?: { readonly example?: { readonly value: unknown } } }
    >;
  };
}

function refusesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });
}

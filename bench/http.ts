import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../apps/cli/engine-process.js';
import { createApplication } from '../libs/application/application.js';
import { eventSchemas } from '../libs/domain/registry.js';
import { createCodec } from '../libs/event-store/codec.js';
import { openSqliteEventStore } from '../libs/event-store/sqlite/event-store.js';
import { localIssuer } from '../libs/identity/local-issuer.js';
import { VirtualClock } from '../libs/kernel/clock.js';
import { instantOf } from '../libs/kernel/instant.js';
import { embedded, type Deployment } from './deployment.js';
import { load, type Load, type LoadResult } from './load.js';
import { plusDays, seedDisputes, seedSupplier } from './seed.js';
import { median } from './statistics.js';

/** So many that none gets more messages than a dispute has. */
const ORDERS = 10_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);

export interface HttpFigures {
  readonly commandsPerSecond: number;
  readonly echoPerSecond: number;
  readonly ratio: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Durable commands on the embedded default beside an echo of the same DTO, in turn, at each number of connections. */
export async function http(
  connections: readonly number[],
  on: Deployment = embedded,
): Promise<Map<number, HttpFigures>> {
  const dataDir = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-bench-'));
  try {
    const orders = await seed(dataDir);
    const agent = await (
      await localIssuer(dataDir)
    ).issue({ role: 'agent', sub: 'agent-bench', lifetimeSeconds: 3_600 });
    const engine = await startEngine(dataDir, await on.settings(dataDir));
    const echo = await startEcho(dataDir);
    try {
      const figures = new Map<number, HttpFigures>();
      // Each order once, and history folded: what is measured is an engine that runs, not one that has just been started.
      await load({
        url: engine.url,
        connections: 64,
        bound: { requests: ORDERS },
        next: postMessage(engine.url, agent, orders),
      });
      await folded(engine.url);
      for (const count of connections)
        figures.set(count, await measure(count, engine.url, echo.url, agent, orders));
      return figures;
    } finally {
      await echo.stop();
      await engine.stop();
    }
  } finally {
    await on.release(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  connections: number,
  engine: string,
  echo: string,
  token: string,
  orders: readonly string[],
): Promise<HttpFigures> {
  const fire = (url: string, seconds: number): Promise<LoadResult> =>
    load({ url, connections, bound: { seconds }, next: postMessage(url, token, orders) });
  await fire(engine, 2);
  await fire(echo, 2);
  const commands: LoadResult[] = [];
  const echoes: LoadResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    commands.push(await fire(engine, SECONDS));
    echoes.push(await fire(echo, SECONDS));
  }
  const rate = ({ requestsPerSecond }: LoadResult) => requestsPerSecond;
  return {
    commandsPerSecond: Math.round(median(commands.map(rate))),
    echoPerSecond: Math.round(median(echoes.map(rate))),
    ratio: Number(
      median(commands.map((result, round) => rate(result) / rate(echoes[round] as LoadResult))).toFixed(3),
    ),
    p50Ms: Math.round(median(commands.map(({ p50Ms }) => p50Ms))),
    p99Ms: Math.round(median(commands.map(({ p99Ms }) => p99Ms))),
  };
}

let sent = 0;

/** Requests that each post a message in the next order's dispute, under a key of their own. */
function postMessage(url: string, token: string, orders: readonly string[]): Load['next'] {
  const text = JSON.stringify({
    text: 'Where are the goods that were promised for the opening? Please answer with a date.',
  });
  const headers = {
    host: new URL(url).host,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': String(text.length),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const constant = ` HTTP/1.1\r\n${head.join('')}idempotency-key: bench-`;
  return () => {
    const number = ++sent;
    const path = `/v1/orders/${orders[number % orders.length]}/disputes/1/post-message`;
    return Buffer.from(`POST ${path}${constant}${number}\r\n\r\n${text}`, 'latin1');
  };
}

/** Resolves once the read models are level with the log. */
async function folded(engine: string): Promise<void> {
  for (;;) {
    const { details } = (await (await fetch(`${engine}/health/ready`)).json()) as {
      details: { readModels: { projections: Record<string, { state: string }> } };
    };
    const { projections } = details.readModels;
    if (Object.values(projections).every(({ state }) => state === 'live')) return;
    await sleep(100);
  }
}

/** Orders under dispute, written by commands in this process before the engine starts. */
async function seed(dataDir: string): Promise<string[]> {
  const store = await openSqliteEventStore({ file: join(dataDir, 'events.db') });
  try {
    const now = instantOf(Date.now());
    const clock = new VirtualClock(plusDays(now, -30));
    const application = createApplication({ store, codec: createCodec(eventSchemas), clock });
    await seedSupplier(application);
    return await seedDisputes(application, clock, ORDERS, now);
  } finally {
    await store.close();
  }
}

async function startEcho(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const child = spawn(process.execPath, [join(__dirname, 'echo-server.js'), String(port), dataDir], {
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(url).then(
      () => true,
      () => false,
    ))
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

if (require.main === module) {
  void http([32, 256]).then((figures) =>
    console.log(JSON.stringify(Object.fromEntries(figures), undefined, 2)),
  );
}

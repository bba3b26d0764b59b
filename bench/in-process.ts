import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '../libs/application/application.js';
import { eventSchemas } from '../libs/domain/registry.js';
import { createCodec } from '../libs/event-store/codec.js';
import { VirtualClock } from '../libs/kernel/clock.js';
import { deployment, embedded, type Deployment } from './deployment.js';
import { lastOf, rawClient } from './raw-client.js';
import { buyerOf, each, plusDays, seedDisputes, seedSupplier } from './seed.js';
import { median } from './statistics.js';

const CONCURRENT = 64;
const ORDERS = 2_000;
const COMMANDS = 150_000;
/** Through a server, over a socket. */
const COMMANDS_TO_A_SERVER = 60_000;
const NOW = '2026-06-01T12:00:00.000Z';

export interface InProcessFigures {
  readonly commandsPerSecond: number;
  /** What the client of an EventStoreDB appends by itself, in turn with the commands: one event each, as large. */
  readonly rawClientAppendsPerSecond?: number;
  /** Commands a second for each append a second of the client. */
  readonly ratio?: number;
}

/** Durable commands through the command runner, 64 at a time, without HTTP: load, decide, encode, hash, group commit. */
export async function inProcess(on: Deployment = embedded): Promise<InProcessFigures> {
  const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-bench-'));
  const store = await on.openLog(folder);
  try {
    const clock = new VirtualClock(plusDays(NOW, -30));
    const application = createApplication({ store, codec: createCodec(eventSchemas), clock });
    await seedSupplier(application);
    const orders = await seedDisputes(application, clock, ORDERS, NOW);
    const url = await on.eventStoreUrl(folder);
    const count = url === undefined ? COMMANDS : COMMANDS_TO_A_SERVER;
    const commands = Array.from({ length: count }, (_, index) => index);
    const run = (index: number) => {
      const orderId = orders[index % orders.length] as string;
      const command = {
        type: 'PostMessage',
        data: { dispute: 1, text: `Message ${index}: where are the goods that were promised?` },
      } as const;
      return application.runOrder({
        id: orderId,
        command,
        caller: buyerOf(orderId),
        idempotencyKey: `m-${index}`,
      });
    };
    await each(commands.slice(0, 10_000), run, CONCURRENT);
    const rest = commands.slice(10_000);
    if (url !== undefined) {
      const like = await lastOf(store, `order-${orders[0]}`);
      return await besideRawClient(url, like, rest, (some) => each(some, run, CONCURRENT));
    }
    const started = performance.now();
    const cpu = process.cpuUsage();
    await each(rest, run, CONCURRENT);
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    if (process.env.BENCH_VERBOSE)
      console.error(`cpu ${(user + system) / rest.length} us a command, all threads`);
    return { commandsPerSecond: Math.round(rest.length / seconds) };
  } finally {
    await store.close();
    await on.release(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

const ROUNDS = 5;

/** Commands and the client's own appends in turn, as many of each. */
async function besideRawClient(
  url: string,
  like: Parameters<typeof rawClient>[1],
  commands: readonly number[],
  run: (some: readonly number[]) => Promise<void>,
): Promise<InProcessFigures> {
  const client = rawClient(url, like);
  const share = Math.floor(commands.length / ROUNDS);
  const perSecond = async (work: () => Promise<void>) => {
    const started = performance.now();
    await work();
    return (share * 1_000) / (performance.now() - started);
  };
  try {
    await client.append(share, CONCURRENT);
    const raw: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      raw.push(await perSecond(() => client.append(share, CONCURRENT)));
      ours.push(await perSecond(() => run(commands.slice(round * share, (round + 1) * share))));
    }
    return {
      commandsPerSecond: Math.round(median(ours)),
      rawClientAppendsPerSecond: Math.round(median(raw)),
      ratio: Number(median(ours.map((rate, round) => rate / (raw[round] ?? rate))).toFixed(3)),
    };
  } finally {
    await client.close();
  }
}

if (require.main === module) {
  const on = deployment({
    store: process.argv.includes('eventstoredb') ? 'eventstoredb' : 'sqlite',
    database: 'sqlite',
  });
  void inProcess(on).then((result) => console.log(JSON.stringify(result)));
}

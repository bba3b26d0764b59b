import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '../libs/application/application.js';
import { eventSchemas } from '../libs/domain/registry.js';
import { createCodec } from '../libs/event-store/codec.js';
import { openSqliteEventStore } from '../libs/event-store/sqlite/event-store.js';
import { VirtualClock } from '../libs/kernel/clock.js';
import { buyerOf, each, plusDays, seedDisputes, seedSupplier } from './seed.js';

const CONCURRENT = 64;
const ORDERS = 2_000;
const COMMANDS = 150_000;
const NOW = '2026-06-01T12:00:00.000Z';

/** Durable commands through the command runner, 64 at a time, without HTTP: load, decide, encode, hash, group commit. */
export async function inProcess(): Promise<{ commandsPerSecond: number }> {
  const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-bench-'));
  const store = await openSqliteEventStore({ file: join(folder, 'events.db') });
  try {
    const clock = new VirtualClock(plusDays(NOW, -30));
    const application = createApplication({ store, codec: createCodec(eventSchemas), clock });
    await seedSupplier(application);
    const orders = await seedDisputes(application, clock, ORDERS, NOW);
    const commands = Array.from({ length: COMMANDS }, (_, index) => index);
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
    const started = performance.now();
    const cpu = process.cpuUsage();
    await each(commands.slice(10_000), run, CONCURRENT);
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    if (process.env.BENCH_VERBOSE)
      console.error(`cpu ${(user + system) / (COMMANDS - 10_000)} us a command, all threads`);
    return { commandsPerSecond: Math.round((COMMANDS - 10_000) / seconds) };
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (require.main === module) void inProcess().then((result) => console.log(JSON.stringify(result)));

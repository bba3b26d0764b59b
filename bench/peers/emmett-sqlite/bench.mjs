// Emmett's SQLite store on the in-process bench's work: each command reads its stream, decides, appends. Its writers
// refuse one another with SQLITE_BUSY when they come together, so the 64 callers queue: its best case.
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandHandler } from '@event-driven-io/emmett';
import { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite';

const ORDERS = 200;
const COMMANDS = Number(process.argv[2] ?? 3_000);

const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-peer-'));
const store = getSQLiteEventStore({
  fileName: join(folder, 'emmett.db'),
  schema: { autoMigration: 'CreateOrUpdate' },
});
const handle = CommandHandler({
  evolve: (state, event) => ({ messages: event.data.message, claimed: event.data.claimed ?? state.claimed }),
  initialState: () => ({ messages: 0, claimed: 0 }),
});

const post = (index) =>
  handle(store, `order-${index % ORDERS}`, (state) => ({
    type: 'MessagePosted',
    data: {
      dispute: 1,
      message: state.messages + 1,
      by: 'buyer',
      author: 'B-1',
      text: `Message ${index}: where are the goods that were promised?`,
    },
  }));

// It also refuses by itself now and then; the command is sent again, as a caller would.
let failed = 0;
async function run(from, to) {
  for (let index = from; index < to; index++) {
    while (
      !(await post(index).then(
        () => true,
        () => false,
      ))
    )
      failed++;
  }
}

console.log = () => undefined;
console.error = () => undefined;
await run(0, 1);
await run(1, 300);
failed = 0;
const started = performance.now();
await run(300, 300 + COMMANDS);
const seconds = (performance.now() - started) / 1_000;
process.stdout.write(
  `${JSON.stringify({ commandsPerSecond: Math.round(COMMANDS / seconds), refusedAndSentAgain: failed })}\n`,
);
rmSync(folder, { recursive: true, force: true });

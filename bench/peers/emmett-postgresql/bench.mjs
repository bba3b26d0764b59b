// Emmett's PostgreSQL store on the in-process bench's work: each command reads its stream, decides, appends; 64 at a time.
// Takes the connection string of an empty database as its first argument.
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';

const ORDERS = 2_000;
const CONCURRENT = 64;
const [connectionString, count = '10000'] = process.argv.slice(2);
const COMMANDS = Number(count);
const WARM_UP = 1_000;

const store = getPostgreSQLEventStore(connectionString);
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

// A command that is refused is sent again, as a caller would.
let refused = 0;
async function run(from, to) {
  let next = from;
  const caller = async () => {
    while (next < to) {
      const index = next++;
      while (
        !(await post(index).then(
          () => true,
          () => false,
        ))
      )
        refused++;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, caller));
}

console.log = () => undefined;
console.error = () => undefined;
// The first makes the tables; and what cannot work at all is said.
await post(0);
await run(1, WARM_UP);
refused = 0;
const started = performance.now();
await run(WARM_UP, WARM_UP + COMMANDS);
const seconds = (performance.now() - started) / 1_000;
process.stdout.write(
  `${JSON.stringify({ commandsPerSecond: Math.round(COMMANDS / seconds), refusedAndSentAgain: refused })}\n`,
);
await store.close();

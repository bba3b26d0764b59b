// The in-process bench's work for a peer's event store: each command reads its stream, decides, appends one event.

/**
 * Prints one line of JSON: commands a second, and how many were refused by the store and sent again, as a caller would.
 * `handle` is Emmett's CommandHandler, from the peer's own packages.
 */
export async function measure({ CommandHandler, store, orders, commands, warmUp, concurrent }) {
  // The store logs each refusal.
  console.log = () => undefined;
  console.error = () => undefined;
  const post = postingTo(store, CommandHandler, orders);
  // The first makes the tables; and what cannot work at all is said.
  await post(0);
  await run(post, 1, warmUp, concurrent);
  const started = performance.now();
  const refusedAndSentAgain = await run(post, warmUp, warmUp + commands, concurrent);
  const seconds = (performance.now() - started) / 1_000;
  const figures = { commandsPerSecond: Math.round(commands / seconds), refusedAndSentAgain };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

function postingTo(store, CommandHandler, orders) {
  const handle = CommandHandler({
    evolve: (state, event) => ({
      messages: event.data.message,
      claimed: event.data.claimed ?? state.claimed,
    }),
    initialState: () => ({ messages: 0, claimed: 0 }),
  });
  return (index) =>
    handle(store, `order-${index % orders}`, (state) => ({
      type: 'MessagePosted',
      data: {
        dispute: 1,
        message: state.messages + 1,
        by: 'buyer',
        author: 'B-1',
        text: `Message ${index}: where are the goods that were promised?`,
      },
    }));
}

/** Resolves to how often the store refused. */
async function run(post, from, to, concurrent) {
  let next = from;
  let refused = 0;
  const isPosted = (index) =>
    post(index).then(
      () => true,
      () => false,
    );
  const caller = async () => {
    while (next < to) {
      const index = next++;
      while (!(await isPosted(index))) refused++;
    }
  };
  await Promise.all(Array.from({ length: concurrent }, caller));
  return refused;
}

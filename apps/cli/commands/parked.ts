import { InvalidArgumentError, type Command } from 'commander';
import type { FailedOrder } from '../../../libs/deadlines/due-queue.js';
import { readModelDueQueue } from '../../../libs/deadlines/read-model-due-queue.js';
import type { Parked } from '../../../libs/projection/read-models/parked.js';
import { openReadSide, withReadSide, type ReadSide, type ReadSideFlags } from '../read-side.js';
import { textTable } from '../table.js';

interface Flags extends ReadSideFlags {
  readonly retry?: readonly string[];
  readonly retryAll?: true;
  readonly limit: number;
  readonly offset: number;
  readonly json?: true;
}

export function parkedCommand(program: Command): void {
  withReadSide(program.command('parked'))
    .summary('what could not be folded or fired, and why; retry it')
    .description(
      'what could not be folded into read models, and orders whose deadlines could not be expired: where, why, and how ' +
        'many later events wait behind it. Retry it when its cause is gone: it is folded anew from the log, and nothing is ' +
        'skipped. Exits with 1 when something is still parked after that.',
    )
    .argument('[projection]', 'only of this projection')
    .option('--retry <id...>', 'fold documents or streams of these ids anew; let these orders be tried again')
    .option('--retry-all', 'all that is listed')
    .option('--limit <n>', 'rows of a page', whole, 100)
    .option('--offset <n>', 'rows to pass over', whole, 0)
    .option('--json', 'one JSON object')
    .action(parked);
}

async function parked(projection: string | undefined, flags: Flags): Promise<void> {
  const { retry, retryAll, limit, offset, json } = flags;
  const side = await openReadSide(flags);
  try {
    const list = async () => listed(side, { projection, limit: limit + 1, offset });
    let found = await list();
    if (retry !== undefined || retryAll) {
      await retryIn(side, found, (id) => retryAll === true || retry?.includes(id) === true);
      found = await list();
      if (found.documents.length + found.orders.length > 0) process.exitCode = 1;
    }
    if (json) console.log(JSON.stringify(found, asText));
    else print(found, limit, offset);
  } finally {
    await side.close();
  }
}

interface Found {
  readonly documents: readonly Parked[];
  readonly orders: readonly FailedOrder[];
}

async function listed(
  { readModels }: ReadSide,
  query: { readonly projection: string | undefined; readonly limit: number; readonly offset: number },
): Promise<Found> {
  const queue = await readModelDueQueue(readModels.database);
  const failed = query.projection === undefined ? await queue.failures() : [];
  return { documents: await readModels.parked(query), orders: failed.filter((order) => order.parked) };
}

async function retryIn(side: ReadSide, { documents, orders }: Found, chosen: (id: string) => boolean) {
  const again = documents.filter(({ id, serving }) => serving && chosen(id));
  const released = orders.filter(({ orderId }) => chosen(orderId));
  if (again.length + released.length === 0) throw new Error('nothing of these ids is parked');
  const queue = await readModelDueQueue(side.readModels.database);
  for (const { orderId } of released) await queue.retry(orderId);
  if (again.length === 0) return;
  await side.whileProjecting(async () => {
    for (const { projection, id } of again) await side.readModels.replay(projection, id);
  });
}

function print({ documents, orders }: Found, limit: number, offset: number): void {
  if (documents.length + orders.length === 0) return console.log('Nothing is parked.');
  if (documents.length > 0) {
    const rows = documents
      .slice(0, limit)
      .map((one) => [
        one.serving ? one.projection : `${one.projection} (being built)`,
        `${one.kind} ${one.id}`,
        `${one.type}, ${one.stream} at ${one.revision}`,
        one.message,
        String(one.pending),
        String(one.attempts),
      ]);
    console.log(textTable(['projection', 'parked', 'at', 'why', 'events behind it', 'retries'], rows));
    if (documents.length > limit) console.log(`more with --offset ${offset + limit}`);
  }
  if (orders.length === 0) return;
  const rows = orders.map((one) => [one.orderId, one.reason, String(one.attempts), one.failedAt]);
  console.log(textTable(['order', 'why its deadlines failed', 'attempts', 'last'], rows));
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

import { InvalidArgumentError, type Command } from 'commander';
import type { ShownEvent } from '../../../libs/event-store/hash-chain.js';
import { isInstant } from '../../../libs/kernel/instant.js';
import { historySource } from '../history.js';
import { withSource, type SourceFlags } from '../options.js';
import { printReplay } from '../print-replay.js';
import { differences, replay, type Until } from '../replay.js';
import { textTable } from '../table.js';

interface Flags extends SourceFlags {
  readonly revision?: bigint;
  readonly at?: string;
  readonly diff?: readonly [bigint, bigint];
  readonly json?: true;
}

export function replayCommand(program: Command): void {
  withSource(program.command('replay'))
    .description(
      'tell what happened to an order: who, when and why, with the balances beside and the chain verified',
    )
    .argument('<orderId>')
    .option('--revision <n>', 'only up to this revision, and the state as of then', asRevision)
    .option(
      '--at <instant>',
      'only what was recorded up to this instant (2026-03-01T00:00:00.000Z)',
      asInstant,
    )
    .option('--diff <a..b>', 'what changed in the state between two revisions', asRange)
    .option('--json', 'one JSON object instead of text')
    .action((orderId: string, flags: Flags) => run(orderId, flags));
}

async function run(orderId: string, flags: Flags): Promise<void> {
  const source = await historySource(flags);
  try {
    const history = await all(source.events(orderId));
    if (history.length === 0) throw new Error(`there is no order ${orderId}`);
    if (flags.diff !== undefined) await printDifferences(history, flags.diff, flags.json);
    else await printReplayed(orderId, history, flags);
  } finally {
    await source.close();
  }
}

async function printReplayed(orderId: string, history: readonly ShownEvent[], flags: Flags): Promise<void> {
  const until: Until = { revision: flags.revision, at: flags.at };
  const replayed = await replay(iterate(history), until);
  if (flags.json) console.log(JSON.stringify(replayed, asText, 2));
  else printReplay(orderId, replayed);
  if (!replayed.chain.intact) process.exitCode = 1;
}

async function printDifferences(
  history: readonly ShownEvent[],
  [from, to]: readonly [bigint, bigint],
  json?: true,
): Promise<void> {
  const before = (await replay(iterate(history), { revision: from })).state;
  const after = (await replay(iterate(history), { revision: to })).state;
  const found = differences(before, after);
  if (json) console.log(JSON.stringify(found, asText, 2));
  else if (found.length === 0) console.log('Nothing changed.');
  else
    console.log(
      textTable(
        ['what', `revision ${from}`, `revision ${to}`],
        found.map(({ path, before: was, after: is }) => [path, brief(was), brief(is)]),
      ),
    );
}

const brief = (value: unknown): string => {
  const text = JSON.stringify(value, asText) ?? '';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* iterate<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

function asRevision(text: string): bigint {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a revision is a whole number from 0');
  return BigInt(text);
}

function asInstant(text: string): string {
  const instant = Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString();
  if (!isInstant(instant)) throw new InvalidArgumentError('an instant looks like 2026-03-01T00:00:00Z');
  return instant;
}

function asRange(text: string): readonly [bigint, bigint] {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError('two revisions look like 4..9');
  return [BigInt(from), BigInt(to)];
}

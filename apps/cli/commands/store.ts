import type { Command } from 'commander';
import { CopyError } from '../../../libs/event-store/copy/copy-error.js';
import { copyLog, type CopyResult } from '../../../libs/event-store/copy/copy-log.js';
import { verifyLog } from '../../../libs/event-store/copy/verify-log.js';
import { withProgress } from '../progress.js';
import {
  openSource,
  openTarget,
  shareOf,
  shownAddress,
  STORE_ADDRESS,
  storeAddress,
  type StoreAddress,
} from '../store-address.js';

interface CopyFlags {
  readonly from: StoreAddress;
  readonly to: StoreAddress;
  readonly json?: true;
}

export function storeCommand(program: Command): void {
  const store = program
    .command('store')
    .description('whole event logs: copy one to another store, verify one');
  store
    .command('copy')
    .summary('copy a log to another store, byte by byte')
    .description(
      'copy a log to another store, event by event: ids, bytes, order and hash chains stay as they are. ' +
        'Stop the engines that write to either. A copy that was interrupted goes on when it is started again; ' +
        'a target that holds anything else than the beginning of the source is refused, and left as it is.',
    )
    .requiredOption('--from <address>', `the log to copy: ${STORE_ADDRESS}`, storeAddress)
    .requiredOption(
      '--to <address>',
      'where to: an empty store, or one that was copied to before',
      storeAddress,
    )
    .option('--json', 'one JSON object on standard output')
    .action(copy);
  store
    .command('verify')
    .description("recompute every stream's hash chain; exits with 1 at the first broken link")
    .argument('[address]', STORE_ADDRESS, storeAddress, defaultAddress())
    .option('--json', 'one JSON object on standard output')
    .action(verify);
}

function defaultAddress(): StoreAddress {
  return storeAddress(process.env.EVENTSTORE_URL ?? `${process.env.DATA_DIR ?? './data'}/events.db`);
}

/** SIGINT and SIGTERM stop a copy where it can go on; so does anything else, only less politely. */
async function copy({ from, to, json }: CopyFlags): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(signal));
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      const head = await source.head();
      const started = performance.now();
      const title = `${shownAddress(from)} → ${shownAddress(to)}`;
      const result = await withProgress(title, json === true, async (tell) =>
        copyLog({
          source,
          target: target.store,
          append: target.append,
          signal: stopping.signal,
          onProgress: ({ phase, events, position }) =>
            tell({ doing: phase, count: events, unit: 'events', share: shareOf(position, head) }),
        }),
      );
      tellCopied(result, (performance.now() - started) / 1_000, json);
    } finally {
      await target.close();
    }
  } catch (error) {
    if (!stopping.signal.aborted) return tellFailure(error, json);
    console.error('recourse: interrupted; the same command goes on from here');
    process.exitCode = 130;
  } finally {
    await source.close();
  }
}

function tellCopied(result: CopyResult, seconds: number, json?: true): void {
  const perSecond = Math.round(result.copied / seconds);
  if (json) {
    console.log(
      JSON.stringify({ ...result, seconds: Number(seconds.toFixed(3)), eventsPerSecond: perSecond }),
    );
    return;
  }
  const { found, copied, events, streams, heads, sourceGrew } = result;
  const there = found === 0 ? '' : `; ${count(found)} were there`;
  console.log(
    `copied ${count(copied)} events in ${seconds.toFixed(1)} s, ${count(perSecond)} a second${there}`,
  );
  console.log(`the target holds ${count(events)} events of ${count(streams)} streams, equal byte by byte`);
  console.log(`chains verified, heads ${heads}`);
  if (sourceGrew) console.log('more was written to the source meanwhile: the same command copies it');
}

async function verify(address: StoreAddress, { json }: { readonly json?: true }): Promise<void> {
  const store = await openSource(address);
  try {
    const head = await store.head();
    const verdict = await withProgress(shownAddress(address), json === true, async (tell) =>
      verifyLog(store, {
        onProgress: ({ events, position }) =>
          tell({ doing: 'verifying', count: events, unit: 'events', share: shareOf(position, head) }),
      }),
    );
    if (!verdict.intact) process.exitCode = 1;
    if (json) return console.log(JSON.stringify(verdict, asText));
    const { events, streams } = verdict;
    if (verdict.intact) {
      console.log(`chains verified: ${count(events)} events of ${count(streams)} streams`);
      console.log(`heads ${verdict.heads}`);
    } else {
      const { stream, revision, position, reason, expected, found } = verdict.broken;
      console.log(`CHAIN BROKEN in ${stream} at revision ${revision}, position ${position}: ${reason}`);
      console.log(`  expected ${expected}\n  found    ${found}`);
      console.log(`before it: ${count(events)} events of ${count(streams)} streams in order`);
    }
  } finally {
    await store.close();
  }
}

function tellFailure(error: unknown, json?: true): void {
  process.exitCode = 1;
  const { code = 'FAILED', message } = error as { code?: string; message: string };
  if (!json) console.error(`recourse: ${message}${error instanceof CopyError ? ` (${code})` : ''}`);
  else console.log(JSON.stringify({ error: { code, message, at: (error as CopyError).at } }, asText));
}

const count = (n: number): string => n.toLocaleString('en-US');

const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

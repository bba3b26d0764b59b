import { START, type EventStore, type Position, type RecordedEvent } from '../port.js';
import { chains, type ChainHeads, type Chains } from './chains.js';
import { brokenChain, CopyError } from './copy-error.js';
import { differs, isSame } from './differs.js';
import { writeWindow, type TargetOptions } from './target-writer.js';
import { nextWindow } from './window.js';

export interface CopyOptions extends TargetOptions {
  readonly source: Pick<EventStore, 'readAll' | 'head'>;
  onProgress?(progress: CopyProgress): void;
  /** Stops the copy, which rejects with the signal's reason; the same copy goes on from there. */
  readonly signal?: AbortSignal;
}

/** `comparing` what the target has already; `copying` the rest; `checking` that the target holds what was copied. */
export interface CopyProgress {
  readonly phase: 'comparing' | 'copying' | 'checking';
  /** Of this phase. */
  readonly events: number;
  /** In the source. */
  readonly position: Position;
}

export interface CopyResult extends ChainHeads {
  /** Events that the target had already. */
  readonly found: number;
  readonly copied: number;
  /** Position of the last event, in each log. */
  readonly through: Through;
  /** More was written to the source meanwhile: the same copy goes on with it. */
  readonly sourceGrew: boolean;
}

interface Through {
  readonly source: Position;
  readonly target: Position;
}

const TELL_EVERY = 500;

/**
 * Makes the target hold exactly the events of the source: ids, types, bytes of data and metadata, streams, revisions, and
 * the order of all. Verifies the source's hash chains on the way, and stops at the first broken link.
 *
 * How far a copy got is told by the target alone, which has to be a beginning of the source: so one that was stopped at any
 * place, by `kill -9` too, goes on when it is started again. It only ever appends, and only where the source has the
 * stream; a target that holds anything else is refused (TARGET_DIFFERS). At the end it reads back what it has written.
 */
export async function copyLog(options: CopyOptions): Promise<CopyResult> {
  const { source } = options;
  const reading = source.readAll()[Symbol.asyncIterator]();
  const verified = chains();
  try {
    const begun = await compare(options, reading, verified);
    const through = await copyRest(options, reading, verified, begun);
    const heads = verified.heads();
    const copied = heads.events - begun.events;
    await check(options, begun, copied);
    const sourceGrew = (await source.head()) > through.source;
    return { ...heads, found: begun.events, copied, through, sourceGrew };
  } finally {
    await reading.return?.();
  }
}

/** What the target holds is the beginning of the source, or the copy is refused. */
async function compare(
  { target, onProgress, signal }: CopyOptions,
  reading: AsyncIterator<RecordedEvent>,
  verified: Chains,
): Promise<Through & { readonly events: number }> {
  let through: Through = { source: START, target: START };
  let events = 0;
  for await (const held of target.readAll()) {
    const next = await reading.next();
    if (next.done === true) throw differs(held, undefined);
    const event = next.value;
    const broken = verified.add(event);
    if (broken !== undefined) throw brokenChain(broken);
    if (!isSame(held, event)) throw differs(held, event);
    through = { source: event.position, target: held.position };
    events += 1;
    if (events % TELL_EVERY !== 0) continue;
    signal?.throwIfAborted();
    onProgress?.({ phase: 'comparing', events, position: event.position });
  }
  return { ...through, events };
}

/** Each window is read while the one before is written. */
async function copyRest(
  options: CopyOptions,
  reading: AsyncIterator<RecordedEvent>,
  verified: Chains,
  begun: Through,
): Promise<Through> {
  let through: Through = { source: begun.source, target: begun.target };
  let copied = 0;
  let window = await nextWindow(reading, verified);
  for (;;) {
    const { events, fault } = window;
    const last = events.at(-1);
    if (last !== undefined) {
      const ahead = fault === undefined ? nextWindow(reading, verified) : undefined;
      through = { source: last.position, target: await writeWindow(options, events, through.target) };
      copied += events.length;
      options.onProgress?.({ phase: 'copying', events: copied, position: last.position });
      if (ahead !== undefined) window = await ahead;
    }
    if (fault !== undefined) throw fault;
    if (last === undefined) return through;
    options.signal?.throwIfAborted();
  }
}

/** Reads back what was written, and compares it with the source. */
async function check(
  { source, target, onProgress, signal }: CopyOptions,
  begun: Through,
  copied: number,
): Promise<void> {
  if (copied === 0) return;
  const reading = source.readAll({ after: begun.source, limit: copied })[Symbol.asyncIterator]();
  let events = 0;
  try {
    for await (const held of target.readAll({ after: begun.target })) {
      const next = await reading.next();
      if (next.done === true) throw differs(held, undefined);
      if (!isSame(held, next.value)) throw differs(held, next.value);
      events += 1;
      if (events % TELL_EVERY !== 0) continue;
      signal?.throwIfAborted();
      onProgress?.({ phase: 'checking', events, position: next.value.position });
    }
  } finally {
    await reading.return?.();
  }
  if (events === copied) return;
  throw new CopyError('TARGET_DIFFERS', `the target holds ${events} of the ${copied} events that it took`);
}

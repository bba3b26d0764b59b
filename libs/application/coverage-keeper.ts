import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderEvent } from '../domain/order/events.js';
import { parseStream } from '../domain/streams.js';
import type { SupplierCommand } from '../domain/supplier/commands.js';
import type { SupplierEvent } from '../domain/supplier/events.js';
import type { Codec } from '../event-store/codec.js';
import { START, type EventStore, type Position, type RecordedEvent } from '../event-store/port.js';
import type { Readings } from './application.js';
import type { Runs } from './commands.js';
import { ENGINE } from './confirm-with-coverage.js';
import { COVERAGE_EVENTS, coverageDuty, holdsReservation, mayAskForCoverage } from './coverage-duties.js';

/** Remembers how far a follower of the log has come. Losing it costs a second reading, nothing else. */
export interface Bookmark {
  load(): Promise<Position>;
  save(position: Position): Promise<void>;
}

/** Orders to be read, and suppliers to be commanded. */
export interface KeeperApplication {
  readonly orders: Readings['orders'];
  readonly suppliers: Runs<SupplierCommand>;
}

export interface CoverageKeeperOptions {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly codec: Codec;
  readonly application: KeeperApplication;
  readonly bookmark: Bookmark;
  /** How long a confirmation may take after its reservation, before the reservation counts as left behind. Default 60,000 ms. */
  readonly graceMs?: number;
  /** Pause after a failure. Default 1,000 ms. */
  readonly pauseMs?: number;
  onFault?(error: unknown): void;
}

export interface CoverageKeeper {
  /** Resolves when everything up to the position is done. */
  reached(position: Position, signal?: AbortSignal): Promise<void>;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const LOOK_MS = 5;

/**
 * Keeps each supplier's stream in step with its orders, by following the log: gives back what orders no longer hold,
 * takes what recoveries owe, suspends for an overdue one, and gives back reservations whose confirmation never came
 * because a process died in between.
 *
 * Guarantees: nothing is forgotten (the bookmark moves only past what is done) and nothing is done twice (each command's
 * key is the id of the event that asks for it), however many engines do it and however often they start again.
 */
export function startCoverageKeeper(options: CoverageKeeperOptions): CoverageKeeper {
  const { pauseMs = 1_000, onFault } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let done: Position = START;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await follow(options, signal, (position) => (done = position));
      } catch (error) {
        if (!signal.aborted) onFault?.(error);
      }
      if (!signal.aborted) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async reached(position, given) {
      while (done < position && !signal.aborted) await sleep(LOOK_MS, undefined, { signal: given });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function follow(
  { store, codec, application, bookmark, graceMs = 60_000 }: CoverageKeeperOptions,
  signal: AbortSignal,
  onDone: (position: Position) => void,
): Promise<void> {
  const after = await bookmark.load();
  for await (const message of store.subscribe({ after, filter: { types: COVERAGE_EVENTS }, signal })) {
    if (message.kind !== 'events') await reached(message.position);
    else {
      for (const event of message.events) {
        await seeTo(event);
        // An event speaks for its position: there may be no checkpoint until another comes.
        await reached(event.position);
      }
    }
  }

  async function reached(position: Position): Promise<void> {
    onDone(position);
    await bookmark.save(position);
  }

  async function seeTo(recorded: RecordedEvent): Promise<void> {
    const { id, stream, event } = codec.decode(recorded) as unknown as {
      id: string;
      stream: string;
      event: OrderEvent | SupplierEvent;
    };
    if (event.type !== 'CoverageReserved') return dutyOf(application, stream, event as OrderEvent, id);
    const { kind, orderId } = event.data;
    if (kind !== 'ORDER') return;
    const graceEnds = Date.parse(recorded.created) + graceMs;
    await sleepUntil(graceEnds, signal, () => isDecided(application, orderId));
    await giveBackUnheld(application, parseStream(stream)?.id ?? '', orderId, id);
  }
}

async function dutyOf(
  { orders, suppliers }: KeeperApplication,
  stream: string,
  event: OrderEvent,
  eventId: string,
): Promise<void> {
  if (!mayAskForCoverage(event)) return;
  const orderId = parseStream(stream)?.id;
  const order = orderId === undefined ? undefined : (await orders.read(orderId)).state;
  const command = order && coverageDuty(order, event);
  if (order === undefined || command === undefined) return;
  await send(suppliers, order.supplierId, command, eventId);
}

const isDecided = async ({ orders }: KeeperApplication, orderId: string): Promise<boolean> =>
  ((await orders.read(orderId)).state?.status ?? 'DRAFT') !== 'DRAFT';

const isHeld = async ({ orders }: KeeperApplication, orderId: string): Promise<boolean> =>
  holdsReservation((await orders.read(orderId)).state);

/** A confirmation is a matter of milliseconds; only one that never came is waited for to the end of the grace. */
async function sleepUntil(
  instant: number,
  signal: AbortSignal,
  early: () => Promise<boolean>,
): Promise<void> {
  while (Date.now() < instant && !(await early())) {
    await sleep(Math.min(100, Math.max(1, instant - Date.now())), undefined, { signal });
  }
}

async function giveBackUnheld(
  application: KeeperApplication,
  supplierId: string,
  orderId: string,
  eventId: string,
): Promise<void> {
  if (await isHeld(application, orderId)) return;
  await send(
    application.suppliers,
    supplierId,
    { type: 'ReleaseCoverage', data: { orderId, kind: 'ORDER' } },
    eventId,
  );
}

async function send(
  suppliers: Runs<SupplierCommand>,
  id: string,
  command: SupplierCommand,
  eventId: string,
): Promise<void> {
  const outcome = await suppliers.run({ id, command, caller: ENGINE, idempotencyKey: `coverage:${eventId}` });
  // Contended for: it is done again. Any other refusal is the supplier's last word, and would be so tomorrow.
  if (outcome.kind === 'refused' && outcome.retryAfter !== undefined)
    throw new Error(outcome.refusal.faults[0]?.message);
}

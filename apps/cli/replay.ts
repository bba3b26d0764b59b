import { balances } from '../../libs/domain/order/funds/ledger.js';
import type { OrderEvent } from '../../libs/domain/order/events.js';
import { evolveOrder } from '../../libs/domain/order/evolve.js';
import { narrateOrder } from '../../libs/domain/order/narrate.js';
import type { Order } from '../../libs/domain/order/state.js';
import { ruleSentence } from '../../libs/domain/rule-book.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import type { Envelope } from '../../libs/event-store/envelope.js';
import { createCodec } from '../../libs/event-store/codec.js';
import { GENESIS, nextLink, type BrokenLink, type ShownEvent } from '../../libs/event-store/hash-chain.js';
import { formatMoney } from '../../libs/kernel/money.js';
import type { Instant } from '../../libs/kernel/instant.js';
import type { Caller } from '../../libs/domain/decision.js';

export interface ReplayedEvent {
  readonly revision: string;
  readonly type: string;
  /** When it took effect, and when it was written down, which is later where a deadline was noticed late. */
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly who: string;
  readonly sentence: string;
  readonly why: readonly string[];
  readonly balances: {
    readonly received: string;
    readonly held: string;
    readonly released: string;
    readonly refunded: string;
    readonly chargedBack: string;
  };
  readonly hash: string;
}

export interface Replay {
  readonly events: readonly ReplayedEvent[];
  readonly state: Order | undefined;
  readonly chain:
    | { readonly intact: true; readonly head: string }
    | { readonly intact: false; readonly broken: BrokenLink };
  /** Every event left received = held + released + refunded + charged back (rule 12). */
  readonly ledgerBalances: boolean;
}

export interface Until {
  readonly revision?: bigint;
  readonly at?: Instant;
}

const codec = createCodec(eventSchemas);

/** Replays a history, up to a revision or an instant: what happened, in sentences, with the chain verified on the way. */
export async function replay(history: AsyncIterable<ShownEvent>, until: Until = {}): Promise<Replay> {
  const events: ReplayedEvent[] = [];
  let state: Order | undefined;
  let link = GENESIS;
  let ledgerBalances = true;
  for await (const recorded of history) {
    const next = nextLink(link, recorded);
    if ('reason' in next) return { events, state, chain: { intact: false, broken: next }, ledgerBalances };
    const { event, metadata } = recorded.withheld === true ? underSeal(recorded) : codec.decode(recorded);
    if (isPast(until, recorded.revision, metadata.recordedAt)) break;
    link = next;
    state = evolveOrder(state, event as OrderEvent);
    ledgerBalances &&= balances(state.funds);
    const told = narrateOrder(event as OrderEvent, metadata.actor as Caller);
    const { who, sentence, rules } = recorded.withheld === true ? { ...told, sentence: SEALED } : told;
    events.push({
      revision: String(recorded.revision),
      type: event.type,
      occurredAt: metadata.occurredAt,
      recordedAt: metadata.recordedAt,
      who,
      sentence,
      why: rules.map(ruleSentence),
      balances: balancesOf(state),
      hash: metadata.hash,
    });
  }
  return { events, state, chain: { intact: true, head: link.hash }, ledgerBalances };
}

const SEALED = 'Evidence was submitted under seal; what it is, is not shown to you.';

/** As much of sealed evidence as its announcement says; what it does not say is empty. */
function underSeal({ type, data, metadata }: ShownEvent): Pick<Envelope, 'event' | 'metadata'> {
  const unknown = { author: '', kind: 'OTHER', sha256: '', size: 0, mediaType: '', fileName: '', terms: [] };
  return { event: { type, data: { ...unknown, ...JSON.parse(data) } }, metadata: JSON.parse(metadata) };
}

const isPast = ({ revision, at }: Until, eventRevision: bigint, recordedAt: Instant): boolean =>
  (revision !== undefined && eventRevision > revision) || (at !== undefined && recordedAt > at);

function balancesOf({ funds, currency }: Order): ReplayedEvent['balances'] {
  const text = (amount: number) => formatMoney({ amount, currency });
  return {
    received: text(funds.received),
    held: text(funds.held),
    released: text(funds.released),
    refunded: text(funds.refunded),
    chargedBack: text(funds.chargedBack),
  };
}

export interface Difference {
  /** JSON Pointer (RFC 6901) into the order's state. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What changed between two states, leaf by leaf. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return [];
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      differences(before[key], after[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    );
  }
  return [{ path, before: before ?? null, after: after ?? null }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

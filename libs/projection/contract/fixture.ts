import { randomUUID } from 'node:crypto';
import type { Envelope } from '../../event-store/envelope.js';
import {
  START,
  type EventStore,
  type EventToAppend,
  type Position,
  type RecordedEvent,
} from '../../event-store/port.js';
import type { Projection } from '../projection.js';
import type { Page } from '../query.js';
import type { ReadModels } from '../read-models/read-models.js';

/** A small domain to project: accounts, and the people who own them, each fact in the stream of its account. */
export type AccountEvent =
  | { readonly type: 'AccountOpened'; readonly data: { account: string; owner: string; note: string | null } }
  | { readonly type: 'AmountMoved'; readonly data: { account: string; owner: string; amount: number } }
  | { readonly type: 'AccountClosed'; readonly data: { account: string; owner: string } }
  /** A projection under test fails at it as long as {@link broken} says so. */
  | { readonly type: 'MishapStruck'; readonly data: { account: string; owner: string; who: string } };

export const TYPES: readonly AccountEvent['type'][] = [
  'AccountOpened',
  'AmountMoved',
  'AccountClosed',
  'MishapStruck',
];

/** What fails now: names of projections, and `decode`. A spec mends it to see a replay succeed. */
export const broken = new Set<string>();

export interface Account {
  readonly account: string;
  readonly owner: string;
  readonly note: string | null;
  readonly balance: number;
  /** Every amount, in order: a fold that is done twice, or out of order, shows. */
  readonly amounts: readonly number[];
}

/** One document an account; a closed account has none. */
export const accounts: Projection<Account> = {
  name: 'accounts',
  version: 1,
  types: TYPES,
  anew: ['AccountOpened', 'AccountClosed'],
  key: ({ event }) => [(event as AccountEvent).data.account],
  evolve(document, { event: untyped }) {
    const event = untyped as AccountEvent;
    switch (event.type) {
      case 'AccountOpened':
        return { ...event.data, balance: 0, amounts: [] };
      case 'AmountMoved': {
        if (document === undefined) return null;
        const { amount } = event.data;
        return { ...document, balance: document.balance + amount, amounts: [...document.amounts, amount] };
      }
      case 'AccountClosed':
        return null;
      case 'MishapStruck':
        if (event.data.who === 'accounts' && broken.has('accounts'))
          throw new Error('accounts cannot fold this');
        return document ?? null;
    }
  },
  columns: [
    { name: 'owner', type: 'text', value: ({ owner }) => owner },
    { name: 'note', type: 'text', value: ({ note }) => note },
    { name: 'balance', type: 'integer', value: ({ balance }) => balance },
  ],
};

export interface Owner {
  readonly events: number;
  readonly moved: number;
  readonly accounts: readonly string[];
}

/** One document an owner, which draws on the streams of all his accounts. */
export const owners: Projection<Owner> = {
  name: 'owners',
  version: 1,
  types: TYPES,
  key: ({ event }) => [(event as AccountEvent).data.owner],
  evolve(document = { events: 0, moved: 0, accounts: [] }, { event: untyped }) {
    const event = untyped as AccountEvent;
    const { account } = event.data;
    if (event.type === 'MishapStruck' && event.data.who === 'owners' && broken.has('owners')) {
      throw new Error('owners cannot fold this');
    }
    return {
      events: document.events + 1,
      moved: document.moved + (event.type === 'AmountMoved' ? event.data.amount : 0),
      accounts: event.type === 'AccountOpened' ? [...document.accounts, account] : document.accounts,
    };
  },
  columns: [{ name: 'moved', type: 'integer', value: ({ moved }) => moved }],
};

export const PROJECTIONS: readonly Projection<object>[] = [accounts, owners];

/** Decodes as a codec would; an event that was appended as garbage is refused while `decode` is broken. */
export function decode({ data, metadata, type, ...recorded }: RecordedEvent): Envelope {
  if (metadata.includes('garbage') && broken.has('decode')) throw new Error('cannot be decoded');
  const parsed = JSON.parse(data) as unknown;
  return { ...recorded, schemaVersion: 1, event: { type, data: parsed }, metadata: JSON.parse(metadata) };
}

export const encode = ({ type, data }: AccountEvent): EventToAppend => ({
  id: randomUUID(),
  type,
  data: JSON.stringify(data),
  metadata: '{}',
});

/** Appends facts, each to the stream of its account, in order. */
export function ledger(store: Pick<EventStore, 'append'>) {
  const revisions = new Map<string, bigint>();
  const append = async (account: string, events: readonly EventToAppend[]) => {
    const stream = `account-${account}`;
    const { revision, position } = await store.append(stream, events, revisions.get(stream) ?? 'no_stream');
    revisions.set(stream, revision);
    return position;
  };
  return {
    /** Resolves with the position of the last. */
    async record(...events: readonly AccountEvent[]): Promise<Position> {
      let position = START;
      for (let at = 0; at < events.length;) {
        const account = events[at]?.data.account ?? '';
        let end = at;
        while (events[end]?.data.account === account) end += 1;
        position = await append(account, events.slice(at, end).map(encode));
        at = end;
      }
      return position;
    },
    /** An event that cannot be decoded while `decode` is broken. */
    garbage: (account: string, owner: string): Promise<Position> =>
      append(account, [{ ...encode(moved(account, owner, 1_000)), metadata: '{"quality":"garbage"}' }]),
  };
}

export const opened = (account: string, owner: string, note: string | null = null): AccountEvent => ({
  type: 'AccountOpened',
  data: { account, owner, note },
});
export const moved = (account: string, owner: string, amount: number): AccountEvent => ({
  type: 'AmountMoved',
  data: { account, owner, amount },
});
export const closed = (account: string, owner: string): AccountEvent => ({
  type: 'AccountClosed',
  data: { account, owner },
});
export const mishap = (account: string, owner: string, who: string): AccountEvent => ({
  type: 'MishapStruck',
  data: { account, owner, who },
});

/** What the documents of a projection must be: the plain fold of the whole log. */
export async function expected<Doc extends object>(
  store: Pick<EventStore, 'readAll'>,
  projection: Projection<Doc>,
): Promise<Record<string, Doc>> {
  const documents: Record<string, Doc> = {};
  for await (const event of store.readAll({ filter: { types: projection.types } })) {
    const envelope = decode(event);
    for (const id of projection.key(envelope)) {
      const document = projection.evolve(documents[id], envelope, id);
      if (document === null) delete documents[id];
      else documents[id] = document;
    }
  }
  return documents;
}

/** What the documents are. */
export async function stored<Doc extends object>(
  readModels: ReadModels,
  projection: Projection<Doc>,
): Promise<Record<string, Doc>> {
  const all: Record<string, Doc> = {};
  let cursor: string | null = null;
  do {
    const page: Page<{ id: string; document: Doc }> = await readModels
      .documents(projection)
      .query({ limit: 1_000, cursor });
    for (const { id, document } of page.items) all[id] = document;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

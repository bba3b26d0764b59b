import fc from 'fast-check';
import type { EventStore, SubscribeOptions } from '../../event-store/port.js';
import type { ReadModelDatabase } from '../read-models/database.js';
import {
  accounts,
  closed,
  expected,
  ledger,
  moved,
  opened,
  owners,
  PROJECTIONS,
  stored,
  type AccountEvent,
} from './fixture.js';
import { until, type Engine, type Stage } from './support.js';

export function folding(stage: () => Stage): void {
  const asFolded = async ({ readModels }: Pick<Engine, 'readModels'>) => {
    const { store } = stage();
    await readModels.waitFor(['accounts', 'owners'], await store.head(), { timeoutMs: 20_000 });
    expect(await stored(readModels, accounts)).toEqual(await expected(store, accounts));
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
  };

  test('history is folded first, then what is appended; a document that ends is gone', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await record(
      opened('a', 'Ann'),
      moved('a', 'Ann', 5),
      opened('b', 'Ann'),
      moved('a', 'Ann', 7),
      closed('b', 'Ann'),
    );
    const { readModels } = await engine();
    const position = await record(moved('a', 'Ann', -2), opened('c', 'Bob', 'new'));
    await readModels.waitFor(['accounts', 'owners'], position);
    expect(await readModels.documents(accounts).get('a')).toEqual({
      account: 'a',
      owner: 'Ann',
      note: null,
      balance: 10,
      amounts: [5, 7, -2],
    });
    expect(await readModels.documents(accounts).get('b')).toBeUndefined();
    expect(await readModels.documents(owners).get('Ann')).toEqual({
      events: 6,
      moved: 10,
      accounts: ['a', 'b'],
    });
    expect(await readModels.documents(owners).get('Bob')).toEqual({ events: 1, moved: 0, accounts: ['c'] });
  });

  test('a checkpoint moves over events that no projection takes, so that who wrote them need not wait for others', async () => {
    const { store, engine } = stage();
    const { readModels } = await engine();
    const event = {
      id: '8b3f4f8e-7f6f-4a0e-9a7e-2f6d1c1f0a01',
      type: 'OfNoInterest',
      data: '{}',
      metadata: '{}',
    };
    const { position } = await store.append('other-1', [event], 'no_stream');
    await readModels.waitFor(['accounts', 'owners'], position);
  });

  test('documents that do not fit in memory are read again, and folded all the same', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    const names = Array.from({ length: 30 }, (_, index) => `account ${index}`);
    await record(...names.map((name) => opened(name, 'Ann')));
    for (const amount of [1, 2, 3]) await record(...names.map((name) => moved(name, 'Ann', amount)));
    await asFolded(await engine({ batchSize: 7, cacheBytes: 500 }));
  });

  test('a document ends that was written before and is not in memory, and one that is begun anew replaces it', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann', 'first'), moved('a', 'Ann', 5), opened('b', 'Ann'));
    const before = await engine();
    await asFolded(before);
    await before.stop();
    await record(opened('a', 'Bob'), closed('b', 'Ann'));
    await asFolded(await engine());
  });

  test('a batch that touches nothing is no transaction of documents, only a checkpoint', async () => {
    const { store, engine } = stage();
    await ledger(store).record(moved('nobody', 'Ann', 1));
    const { readModels } = await engine();
    await asFolded({ readModels });
    expect(await readModels.documents(accounts).count()).toBe(0);
  });

  const event = fc
    .record({
      account: fc.constantFrom('a', 'b', 'c'),
      owner: fc.constantFrom('Ann', 'Bob'),
      amount: fc.integer({ min: -9, max: 9 }),
    })
    .chain(({ account, owner, amount }) =>
      fc.constantFrom<AccountEvent>(
        opened(account, owner),
        moved(account, owner, amount),
        moved(account, owner, amount),
        closed(account, owner),
      ),
    );
  const fault = fc.constantFrom('none', 'none', 'before', 'after');

  test('whenever writing fails, before or after the commit, every event is folded exactly once', async () => {
    const { store, engine, models } = stage();
    const { record } = ledger(store);
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.array(fault, { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (events, faults, batchSize) => {
          await record(...events.slice(0, 20));
          const running = await engine({ batchSize, wrap: (database) => failing(database, [...faults]) });
          await record(...events.slice(20));
          await asFolded(running);
          await running.stop();
        },
      ),
      { numRuns: 25 },
    );
    await asFolded({ readModels: await models() });
  });

  test('whenever a process ends and another goes on, every event is folded exactly once', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { maxLength: 15 }), { maxLength: 4 }), async (rounds) => {
        for (const events of rounds) {
          const running = await engine({ batchSize: 3 });
          await record(...events);
          await running.stop();
        }
        await using last = await engine();
        await asFolded(last);
      }),
      { numRuns: 10 },
    );
  });

  test('a subscription that is lost is taken up again where it was', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    let losses = 3;
    const lossy = Object.assign(Object.create(store) as EventStore, {
      async *subscribe(options: SubscribeOptions) {
        let seen = 0;
        for await (const message of store.subscribe(options)) {
          yield message;
          seen += 1;
          if (losses > 0 && seen === 2) {
            losses -= 1;
            throw new Error('lost');
          }
        }
      },
    });
    await record(opened('a', 'Ann'), ...[1, 2, 3, 4, 5, 6].map((amount) => moved('a', 'Ann', amount)));
    const running = await engine({ store: lossy });
    await asFolded(running);
    await until(() => running.faults.length === 3);
  });

  test('a projection that is added goes through history while the others stay live, and then joins them', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann'), moved('a', 'Ann', 1));
    const first = await engine({ projections: [accounts] });
    await first.readModels.waitFor(['accounts'], await store.head());
    await first.stop();
    await record(moved('a', 'Ann', 2));
    const second = await engine({ projections: PROJECTIONS, pageSize: 1 });
    await asFolded(second);
    const position = await record(moved('a', 'Ann', 3));
    await second.readModels.waitFor(['accounts', 'owners'], position);
    expect(await second.readModels.documents(owners).get('Ann')).toEqual({
      events: 4,
      moved: 6,
      accounts: ['a'],
    });
  });
}

/** A database whose writes fail as told, before they are done or after; and then no more. */
function failing(database: ReadModelDatabase, faults: string[]): ReadModelDatabase {
  return {
    ...database,
    async write(statements) {
      const fault = statements.some(({ fence }) => fence) ? faults.shift() : undefined;
      if (fault === 'before') throw new Error('failed before the commit');
      const results = await database.write(statements);
      if (fault === 'after') throw new Error('failed after the commit');
      return results;
    },
  };
}

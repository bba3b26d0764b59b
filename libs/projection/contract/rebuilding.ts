import type { EventStore, ReadAllOptions } from '../../event-store/port.js';
import type { RebuildProgress } from '../read-models/read-models.js';
import {
  accounts,
  broken,
  expected,
  ledger,
  mishap,
  moved,
  opened,
  owners,
  stored,
  type Owner,
} from './fixture.js';
import { codeOf, until, type Stage } from './support.js';
import type { Projection } from '../projection.js';

export function rebuilding(stage: () => Stage): void {
  const history = (count: number) => Array.from({ length: count }, (_, index) => moved('a', 'Ann', index));

  test('a rebuild fills a table beside the one that serves, reports, and takes over with the same documents', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    const { readModels } = await engine({ pageSize: 10 });
    await record(opened('a', 'Ann'), ...history(200));
    await readModels.waitFor(['accounts', 'owners'], await store.head());
    const before = await stored(readModels, owners);
    const reports: RebuildProgress[] = [];
    await readModels.rebuild(['accounts', 'owners'], { onProgress: (progress) => reports.push(progress) });
    expect(reports.every(({ events, of }) => events <= of && of === 201)).toBe(true);
    expect(await stored(readModels, owners)).toEqual(before);
    const tables = (await readModels.generations()).map(({ table, active }) => ({ table, active }));
    expect(tables).toEqual([
      { table: 'accounts_v1_2', active: true },
      { table: 'owners_v1_2', active: true },
    ]);
    await readModels.rebuild(['owners']);
    expect((await readModels.generations()).map(({ table }) => table)).toEqual([
      'accounts_v1_2',
      'owners_v1_3',
    ]);
    const position = await record(moved('a', 'Ann', 1));
    await readModels.waitFor(['accounts', 'owners'], position);
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
  });

  test('while a rebuild goes on, the old table serves and stays live, for readers of other processes too', async () => {
    const { store, engine, models } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann'), ...history(40));
    const gate = gated(store);
    const { readModels } = await engine({ store: gate.store, pageSize: 10 });
    const elsewhere = await models();
    await readModels.waitFor(['accounts', 'owners'], await store.head());
    gate.shut(2);
    const rebuilt = readModels.rebuild(['owners']);
    await until(() => gate.waiting > 0);
    const position = await record(moved('a', 'Ann', 1_000));
    await elsewhere.waitFor(['accounts', 'owners'], position);
    expect(await elsewhere.documents(owners).get('Ann')).toMatchObject({ events: 42 });
    const [serves, built] = (await elsewhere.generations()).filter(
      ({ projection }) => projection === 'owners',
    );
    expect(serves).toMatchObject({ table: 'owners_v1', active: true, events: 42 });
    expect(built).toMatchObject({ table: 'owners_v1_2', active: false });
    expect(built?.events).toBeLessThan(42);
    gate.open();
    await rebuilt;
    expect(await elsewhere.documents(owners).get('Ann')).toEqual((await expected(store, owners))['Ann']);
  });

  test('a rebuild under a steady load takes over, and misses nothing', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann'), ...history(50));
    const { readModels } = await engine({ pageSize: 5, batchSize: 5 });
    let loading = true;
    const load = (async () => {
      for (let amount = 0; loading; amount += 1) {
        await record(moved('a', 'Ann', amount));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let round = 0; round < 3; round += 1) await readModels.rebuild(['owners', 'accounts']);
    loading = false;
    await load;
    await readModels.waitFor(['accounts', 'owners'], await store.head());
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
    expect(await stored(readModels, accounts)).toEqual(await expected(store, accounts));
  });

  test('a rebuild that is interrupted goes on where it was', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann'), ...history(60));
    const gate = gated(store);
    const first = await engine({ store: gate.store, pageSize: 10 });
    await first.readModels.waitFor(['owners'], await store.head());
    gate.shut(3);
    const abort = new AbortController();
    const rebuilt = first.readModels.rebuild(['owners'], { signal: abort.signal });
    await until(() => gate.waiting > 0);
    abort.abort();
    await expect(rebuilt).rejects.toMatchObject({ name: 'AbortError' });
    const stopped = first.stop();
    gate.open();
    await stopped;
    const half = (await first.readModels.generations()).find(({ active }) => !active);
    expect(half?.events).toBeGreaterThanOrEqual(20);
    expect(half?.events).toBeLessThan(61);

    const starts: (string | undefined)[] = [];
    const watched = Object.assign(Object.create(store) as EventStore, {
      readAll(options: ReadAllOptions) {
        starts.push(options.after);
        return store.readAll(options);
      },
    });
    const second = await engine({ store: watched, pageSize: 10 });
    await second.readModels.rebuild(['owners']);
    expect(starts[0]).toBe(half?.position);
    expect(await stored(second.readModels, owners)).toEqual(await expected(store, owners));
    expect((await second.readModels.generations()).map(({ table }) => table)).toEqual([
      'accounts_v1',
      half?.table,
    ]);
  });

  test('a raised version is built at start-up while the old one serves, and takes over', async () => {
    const { store, engine, models } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann'), ...history(30));
    const first = await engine();
    await first.readModels.waitFor(['owners', 'accounts'], await store.head());
    await first.stop();

    interface Owner2 extends Owner {
      readonly last: number;
    }
    const owners2 = {
      ...owners,
      version: 2,
      evolve: (document, event, id) => ({
        ...owners.evolve(document, event, id),
        last: Number(event.revision),
      }),
      columns: [{ name: 'last', type: 'integer', value: ({ last }) => last }],
    } as Projection<Owner2>;
    const gate = gated(store);
    gate.shut(1);
    const second = await engine({ projections: [accounts, owners2], store: gate.store, pageSize: 10 });
    await until(() => gate.waiting > 0);
    expect(await second.readModels.documents(owners2).get('Ann')).toMatchObject({ events: 31 });
    const position = await record(moved('a', 'Ann', 1));
    await second.readModels.waitFor(['accounts'], position);
    gate.open();
    await second.readModels.waitFor(['owners'], position);
    const byLast = { where: [{ column: 'last', op: 'eq', value: 31 }], limit: 1 } as const;
    expect((await second.readModels.documents(owners2).query(byLast)).items).toHaveLength(1);
    expect((await second.readModels.generations()).map(({ table }) => table)).toEqual([
      'accounts_v1',
      'owners_v2_2',
    ]);
    await second.stop();

    // A process of the old version lets the new documents be, unless it is told to rebuild.
    const third = await engine();
    const later = await record(moved('a', 'Ann', 2));
    await third.readModels.waitFor(['accounts'], later);
    expect((await third.readModels.generations()).map(({ table }) => table)).toEqual([
      'accounts_v1',
      'owners_v2_2',
    ]);
    await third.readModels.rebuild(['owners']);
    expect(await stored(await models(), owners)).toEqual(await expected(store, owners));
  });

  test('the only projection may be raised as well', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    await record(opened('a', 'Ann'), ...history(30));
    const first = await engine({ projections: [owners] });
    await first.readModels.waitFor(['owners'], await store.head());
    await first.stop();
    const position = await record(moved('a', 'Ann', 1));
    const second = await engine({ projections: [{ ...owners, version: 2 }], pageSize: 4 });
    await second.readModels.waitFor(['owners'], position);
    await second.readModels.waitFor(['owners'], await record(moved('a', 'Ann', 2)));
    expect(await stored(second.readModels, owners)).toEqual(await expected(store, owners));
  });

  test('several who ask for a rebuild at a time get one', async () => {
    const { store, engine, models } = stage();
    const position = await ledger(store).record(opened('a', 'Ann'), ...history(20));
    const { readModels } = await engine();
    const others = await Promise.all([models(), models()]);
    await Promise.all([readModels, readModels, ...others].map((one) => one.rebuild(['owners'])));
    // A table that is built before anything was folded takes over from one that is as empty.
    await readModels.waitFor(['owners'], position);
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
  });

  test('what is parked in the old table is folded anew in the new one', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    broken.add('owners');
    const { readModels } = await engine();
    await record(opened('a', 'Ann'), mishap('a', 'Ann', 'owners'), moved('a', 'Ann', 1));
    await readModels.waitFor(['owners'], await store.head());
    expect(await readModels.parked()).toHaveLength(1);
    await readModels.rebuild(['owners']);
    expect(await readModels.parked()).toMatchObject([{ serving: true, pending: 1 }]);
    broken.clear();
    await readModels.rebuild(['owners']);
    expect(await readModels.parked()).toEqual([]);
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
  });

  test('a projection that is not there cannot be rebuilt', async () => {
    const { readModels } = await stage().engine();
    expect(await codeOf(readModels.rebuild(['nothing']))).toBe('UNKNOWN_PROJECTION');
  });
}

/** A store of which history can be read only so many pages at a time. */
function gated(store: EventStore) {
  let pages = Number.POSITIVE_INFINITY;
  let release: (() => void)[] = [];
  return {
    store: Object.assign(Object.create(store) as EventStore, {
      async *readAll(options: ReadAllOptions) {
        if (pages <= 0) await new Promise<void>((resolve) => release.push(resolve));
        pages -= 1;
        yield* store.readAll(options);
      },
    }),
    /** Who waits for a page. */
    get waiting() {
      return release.length;
    },
    shut(after: number) {
      pages = after;
    },
    open() {
      pages = Number.POSITIVE_INFINITY;
      release.forEach((letGo) => letGo());
      release = [];
    },
  };
}

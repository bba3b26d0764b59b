import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../domain/decision.js';
import { termsHash } from '../domain/order/contract/decide.js';
import type { OrderCommand } from '../domain/order/commands.js';
import { presetCommands } from '../domain/policy/presets.js';
import { eventSchemas } from '../domain/registry.js';
import { createCodec } from '../event-store/codec.js';
import { START, type EventStore } from '../event-store/port.js';
import { openSqliteEventStore } from '../event-store/sqlite/event-store.js';
import { VirtualClock } from '../kernel/clock.js';
import { money } from '../kernel/money.js';
import { createApplication, type Application } from './application.js';
import { startCoverageKeeper, type Bookmark } from './coverage-keeper.js';

const RISK: Caller = { role: 'risk', id: 'risk' };
const BUYER: Caller = { role: 'buyer', id: 'B1' };
const SUPPLIER: Caller = { role: 'supplier', id: 'S1' };
const usd = (amount: number) => money(amount, 'USD');
const terms = {
  orderValue: usd(600_000),
  coveredAmount: usd(600_000),
  shipDate: '2026-06-30',
  coverageType: 'POST_DELIVERY',
  qualitySafeguard: false,
  product: 'Lamps',
  quantity: { count: 10, unit: 'piece', toleranceBasisPoints: 0 },
  specification: [],
  initialPayment: usd(600_000),
  balance: usd(0),
} as const;

describe('the coverage keeper', () => {
  let folder: string;
  let store: EventStore;
  let application: Application;
  let clock: VirtualClock;
  let keys = 0;
  const codec = createCodec(eventSchemas);
  const bookmark: Bookmark = { load: () => Promise.resolve(START), save: () => Promise.resolve() };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-keeper-'));
    store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    clock = new VirtualClock('2026-03-01T00:00:00.000Z');
    application = createApplication({ store, codec, clock });
    for (const { policyId, caller, command } of presetCommands) {
      await application.policies.run({ id: policyId, caller, command, idempotencyKey: `p${++keys}` });
    }
    for (const command of [
      { type: 'EnrolSupplier', data: { supplierId: 'S1', name: 'Works', country: 'CN' } },
      { type: 'AssessSupplier', data: { tradeHistory: true, qualifications: true, legalStatus: true } },
      { type: 'SetAssuranceLimit', data: { limit: usd(1_000_000) } },
    ] as const) {
      await application.suppliers.run({ id: 'S1', caller: RISK, command, idempotencyKey: `s${++keys}` });
    }
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const send = (id: string, caller: Caller, command: OrderCommand) =>
    application.runOrder({ id, caller, command, idempotencyKey: `k${++keys}` });
  const draft = (orderId: string) =>
    send(orderId, BUYER, {
      type: 'DraftOrder',
      data: {
        orderId,
        buyer: { id: 'B1', name: 'Buyer', country: 'US' },
        supplierId: 'S1',
        policyId: 'current',
        category: 'LIGHTING',
        terms: { ...terms, specification: [] },
      },
    });
  const confirm = (orderId: string) =>
    send(orderId, SUPPLIER, {
      type: 'ConfirmContract',
      data: { termsHash: termsHash({ ...terms, specification: [] }) },
    });
  const reservations = async () => (await application.suppliers.read('S1')).state?.reservations ?? [];
  const kept = async (graceMs?: number) => {
    const keeper = startCoverageKeeper({ store, codec, application, bookmark, graceMs });
    await keeper.reached(await store.head());
    // What it wrote itself is to be seen through as well.
    await keeper.reached(await store.head());
    await keeper.stop();
  };

  it('rule 20, AGGREGATE_OPEN: of two confirmations at the same moment only one fits the limit', async () => {
    await Promise.all([draft('O1'), draft('O2')]);
    const outcomes = await Promise.all([confirm('O1'), confirm('O2')]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'refused']);
    expect(await reservations()).toHaveLength(1);
  });

  it('rule 20: an order that is over gives its share back, once', async () => {
    await draft('O1');
    await confirm('O1');
    clock.moveTo('2026-05-01T00:00:00.000Z');
    await send('O1', { role: 'clock', id: 'scheduler' }, { type: 'ExpireDeadlines', data: {} });
    await kept();
    expect(await reservations()).toEqual([]);
    const before = await store.head();
    await kept();
    expect(await store.head()).toBe(before);
  });

  it('a reservation whose confirmation never came, because its process died, is given back', async () => {
    await draft('O1');
    await application.suppliers.run({
      id: 'S1',
      caller: { role: 'clock', id: 'engine' },
      idempotencyKey: 'left behind',
      command: { type: 'ReserveCoverage', data: { orderId: 'O1', amount: usd(600_000), kind: 'ORDER' } },
    });
    await kept(0);
    expect(await reservations()).toEqual([]);
  });

  it('has reached an event as soon as it has seen to it: no checkpoint need follow', async () => {
    await draft('O1');
    await confirm('O1');
    const saved: string[] = [];
    const silent: Pick<EventStore, 'subscribe'> = {
      async *subscribe(options) {
        for await (const message of store.subscribe(options)) if (message.kind === 'events') yield message;
      },
    };
    const keeper = startCoverageKeeper({
      store: silent,
      codec,
      application,
      bookmark: { load: bookmark.load, save: async (position) => void saved.push(position) },
      graceMs: 0,
    });
    let last = START;
    for await (const { type, position } of store.readAll()) if (type === 'CoverageReserved') last = position;
    await keeper.reached(last);
    await keeper.stop();
    expect(saved).toContain(last);
  });

  it('a confirmed order keeps its reservation', async () => {
    await draft('O1');
    await confirm('O1');
    await kept(0);
    expect(await reservations()).toHaveLength(1);
  });
});

import { deadlineQueue } from '../../projections/deadline-queue/projection.js';
import { expiringOrders } from '../../test/support/expiring-orders.js';
import { readSide, type ReadSide } from '../../test/support/read-side.js';
import { until } from '../../test/support/until.js';
import { EventStoreError } from '../event-store/port.js';
import { SystemClock } from '../kernel/clock.js';
import { epochMsOf, instantOf, type Instant } from '../kernel/instant.js';
import type { DueQueue } from './due-queue.js';
import { quantileMs } from './lateness.js';
import { readModelDueQueue } from './read-model-due-queue.js';
import { startScheduler, type Scheduler, type SchedulerOptions } from './scheduler.js';

const clock = new SystemClock();
const inMs = (ms: number): Instant => instantOf(Date.now() + ms);

describe('The scheduler', () => {
  let side: ReadSide;
  let queue: DueQueue;
  let orders: ReturnType<typeof expiringOrders>;
  let schedulers: Scheduler[];

  beforeEach(async () => {
    schedulers = [];
    side = await readSide([deadlineQueue]);
    queue = await readModelDueQueue(side.database);
    orders = expiringOrders(side, clock);
  });
  afterEach(async () => {
    await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
    await side.dispose();
  });

  const start = (options: Partial<SchedulerOptions> = {}): Scheduler => {
    const owner = `scheduler ${schedulers.length}`;
    const scheduler = startScheduler({ clock, queue, owner, send: orders.expire, ...options });
    schedulers.push(scheduler);
    return scheduler;
  };
  /** One deadline an order: `O<n>` is due in so many milliseconds. */
  const set = async (...ms: readonly number[]) => {
    await Promise.all(ms.map((each, index) => orders.set(`O${index}`, 'ClaimWindow', inMs(each))));
    await side.idle();
  };
  const fired = (count: number) => until(() => orders.expiries.length === count);
  const drained = () => until(async () => (await queue.pending()) === 0);

  it('fires each deadline once, at its due instant or after, never before', async () => {
    await set(...Array.from({ length: 200 }, (_, index) => index * 5 - 200));
    const scheduler = start();
    await fired(200);
    await drained();
    expect(orders.expiries.filter(({ firedAt, dueAt }) => firedAt < dueAt)).toEqual([]);
    expect([...orders.sent.values()].every((count) => count === 1)).toBe(true);
    await until(() => scheduler.readings().inFlight === 0);
    const { fired: count, failed, lateness } = scheduler.readings();
    expect([count, failed, lateness.count]).toEqual([200, 0, 200]);
    expect(quantileMs(lateness, 0.99)).toBeLessThanOrEqual(lateness.maxMs);
  });

  it('sends one command to an order, however much of it is due', async () => {
    await orders.set('O1', 'ClaimWindow', inMs(-30));
    await orders.set('O1', 'AutoReceipt', inMs(-20));
    await orders.set('O1', 'ShipmentDue', inMs(-10));
    await side.idle();
    start();
    await fired(3);
    expect(orders.sent.get('O1')).toBe(1);
  });

  it('fires what was due first first', async () => {
    await set(-10, -30, -20, -40);
    start({ concurrency: 1 });
    await fired(4);
    expect(orders.expiries.map(({ orderId }) => orderId)).toEqual(['O3', 'O1', 'O2', 'O0']);
  });

  it('gives everybody else in the process a turn, however much is due', async () => {
    await set(...Array.from({ length: 200 }, () => -10));
    let turn = 0;
    let ticking: NodeJS.Immediate | undefined;
    const tick = () => {
      turn++;
      ticking = setImmediate(tick);
    };
    tick();
    const sentIn: number[] = [];
    start({ send: async () => void sentIn.push(turn) });
    await until(() => sentIn.length === 200);
    clearImmediate(ticking);
    const inOneTurn = [...Map.groupBy(sentIn, (at) => at).values()].map((sent) => sent.length);
    expect(Math.max(...inOneTurn)).toBeLessThan(100);
  });

  it('has an order at hand before its deadline is due, and fires it whether or not that worked', async () => {
    await set(400, 410);
    const prepared: { readonly orderId: string; readonly at: Instant }[] = [];
    start({
      prepare: (orderId) => {
        prepared.push({ orderId, at: clock.now() });
        return orderId === 'O0' ? Promise.reject(new Error('no')) : Promise.resolve();
      },
    });
    await fired(2);
    expect(prepared.map(({ orderId }) => orderId)).toEqual(['O0', 'O1']);
    const [first] = orders.expiries;
    expect(prepared.every(({ at }) => first !== undefined && at < first.dueAt)).toBe(true);
  });

  it('asks for eight orders at a time, each of which may take a round trip', async () => {
    await set(...Array.from({ length: 20 }, () => 600));
    let underWay = 0;
    let most = 0;
    let prepared = 0;
    start({
      prepare: async () => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setTimeout(resolve, 1));
        underWay -= 1;
        prepared += 1;
      },
    });
    await fired(20);
    expect(prepared).toBe(20);
    expect(most).toBe(8);
  });

  it('shares the queue with another one, and each deadline fires once', async () => {
    await set(...Array.from({ length: 100 }, (_, index) => index * 3 - 100));
    start({ batchSize: 10 });
    start({ batchSize: 10 });
    await fired(100);
    await drained();
    expect([...orders.sent.values()].every((count) => count === 1)).toBe(true);
    expect(schedulers.reduce((sum, scheduler) => sum + scheduler.readings().fired, 0)).toBe(100);
  });

  it('takes over what another claimed and did not do, when the lease is over', async () => {
    await set(-10, -10, -10);
    let hung = 0;
    let letGo: () => void = () => undefined;
    const forEver = new Promise<void>((resolve) => (letGo = resolve));
    start({
      lookaheadMs: 0,
      leaseMs: 50,
      send: () => {
        hung += 1;
        return forEver;
      },
    });
    await until(() => hung === 3);
    start({ lookMs: 10 });
    await fired(3);
    letGo();
  });

  it('goes on with what an expiry set, from the due instant and not from when it fired', async () => {
    const first = inMs(-500);
    orders = expiringOrders(side, clock, ({ deadline, dueAt }) =>
      deadline === 'AutoReceipt'
        ? { deadline: 'ClaimWindow', dueAt: instantOf(epochMsOf(dueAt) + 800) }
        : undefined,
    );
    await orders.set('O1', 'AutoReceipt', first);
    await side.idle();
    start();
    await fired(2);
    expect(orders.expiries[1]).toMatchObject({
      deadline: 'ClaimWindow',
      dueAt: instantOf(epochMsOf(first) + 800),
    });
    expect(orders.expiries[1]!.firedAt >= orders.expiries[1]!.dueAt).toBe(true);
  });

  it('tries an order that fails again, and parks it in the end, while all others go on', async () => {
    await set(-10, -10, -10, 200);
    const failures: unknown[] = [];
    const poisoned = { O1: true };
    const scheduler = start({
      retryMs: 1,
      attempts: 3,
      lookMs: 5,
      onFault: (error) => failures.push(error),
      async send(orderId) {
        if (orderId === 'O1' && poisoned.O1) throw new Error('cannot be decided');
        await orders.expire(orderId);
      },
    });
    await until(() => scheduler.readings().parked === 1);
    await fired(3);
    expect(await queue.failures()).toMatchObject([
      { orderId: 'O1', attempts: 3, reason: 'cannot be decided', parked: true },
    ]);
    expect(failures).toHaveLength(3);

    poisoned.O1 = false;
    await queue.retry('O1');
    await fired(4);
    await drained();
    expect(await queue.failures()).toEqual([]);
  });

  it('forgets the failures of an order that recovers', async () => {
    await set(-10);
    let failing = 2;
    start({
      retryMs: 1,
      lookMs: 5,
      async send(orderId) {
        if (failing-- > 0) throw new Error('not now');
        await orders.expire(orderId);
      },
    });
    await fired(1);
    await until(async () => (await queue.failures()).length === 0);
  });

  it('waits while the store is away, and blames no order for it', async () => {
    await set(-30, -20, -10);
    let away = true;
    const scheduler = start({
      retryMs: 1,
      attempts: 1,
      async send(orderId) {
        if (away) throw new EventStoreError('STORE_UNAVAILABLE', 'away');
        await orders.expire(orderId);
      },
    });
    await until(() => scheduler.readings().failed >= 6);
    expect(await queue.failures()).toEqual([]);
    away = false;
    await fired(3);
    expect(scheduler.readings().parked).toBe(0);
  });

  it('survives a queue that cannot be asked', async () => {
    await set(-10);
    let broken = 3;
    const faults: unknown[] = [];
    start({
      retryMs: 1,
      lookMs: 5,
      onFault: (error) => faults.push(error),
      queue: {
        ...queue,
        async nextDue() {
          if (broken-- > 0) throw new Error('no database');
          return queue.nextDue();
        },
      },
    });
    await fired(1);
    expect(faults).toHaveLength(3);
  });

  it('gives back what it holds when it stops, and finishes what is under way', async () => {
    await set(-10, 900);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const scheduler = start({
      async send(orderId) {
        await gate;
        await orders.expire(orderId);
      },
    });
    await until(() => scheduler.readings().inFlight === 1 && scheduler.readings().held === 1);
    expect(await queue.nextDue()).toBeUndefined();
    const stopping = scheduler.stop();
    release();
    await stopping;
    expect(orders.expiries).toHaveLength(1);
    expect(await queue.nextDue()).toBeDefined();
  });

  it('looks at once when it is woken', async () => {
    const scheduler = start({ lookMs: 2 ** 40 });
    await until(() => scheduler.readings().held === 0);
    await set(-10);
    expect(orders.expiries).toEqual([]);
    scheduler.wake();
    await fired(1);
  });

  it('does not mistake a wait of months for none', async () => {
    await set(60 * 24 * 3_600_000);
    let looks = 0;
    const counting = { ...queue, nextDue: () => ((looks += 1), queue.nextDue()) };
    const scheduler = start({ queue: counting, lookMs: 2 ** 40 });
    await set(0, 300);
    scheduler.wake();
    await until(() => orders.expiries.length >= 2);
    expect(looks).toBeLessThanOrEqual(3);
  });
});

import { deadlineQueue } from '../../projections/deadline-queue/projection.js';
import { expiringOrders, type Expiry } from '../../test/support/expiring-orders.js';
import { readSide, type ReadSide } from '../../test/support/read-side.js';
import { VirtualClock } from '../kernel/clock.js';
import { advance, advanceTo, type Advancing } from './advance.js';
import { readModelDueQueue } from './read-model-due-queue.js';

const START = '2026-03-01T00:00:00.000Z';
const day = (date: number) => `2026-03-${String(date).padStart(2, '0')}T12:00:00.000Z`;

describe('Advancing a virtual clock', () => {
  let side: ReadSide;
  let clock: VirtualClock;
  let orders: ReturnType<typeof expiringOrders>;
  let advancing: Advancing;
  const follows = ({ deadline, dueAt }: Expiry) =>
    deadline === 'AutoReceipt' ? { deadline: 'ClaimWindow', dueAt: dueAt.replace('T12', 'T18') } : undefined;

  beforeEach(async () => {
    side = await readSide([deadlineQueue]);
    clock = new VirtualClock(START);
    orders = expiringOrders(side, clock, follows);
    const queue = await readModelDueQueue(side.database);
    advancing = { clock, queue, send: orders.expire, idle: side.idle, owner: 'test' };
  });
  afterEach(() => side.dispose());

  const told = () =>
    orders.expiries.map(({ orderId, dueAt, firedAt }) => [orderId, dueAt === firedAt, firedAt]);

  it('fires each deadline exactly at its due instant, in due order, and ends at the target', async () => {
    await orders.set('O2', 'ClaimWindow', day(4));
    await orders.set('O1', 'ClaimWindow', day(3));
    await orders.set('O3', 'ClaimWindow', day(9));
    const result = await advance(advancing, 'P5D');
    expect(result).toEqual({
      from: START,
      to: '2026-03-06T00:00:00.000Z',
      fired: [
        { id: 'O1/ClaimWindow', orderId: 'O1', dueAt: day(3) },
        { id: 'O2/ClaimWindow', orderId: 'O2', dueAt: day(4) },
      ],
    });
    expect(told()).toEqual([
      ['O1', true, day(3)],
      ['O2', true, day(4)],
    ]);
    expect(clock.now()).toBe('2026-03-06T00:00:00.000Z');
  });

  it('fires what is due at the target itself, and a millisecond before it does not', async () => {
    await orders.set('O1', 'ClaimWindow', day(2));
    expect((await advanceTo(advancing, '2026-03-02T11:59:59.999Z')).fired).toEqual([]);
    expect((await advance(advancing, 'PT0.001S')).fired).toHaveLength(1);
  });

  it('lets deadlines that were set on the way have their turn', async () => {
    await orders.set('O1', 'AutoReceipt', day(2));
    const { fired } = await advance(advancing, 'P3D');
    expect(fired.map(({ id, dueAt }) => [id, dueAt])).toEqual([
      ['O1/AutoReceipt', day(2)],
      ['O1/ClaimWindow', day(2).replace('T12', 'T18')],
    ]);
    expect(told().every(([, exact]) => exact)).toBe(true);
  });

  it('fires what is due together together', async () => {
    for (let order = 0; order < 30; order += 1) await orders.set(`O${order}`, 'ClaimWindow', day(2));
    expect((await advance(advancing, 'P3D')).fired).toHaveLength(30);
    expect(new Set(orders.expiries.map(({ firedAt }) => firedAt))).toEqual(new Set([day(2)]));
  });

  it('has the queue level with the log when it ends', async () => {
    await orders.set('O1', 'AutoReceipt', day(2));
    await advance(advancing, 'P3D');
    expect(await advancing.queue.pending()).toBe(0);
  });

  it('only moves the clock while the scheduler is stopped', async () => {
    await orders.set('O1', 'ClaimWindow', day(2));
    expect(await advance({ ...advancing, stopped: true }, 'P5D')).toEqual({
      from: START,
      to: '2026-03-06T00:00:00.000Z',
      fired: [],
    });
    expect(orders.expiries).toEqual([]);
    // Once it runs again, what is overdue fires without any time passing.
    expect((await advance(advancing, 'PT0S')).fired).toHaveLength(1);
    expect(told()).toEqual([['O1', false, '2026-03-06T00:00:00.000Z']]);
  });

  it('never moves back', async () => {
    await advance(advancing, 'P5D');
    expect(await advanceTo(advancing, START)).toMatchObject({ to: '2026-03-06T00:00:00.000Z' });
    expect(clock.now()).toBe('2026-03-06T00:00:00.000Z');
  });

  it('stands still where a deadline cannot expire, and goes on from there', async () => {
    await orders.set('O1', 'ClaimWindow', day(2));
    await orders.set('O2', 'ClaimWindow', day(2));
    await orders.set('O3', 'ClaimWindow', day(3));
    let broken = true;
    const send = async (orderId: string) => {
      if (orderId === 'O1' && broken) throw new Error('cannot be decided');
      await orders.expire(orderId);
    };
    await expect(advance({ ...advancing, send }, 'P5D')).rejects.toThrow('cannot be decided');
    expect(clock.now()).toBe(day(2));
    expect(told()).toEqual([['O2', true, day(2)]]);
    broken = false;
    expect((await advance({ ...advancing, send }, 'P5D')).fired).toHaveLength(2);
  });

  it.each(['5 days', 'P', '', '-P1D'])('refuses %p', async (by) => {
    await expect(async () => advance(advancing, by)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe(START);
  });
});

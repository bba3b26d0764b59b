import fc from 'fast-check';
import { decidedDispute, otherEvents } from '../../../test/support/example-history.js';
import type { OrderEvent } from './events.js';
import { evolveOrder } from './evolve.js';
import { EXPIRE, appeal, determine, open, requestEvidence } from './fixture/commands.js';
import { ARBITRATOR, BUYER, CLOCK, SUPPLIER } from './fixture/scene.js';
import { determined, late, onTheBench } from './fixture/stories.js';
import { balances } from './funds/ledger.js';
import type { Order } from './state.js';

const everyEvent = [...decidedDispute, ...otherEvents].map(({ event }) => event as OrderEvent);
const fold = (events: readonly OrderEvent[]) => events.reduce<Order | undefined>(evolveOrder, undefined);

describe('Folding', () => {
  test('never throws, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(everyEvent, { minLength: 1 }), (events) => {
        fold([...events, ...events]);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves the order as it is for what it does not know', () => {
    const { order } = late();
    expect(evolveOrder(order, { type: 'SupplierEnrolled', data: {} } as never)).toBe(order);
    expect(evolveOrder(order, { type: 'constructor', data: {} } as never)).toBe(order);
    expect(evolveOrder(undefined, everyEvent[3]!)).toBeUndefined();
  });

  test('changes no order that it was given', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    const { history } = determined();
    let order: Order | undefined;
    for (const event of history) {
      freeze(order);
      freeze(event);
      order = evolveOrder(order, event);
    }
    expect(order).toEqual(determined().order);
  });

  test('rule 12: keeps the ledger of every told history in balance', () => {
    const order = fold(everyEvent.slice(0, decidedDispute.length));
    expect(balances(order!.funds)).toBe(true);
  });

  test('rule 24: opens escalation as the frozen policy says, also where the deadline is told twice', () => {
    const { order } = late().does(BUYER, open());
    const expired = (kind: 'SupplierResponse' | 'Settlement'): OrderEvent => ({
      type: 'DeadlineExpired',
      data: {
        deadline: `${kind}.1`,
        kind,
        dispute: 1,
        dueAt: '2026-04-06T00:00:00.000Z',
        firedAt: '2026-04-06T00:00:00.000Z',
      },
    });
    expect(evolveOrder(order, expired('SupplierResponse')).disputes[0]?.mayEscalate).toEqual([]);
    const once = evolveOrder(order, expired('Settlement'));
    expect(evolveOrder(once, expired('Settlement')).disputes[0]?.mayEscalate).toEqual(['buyer', 'supplier']);
  });
});

describe('Deciding', () => {
  test('the same order, command and context give the same decision', () => {
    const scene = onTheBench().does(ARBITRATOR, requestEvidence('supplier')).after('P6D');
    for (const [caller, command] of [
      [ARBITRATOR, determine()],
      [SUPPLIER, appeal()],
      [CLOCK, EXPIRE],
    ] as const) {
      expect(scene.when(caller, command).decision).toEqual(scene.when(caller, command).decision);
    }
  });
});

import type { Caller } from '../decision.js';
import { actionsOf, type Action } from './actions.js';
import { DISPUTE_COMMANDS } from './dispute/guard.js';
import {
  CANCEL,
  COMPLETE,
  EXPIRE,
  accept,
  appeal,
  book,
  chargeback,
  counter,
  evidence,
  failed,
  issued,
  moveShipDate,
  nothing,
  open,
  openQuality,
  pay,
  propose,
  receive,
  recuse,
  reject,
  released,
  report,
  requestEvidence,
  ship,
  waive,
  withdraw,
} from './fixture/commands.js';
import { contentsFor } from './fixture/contents.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  CLOCK,
  INSPECTOR,
  LOGISTICS,
  PAYMENTS,
  RISK,
  SUPPLIER,
  usd,
  type Scene,
} from './fixture/scene.js';
import {
  confirmed,
  determined,
  disputed,
  drafted,
  escalated,
  late,
  lateInFull,
  onTheBench,
  paid,
  paidInFull,
  received,
  shipped,
  underAppeal,
} from './fixture/stories.js';
import { ORDER_COMMANDS } from './order-guard.js';

const CALLERS: readonly Caller[] = [
  BUYER,
  SUPPLIER,
  AGENT,
  ARBITRATOR,
  APPEAL,
  INSPECTOR,
  PAYMENTS,
  LOGISTICS,
  RISK,
  { role: 'buyer', id: 'B2' },
  { role: 'supplier', id: 'S2' },
  { role: 'arbitrator', id: 'A9' },
  { role: 'inspector', id: 'I9' },
  { role: 'auditor', id: 'X1' },
  { role: 'policy_admin', id: 'P1' },
];

const card = { method: 'CARD' } as const;
const classic = { preset: 'classic' } as const;
const settled = () => disputed().does(SUPPLIER, accept());
const missed = () => onTheBench().does(ARBITRATOR, requestEvidence('buyer')).after('P6D');

const SCENES: Readonly<Record<string, () => Scene>> = {
  drafted: () => drafted(),
  confirmed: () => confirmed(),
  'paid in part': () => confirmed().does(PAYMENTS, pay({ amount: usd(1) })),
  'paid ineligibly': () => confirmed().does(PAYMENTS, pay({ method: 'OTHER' })),
  'not paid in time': () => confirmed().after('P8D'),
  paid: () => paid(),
  'paid by card, part of it charged back': () => paid({}, card).does(PAYMENTS, chargeback(usd(1))),
  'asked for another ship date': () => paid().does(SUPPLIER, moveShipDate('2026-04-10')),
  'asked for a ship date that has passed by now': () =>
    paid().does(SUPPLIER, moveShipDate('2026-04-10')).after('P2M'),
  'an inspection booked': () => paid().does(BUYER, book()),
  'a sample booked': () => paid().does(BUYER, book({ by: 'SAMPLE', inspectorId: undefined })),
  inspected: () => paid().does(BUYER, book()).does(INSPECTOR, report()),
  late: () => late(),
  'lateness waived': () => late().does(BUYER, waive('SHIP_DATE', 'colour', 'weight', 'finish')),
  'all of quality waived but one': () =>
    received({ preset: 'current' }).does(BUYER, waive('colour', 'weight')),
  shipped: () => shipped(),
  'without the safeguard': () => shipped({ terms: { qualitySafeguard: false }, preset: 'current' }),
  received: () => received(),
  'window over': () => received().after('P31D'),
  completed: () => received().does(BUYER, COMPLETE),
  cancelled: () => confirmed().does(BUYER, CANCEL),
  'released to a designated account': () => paid(classic),
  'release stopped by a dispute': () => late(classic).does(BUYER, open()),
  'classic, received': () => received(classic),
  disputed: () => disputed(),
  'two disputes': () => lateInFull().does(BUYER, open()).does(BUYER, openQuality()),
  'an offer by the supplier': () => disputed().does(SUPPLIER, counter()),
  'an offer by the buyer': () => disputed().does(BUYER, propose()),
  'an offer that the cap bears no more': () =>
    lateInFull()
      .does(BUYER, open({ claimed: usd(7_500) }))
      .does(BUYER, openQuality({ claimed: usd(7_500) }))
      .does(SUPPLIER, counter({ amount: usd(100) }, 1))
      .does(SUPPLIER, accept(2)),
  refused: () => disputed().does(SUPPLIER, reject()),
  silent: () => disputed().after('P5D'),
  'silent under the classic policy': () => disputed(classic).after('P5D'),
  escalated: () => escalated(),
  'on the bench': () => onTheBench(),
  'quota used up': () =>
    onTheBench(
      disputed({
        policy: { evidenceLimits: { maxFileBytes: 10, maxPartyBytes: 10, mediaTypes: ['image/jpeg'] } },
      }),
    ).does(BUYER, evidence({ size: 10 })),
  'evidence pending': () => onTheBench().does(ARBITRATOR, requestEvidence('supplier')),
  'evidence missed by the claimant': missed,
  'stepped down': () => onTheBench().does(ARBITRATOR, recuse()),
  determined: () => determined(),
  'determination final': () => determined().after('P15D'),
  'under appeal, nobody assigned': () => determined().does(BUYER, appeal()),
  'under appeal': () => underAppeal(),
  'the appeal’s arbitrator stepped down': () => underAppeal().does(APPEAL, recuse()),
  withdrawn: () => disputed().does(BUYER, withdraw()),
  'awarded nothing': () => determined(disputed(), nothing).after('P15D'),
  'refund instructed': settled,
  'refund failed': () => settled().does(PAYMENTS, failed('refund-1', usd(3_000))),
  refunded: () => settled().does(PAYMENTS, issued('refund-1', usd(3_000))),
  'refund out, money with the supplier': () =>
    paid(classic)
      .does(PAYMENTS, released('release-1', usd(3_000)))
      .at('2026-04-01T00:00:00.000Z')
      .does(BUYER, open({ claimed: usd(1), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(SUPPLIER, accept())
      .does(PAYMENTS, issued('refund-1', usd(1))),
  'disputed before shipment, then received': () =>
    paidInFull().does(BUYER, openQuality()).does(SUPPLIER, ship()).does(BUYER, receive()),
};

const key = ({ command, dispute }: Action) => (dispute === undefined ? command : `${command} ${dispute}`);

/** What `caller` finds accepted when trying everything; `order` is how the order stands once what is overdue has expired. */
function accepted(scene: Scene, { order }: Scene, caller: Caller): string[] {
  const actions: readonly Action[] = [
    ...ORDER_COMMANDS.map((command) => ({ command })),
    ...order.disputes.flatMap(({ dispute }) => DISPUTE_COMMANDS.map((command) => ({ command, dispute }))),
  ];
  return actions
    .filter((action) =>
      contentsFor(order, action, 'unused').some(
        (command) => scene.when(caller, command).decision.refusal === undefined,
      ),
    )
    .map(key);
}

describe('The actions that an answer links to', () => {
  test.each(Object.entries(SCENES))('are exactly those that are accepted: %s', (_, play) => {
    const scene = play();
    const expired = scene.does(CLOCK, EXPIRE);
    for (const caller of CALLERS) {
      const offered = actionsOf(scene.order, caller, scene.now).map(key);
      expect({ caller, offered: offered.toSorted() }).toEqual({
        caller,
        offered: accepted(scene, expired, caller).toSorted(),
      });
    }
  });

  test.each(Object.entries(SCENES))('lead on from everywhere: %s', (name, play) => {
    const scene = play();
    const steps = new Set(
      CALLERS.flatMap((caller) => actionsOf(scene.order, caller, scene.now).map(({ command }) => command)),
    );
    const over = [
      'completed',
      'cancelled',
      'not paid in time',
      'window over',
      'classic, received',
      'refunded',
    ].includes(name);
    const ways = [
      'ConfirmContract',
      'RecordPayment',
      'RecordShipment',
      'ConfirmReceipt',
      'CompleteOrder',
    ] as const;
    expect(ways.some((command) => steps.has(command))).toBe(!over);
  });

  test('the clock has none, and strangers have none', () => {
    expect(actionsOf(disputed().order, { role: 'clock', id: 'clock' }, disputed().now)).toEqual([]);
    expect(actionsOf(disputed().order, { role: 'buyer', id: 'B2' }, disputed().now)).toEqual([]);
  });
});

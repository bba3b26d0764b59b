import {
  AGENT,
  BUYER,
  LOGISTICS,
  SHIP_DUE,
  START,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { EXPIRE, book, open, openQuality, receive, ship, waive } from '../fixture/commands.js';
import { confirmed, late, paid, paidInFull, received, shipped } from '../fixture/stories.js';
import { CLOCK } from '../fixture/scene.js';

const cleared = (clearedAt?: string) => ({ type: 'RecordCustomsClearance', data: { clearedAt } }) as const;
const shipment = (scene: Scene) => eventsOf(scene.events, 'ShipmentRecorded')[0];
const CURRENT: Setup = { preset: 'current' };
const OPENED = ['DisputeOpened', 'FundsFrozen', 'DeadlineSet', 'DeadlineSet'];

describe('Late or not', () => {
  const shippedAt = (instant: string, policy: Setup['policy'] = {}) =>
    shipment(
      paid({ policy })
        .at('2026-04-20T00:00:00.000Z')
        .does(SUPPLIER, ship({ shippedAt: instant })),
    )?.late;

  test('rule 15: handed over in the last second of the promised day is in time, one second later is late', () => {
    expect(shippedAt(SHIP_DUE)).toBe(false);
    expect(shippedAt('2026-04-01T00:00:00.999Z')).toBe(true);
    expect(shippedAt('2026-04-01T00:00:00.000Z')).toBe(true);
  });

  test('rule 15: against a grace of a day and a half, too', () => {
    const policy = { latenessGrace: 'P1DT12H' };
    expect(shippedAt('2026-04-02T11:59:59.999Z', policy)).toBe(false);
    expect(shippedAt('2026-04-02T12:00:00.999Z', policy)).toBe(true);
  });

  test('rule 15: the promised day ends in the policy’s zone', () => {
    expect(shippedAt('2026-03-31T15:59:59.999Z', { zone: 'Asia/Shanghai' })).toBe(false);
    expect(shippedAt('2026-03-31T16:00:00.000Z', { zone: 'Asia/Shanghai' })).toBe(true);
  });

  test('rule 15: nothing shipped is late once the promised day has passed', () => {
    paid().at('2026-03-31T23:59:59.998Z').when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
    paid()
      .at(SHIP_DUE)
      .when(BUYER, open())
      .thenExpired('DeadlineExpired')
      .thenTypes(...OPENED);
  });

  test('rule 15: shipped late stays late, shipped in time does not become it', () => {
    const tardy = late().after('P1D').does(SUPPLIER, ship());
    tardy.when(BUYER, open()).thenTypes(...OPENED);
    const timely = paid().does(SUPPLIER, ship()).at('2026-04-10T00:00:00.000Z');
    timely.when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
    const toldLater = late()
      .after('P1D')
      .does(SUPPLIER, ship({ shippedAt: SHIP_DUE }));
    toldLater.when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
  });

  test('rule 15: of several shipments the first counts', () => {
    const scene = paid()
      .does(SUPPLIER, ship())
      .at('2026-04-10T00:00:00.000Z')
      .does(LOGISTICS, ship({ shipmentId: 'ship-2' }));
    expect(scene.order.fulfilment.shipments.map(({ late: isLate }) => isLate)).toEqual([false, true]);
    scene.when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
  });

  test('rule 15: an extended deadline moves lateness with it', () => {
    const extend = {
      type: 'ExtendDeadline',
      data: { deadline: 'ShipmentDue', to: '2026-04-05T12:00:00.000Z', reason: 'port strike' },
    } as const;
    const scene = paid().does(AGENT, extend);
    scene.at('2026-04-05T11:59:59.999Z').when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
    scene
      .at('2026-04-05T12:00:00.000Z')
      .when(BUYER, open())
      .thenTypes(...OPENED);
    expect(shipment(scene.at('2026-04-05T11:00:00.000Z').does(SUPPLIER, ship()))?.late).toBe(false);
  });
});

describe('Shipments', () => {
  test('a shipment is known once, lies between the contract and now, and follows the initial payment', () => {
    const scene = paid();
    scene
      .when(SUPPLIER, ship({ shippedAt: '2026-03-02T00:00:00.001Z' }))
      .thenRefused('rules', 'FULFILMENT.IN_FUTURE');
    scene
      .when(SUPPLIER, ship({ shippedAt: '2026-02-28T23:59:59.999Z' }))
      .thenRefused('rules', 'FULFILMENT.BEFORE_CONTRACT');
    expect(shipment(scene.does(LOGISTICS, ship({ shippedAt: START })))?.shippedAt).toBe(START);
    scene
      .does(SUPPLIER, ship())
      .when(LOGISTICS, ship())
      .thenRefused('wrong_state', 'FULFILMENT.SHIPMENT_KNOWN');
    confirmed().when(SUPPLIER, ship()).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    scene.when(BUYER, ship()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
  });

  test('only the buyer confirms receipt, of what was shipped, once', () => {
    paid().when(BUYER, receive()).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    shipped().when(SUPPLIER, receive()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    received().when(BUYER, receive()).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    expect(eventsOf(received({}, 498).history, 'ReceiptConfirmed')).toMatchObject([
      { by: 'buyer', deemed: false, quantity: 498 },
    ]);
  });

  test('customs clearance is told once, by logistics alone, and lies between shipment and now', () => {
    shipped().when(SUPPLIER, cleared()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    paid().when(LOGISTICS, cleared()).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    shipped()
      .when(LOGISTICS, cleared('2026-03-12T00:00:00.001Z'))
      .thenRefused('rules', 'FULFILMENT.IN_FUTURE');
    shipped()
      .when(LOGISTICS, cleared('2026-03-11T23:59:59.999Z'))
      .thenRefused('rules', 'FULFILMENT.BEFORE_SHIPMENT');
    shipped()
      .does(LOGISTICS, cleared())
      .when(LOGISTICS, cleared())
      .thenRefused('wrong_state', 'FULFILMENT.CLEARED');
  });
});

describe('The claim window', () => {
  const ends = (scene: Scene) => deadlinesOf(scene, 'ClaimWindow').map(({ dueAt }) => dueAt);

  test('rule 22: thirty days from confirmed receipt; a claim comes one second before its end, not at it', () => {
    const scene = received();
    expect(ends(scene)).toEqual(['2026-04-21T00:00:00.000Z']);
    scene
      .at('2026-04-20T23:59:59.000Z')
      .when(BUYER, openQuality())
      .thenTypes('DisputeOpened', 'FundsFrozen', 'DeadlineMet', 'DeadlineSet', 'DeadlineSet');
    const over = scene.at('2026-04-21T00:00:00.000Z').when(BUYER, openQuality());
    over
      .thenRefused('wrong_state', 'ORDER.WRONG_STATE')
      .thenExpired('DeadlineExpired', 'ReleaseInstructed', 'OrderCompleted');
  });

  test('rule 22: fifteen days from customs clearance, in the policy’s zone', () => {
    const scene = shipped(CURRENT).after('P5D').does(LOGISTICS, cleared('2026-03-15T20:00:00.000Z'));
    expect(ends(scene)).toEqual(['2026-03-30T20:00:00.000Z']);
    const [set] = eventsOf(scene.events, 'DeadlineSet');
    expect(set).toMatchObject({
      startedAt: '2026-03-15T20:00:00.000Z',
      period: 'P15D',
      zone: 'Asia/Shanghai',
      rule: 22,
    });
    // Receipt does not begin it again.
    expect(ends(scene.does(BUYER, receive()))).toHaveLength(1);
  });

  test('rule 22: goods that were received had been cleared; a clearance told later does not shorten the window', () => {
    const scene = shipped(CURRENT).after('P5D').does(BUYER, receive());
    expect(ends(scene)).toEqual(['2026-04-01T00:00:00.000Z']);
    const told = scene.does(LOGISTICS, cleared('2026-03-13T00:00:00.000Z'));
    expect(ends(told)).toHaveLength(1);
    told
      .at('2026-03-31T23:59:59.000Z')
      .when(BUYER, openQuality())
      .thenTypes('DisputeOpened', 'FundsFrozen', 'DeadlineMet', 'DeadlineSet', 'DeadlineSet', 'DeadlineSet');
  });

  test('rule 22: a clearance that is told after its window has passed closes it at once', () => {
    const scene = shipped(CURRENT).after('P20D').does(LOGISTICS, cleared('2026-03-12T00:00:00.000Z'));
    expect(typesOf(scene.events)).toEqual([
      'CustomsCleared',
      'ReleaseInstructed',
      'OrderCompleted',
      'DeadlineMet',
    ]);
  });

  test('rule 22: under the classic policy quality is claimed until shipment, and receipt ends the order', () => {
    const classic: Setup = { preset: 'classic' };
    paidInFull(classic)
      .when(BUYER, openQuality())
      .thenTypes(...OPENED);
    shipped(classic).when(BUYER, openQuality()).thenRefused('rules', 'OUT_OF_WINDOW');
    expect(eventsOf(received(classic).events, 'OrderCompleted')).toMatchObject([
      { reason: 'CLAIM_WINDOW_CLOSED' },
    ]);
  });

  test('rule 22: pre-shipment quality until shipment, whatever the policy’s window', () => {
    const setup: Setup = { terms: { coverageType: 'PRE_SHIPMENT' } };
    paidInFull(setup)
      .when(BUYER, openQuality())
      .thenTypes(...OPENED);
    shipped(setup).when(BUYER, openQuality()).thenRefused('rules', 'DISCOVERED_AFTER_ARRIVAL');
  });

  test('rule 22: it stands still while a dispute is open, and ends when it would have ended', () => {
    const scene = received().after('P10D').does(BUYER, openQuality());
    expect(deadlinesOf(scene, 'ClaimWindow')).toMatchObject([{ state: 'MET' }]);
    const soon = scene.after('P1D').does(BUYER, { type: 'WithdrawDispute', data: { dispute: 1 } });
    expect(ends(soon)).toEqual(['2026-04-21T00:00:00.000Z', '2026-04-21T00:00:00.000Z']);
    // A dispute that outlives the window leaves nothing of it.
    const longer = scene.after('P4D').does(SUPPLIER, {
      type: 'RespondToDispute',
      data: { dispute: 1, response: 'REJECT', statement: 'No.', reasonCodes: ['GOODS_CONFORM'] },
    });
    const overdue = longer
      .at('2026-04-21T00:00:00.000Z')
      .does(BUYER, { type: 'WithdrawDispute', data: { dispute: 1 } });
    expect(eventsOf(overdue.events, 'OrderCompleted')).toMatchObject([{ reason: 'CLAIM_WINDOW_CLOSED' }]);
    expect(eventsOf(overdue.events, 'ReleaseInstructed')).toMatchObject([{ amount: usd(10_000) }]);
  });

  test('rule 22: an extended window takes claims until its new end, also after a dispute', () => {
    const extend = {
      type: 'ExtendDeadline',
      data: { deadline: 'ClaimWindow', to: '2026-05-01T00:00:00.000Z', reason: 'holidays' },
    } as const;
    const scene = received().does(AGENT, extend).at('2026-04-25T00:00:00.000Z');
    const opened = scene.does(BUYER, openQuality());
    const closed = opened.does(BUYER, { type: 'WithdrawDispute', data: { dispute: 1 } });
    expect(closed.order.status).toBe('RECEIVED');
    expect(ends(closed)).toEqual(['2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z']);
    closed
      .at('2026-05-01T00:00:00.000Z')
      .when(CLOCK, EXPIRE)
      .thenExpired('DeadlineExpired', 'ReleaseInstructed', 'OrderCompleted');
  });
});

describe('Waivers', () => {
  test('rule 17: what is waived cannot be claimed, what is not can', () => {
    const scene = received().does(BUYER, waive('colour'));
    scene.when(BUYER, openQuality({ terms: ['colour'] })).thenRefused('rules', 'WAIVED');
    scene.when(BUYER, openQuality({ terms: ['colour', 'weight'] })).thenRefused('rules', 'WAIVED');
    scene
      .when(BUYER, openQuality({ terms: ['weight'] }))
      .thenTypes('DisputeOpened', 'FundsFrozen', 'DeadlineMet', 'DeadlineSet', 'DeadlineSet');
  });

  test('rule 17: ship date and quantity are terms of their own', () => {
    late().does(BUYER, waive('SHIP_DATE')).when(BUYER, open()).thenRefused('rules', 'WAIVED');
    late()
      .does(BUYER, waive('QUANTITY'))
      .when(BUYER, open())
      .thenTypes(...OPENED);
    received()
      .does(BUYER, waive('QUANTITY'))
      .when(BUYER, open({ ground: 'QUANTITY', terms: [] }))
      .thenRefused('rules', 'WAIVED');
  });

  test('rule 17: it is explicit: it names what it covers, of this contract, and is the buyer’s', () => {
    received().when(BUYER, waive()).thenRefused('rules', 'WAIVER.NO_SCOPE');
    const { refusal } = received()
      .when(BUYER, waive('colour', 'smell', 'taste'))
      .thenRefused('rules', 'WAIVER.UNKNOWN_TERM').decision;
    expect(refusal?.faults[0]?.message).toBe('The contract has no term smell, taste.');
    received().when(SUPPLIER, waive('colour')).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    const command = waive('colour');
    received()
      .when(BUYER, { ...command, data: { ...command.data, inspectionId: 'insp-9' } })
      .thenRefused('not_found', 'INSPECTION.NONE_SUCH');
    paid()
      .does(BUYER, book())
      .does(BUYER, book({ inspectionId: 'insp-2' }))
      .when(BUYER, { ...command, data: { ...command.data, inspectionId: 'insp-2' } })
      .thenTypes('NonconformityWaived');
    expect(
      received().does(BUYER, waive('colour')).does(BUYER, waive('colour', 'weight')).order.fulfilment.waived,
    ).toEqual(['colour', 'weight']);
  });
});

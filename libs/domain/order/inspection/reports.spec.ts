import {
  AGENT,
  ARBITRATOR,
  BUYER,
  INSPECTOR,
  SUPPLIER,
  eventsOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { accept, book, determine, nothing, openQuality, report, ship } from '../fixture/commands.js';
import { onTheBench, paid, paidInFull, received, shipped } from '../fixture/stories.js';
import type { OrderCommandOf } from '../commands.js';

type Ruling = OrderCommandOf<'IssueDetermination'>['data'];

/** A quality dispute before an arbitrator, opened once the goods were received, or before they were shipped. */
const afterDelivery = (setup: Setup = {}) =>
  onTheBench(received(setup).does(BUYER, openQuality({ claimed: usd(5_000) })));
const rule = (scene: Scene, more: Partial<Ruling> = {}) =>
  scene.when(ARBITRATOR, determine({ terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING'], ...more }));
const AWARDED = ['DeterminationIssued', 'DeadlineMet', 'DeadlineSet'];
const inspectedBefore = (setup: Setup, booking: Parameters<typeof book>[0], by = INSPECTOR) =>
  paidInFull(setup).does(BUYER, book(booking)).does(by, report());
const claimedAfter = (scene: Scene, claim: Parameters<typeof openQuality>[0] = {}) =>
  onTheBench(
    scene
      .does(SUPPLIER, ship())
      .after('P10D')
      .does(BUYER, { type: 'ConfirmReceipt', data: {} })
      .does(BUYER, openQuality({ claimed: usd(5_000), ...claim })),
  );

describe('Booking and reporting', () => {
  test('rule 16: a third party or platform inspection names its inspector, who is no party', () => {
    paid()
      .when(BUYER, book({ inspectorId: undefined }))
      .thenRefused('rules', 'INSPECTION.NO_INSPECTOR');
    paid()
      .when(BUYER, book({ by: 'PLATFORM', inspectorId: undefined }))
      .thenRefused('rules', 'INSPECTION.NO_INSPECTOR');
    paid()
      .when(BUYER, book({ by: 'SAMPLE', inspectorId: undefined }))
      .thenTypes('InspectionBooked');
    for (const inspectorId of [BUYER.id, SUPPLIER.id]) {
      paid().when(SUPPLIER, book({ inspectorId })).thenRefused('rules', 'INSPECTION.BY_A_PARTY');
    }
    paid().does(BUYER, book()).when(AGENT, book()).thenRefused('wrong_state', 'INSPECTION.KNOWN');
  });

  test('rule 16: accepted or not is settled at the booking', () => {
    const accepted = (inspectorId: string) =>
      eventsOf(paid().does(BUYER, book({ inspectorId })).events, 'InspectionBooked')[0]?.accepted;
    expect(accepted(INSPECTOR.id)).toBe(true);
    expect(accepted('I9')).toBe(false);
  });

  test('rule 16: before shipment means before shipment, for the booking and for the inspection', () => {
    shipped().when(BUYER, book()).thenRefused('rules', 'INSPECTION.AFTER_SHIPMENT');
    shipped()
      .when(BUYER, book({ stage: 'POST_DELIVERY' }))
      .thenTypes('InspectionBooked');
    const scene = paid().does(BUYER, book()).after('P1D').does(SUPPLIER, ship()).after('P1D');
    scene.when(INSPECTOR, report()).thenRefused('rules', 'INSPECTION.AFTER_SHIPMENT');
    scene
      .when(INSPECTOR, report({ inspectedAt: '2026-03-03T00:00:00.001Z' }))
      .thenRefused('rules', 'INSPECTION.AFTER_SHIPMENT');
    scene
      .when(INSPECTOR, report({ inspectedAt: '2026-03-03T00:00:00.000Z' }))
      .thenTypes('InspectionReported');
  });

  test('rule 16: only its inspector reports, once, what lies in the past and does not contradict itself', () => {
    const scene = paid().does(BUYER, book());
    scene.when(BUYER, report()).thenRefused('wrong_party', 'INSPECTION.NOT_ITS_INSPECTOR');
    const stranger = { role: 'inspector', id: 'I9' } as const;
    scene.when(stranger, report()).thenRefused('not_found', 'ORDER.NOT_FOUND');
    scene
      .does(BUYER, book({ inspectionId: 'insp-2', inspectorId: stranger.id }))
      .when(stranger, report())
      .thenRefused('wrong_party', 'INSPECTION.NOT_ITS_INSPECTOR');
    scene
      .does(BUYER, book({ inspectionId: 'insp-2', inspectorId: stranger.id }))
      .when(INSPECTOR, report())
      .thenTypes('InspectionReported');
    scene
      .when(INSPECTOR, report({ inspectionId: 'insp-2' }))
      .thenRefused('not_found', 'INSPECTION.NONE_SUCH');
    scene
      .when(INSPECTOR, report({ findings: [{ term: 'smell', conforms: false }] }))
      .thenRefused('rules', 'INSPECTION.UNKNOWN_TERM');
    scene
      .when(INSPECTOR, report({ inspectedAt: '2026-03-02T00:00:00.001Z' }))
      .thenRefused('rules', 'INSPECTION.IN_FUTURE');
    scene.when(INSPECTOR, report({ result: 'PASS' })).thenRefused('rules', 'INSPECTION.CONTRADICTS_ITSELF');
    scene
      .when(INSPECTOR, report({ findings: [{ term: 'colour', conforms: true }] }))
      .thenRefused('rules', 'INSPECTION.CONTRADICTS_ITSELF');
    scene.when(INSPECTOR, report({ result: 'CONDITIONAL' })).thenTypes('InspectionReported');
    scene
      .does(INSPECTOR, report())
      .when(INSPECTOR, report())
      .thenRefused('wrong_state', 'INSPECTION.NONE_PENDING');
    paid().when(AGENT, report()).thenRefused('wrong_state', 'INSPECTION.NONE_PENDING');
    const two = scene.does(BUYER, book({ inspectionId: 'insp-2' })).does(INSPECTOR, report());
    two.when(INSPECTOR, report()).thenRefused('wrong_state', 'INSPECTION.REPORTED');
  });

  test('rule 16: one that names no inspector is reported by the buyer or the agent, never by the supplier', () => {
    const scene = paid().does(SUPPLIER, book({ by: 'SAMPLE', inspectorId: undefined }));
    scene.when(SUPPLIER, report()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene.when(INSPECTOR, report()).thenRefused('not_found', 'ORDER.NOT_FOUND');
    scene
      .does(BUYER, book({ inspectionId: 'insp-2' }))
      .when(INSPECTOR, report())
      .thenRefused('wrong_party', 'INSPECTION.NOT_ITS_INSPECTOR');
    scene.when(BUYER, report()).thenTypes('InspectionReported');
    scene.when(AGENT, report()).thenTypes('InspectionReported');
  });
});

describe('What a quality claim needs', () => {
  test('rule 16: the safeguard, chosen when ordering', () => {
    received({ terms: { qualitySafeguard: false } })
      .when(BUYER, openQuality())
      .thenRefused('rules', 'DISPUTE.NO_QUALITY_SAFEGUARD');
  });

  test('rule 16: at determination, a reported inspection', () => {
    rule(afterDelivery()).thenRefused('rules', 'NO_INSPECTION_BOOKED');
    rule(claimedAfter(paidInFull().does(BUYER, book()))).thenRefused('rules', 'NO_INSPECTION_BOOKED');
    rule(claimedAfter(inspectedBefore({}, {}))).thenTypes(...AWARDED);
  });

  test('rule 16: no inspection is needed to award nothing', () => {
    rule(afterDelivery(), nothing).thenTypes(...AWARDED);
  });

  test.each(['SAMPLE', 'BUYER', 'THIRD_PARTY', 'PLATFORM'] as const)(
    'rule 16: before shipment, one by %s where the policy takes it',
    (by) => {
      const needs = by === 'THIRD_PARTY' || by === 'PLATFORM';
      const booking = { by, inspectorId: needs ? INSPECTOR.id : undefined };
      const reporter = needs ? INSPECTOR : BUYER;
      rule(claimedAfter(inspectedBefore({}, booking, reporter))).thenTypes(...AWARDED);
      const others = (['SAMPLE', 'BUYER', 'THIRD_PARTY', 'PLATFORM'] as const).filter(
        (known) => known !== by,
      );
      rule(
        claimedAfter(inspectedBefore({ policy: { preShipmentInspection: others } }, booking, reporter)),
      ).thenRefused('rules', 'NO_INSPECTION_BOOKED');
    },
  );

  test.each([
    ['ACCEPTED_INSPECTOR', INSPECTOR.id, true],
    ['ACCEPTED_INSPECTOR', 'I9', false],
    ['ANY', 'I9', true],
    ['NOT_APPLICABLE', INSPECTOR.id, false],
  ] as const)(
    'rule 16: after delivery, with %s, one by %s: %p',
    (postDeliveryInspection, inspectorId, counts) => {
      const scene = afterDelivery({ policy: { postDeliveryInspection } })
        .does(BUYER, book({ stage: 'POST_DELIVERY', inspectorId }))
        .does({ role: 'inspector', id: inspectorId }, report());
      if (counts) rule(scene).thenTypes(...AWARDED);
      else rule(scene).thenRefused('rules', 'NO_INSPECTION_BOOKED');
    },
  );

  test('rules 14 and 16: under pre-shipment coverage no inspection after delivery counts', () => {
    const setup: Setup = { terms: { coverageType: 'PRE_SHIPMENT' } };
    const bench = onTheBench(paidInFull(setup).does(BUYER, openQuality({ claimed: usd(2_000) }))).does(
      SUPPLIER,
      ship(),
    );
    rule(bench.does(BUYER, book({ stage: 'POST_DELIVERY' })).does(INSPECTOR, report())).thenRefused(
      'rules',
      'NO_INSPECTION_BOOKED',
    );
    const before = onTheBench(inspectedBefore(setup, {}).does(BUYER, openQuality({ claimed: usd(2_000) })));
    rule(before).thenTypes(...AWARDED);
  });

  test('rules 11 and 16: a settlement needs none', () => {
    received()
      .does(BUYER, openQuality())
      .when(SUPPLIER, accept())
      .thenTypes(
        'SupplierResponded',
        'DeadlineMet',
        'DisputeClosed',
        'DeadlineMet',
        'RefundInstructed',
        'FundsUnfrozen',
        'DeadlineSet',
      );
  });
});

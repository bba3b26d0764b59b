import { ARBITRATOR, BUYER, INSPECTOR, SUPPLIER, usd, type Scene, type Setup } from '../fixture/scene.js';
import { book, determine, openQuality, report, ship } from '../fixture/commands.js';
import { disputed, onTheBench, paid, paidInFull, received, shipped } from '../fixture/stories.js';
import type { OrderCommandOf } from '../commands.js';

type Ruling = OrderCommandOf<'IssueDetermination'>['data'];

/** A quality dispute before an arbitrator, opened once the goods were received, or before they were shipped. */
const afterDelivery = (setup: Setup = {}) =>
  onTheBench(received(setup).does(BUYER, openQuality({ claimed: usd(5_000) })));
const rule = (scene: Scene, more: Partial<Ruling> = {}) =>
  scene.when(ARBITRATOR, determine({ terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING'], ...more }));
const AWARDED = ['DeterminationIssued', 'DeadlineMet', 'DeadlineSet'];
const claimedAfter = (scene: Scene, claim: Parameters<typeof openQuality>[0] = {}) =>
  onTheBench(
    scene
      .does(SUPPLIER, ship())
      .after('P10D')
      .does(BUYER, { type: 'ConfirmReceipt', data: {} })
      .does(BUYER, openQuality({ claimed: usd(5_000), ...claim })),
  );

describe('Conforming goods', () => {
  const withReports = (
    reports: readonly Parameters<typeof report>[0][],
    claim: Parameters<typeof openQuality>[0] = {},
    setup: Setup = {},
  ) =>
    claimedAfter(
      reports.reduce<Scene>((scene, more, index) => {
        const inspectionId = `insp-${index + 1}`;
        return scene
          .after('P1D')
          .does(BUYER, book({ inspectionId }))
          .does(INSPECTOR, report({ inspectionId, ...more }));
      }, paidInFull(setup)),
      claim,
    );
  const good = { result: 'PASS', findings: [{ term: 'colour', conforms: true }] } as const;
  const bad = { result: 'FAIL', findings: [{ term: 'colour', conforms: false }] } as const;

  test('rule 18: nothing is awarded for what the inspection found to conform', () => {
    rule(withReports([good])).thenRefused('rules', 'GOODS_CONFORM');
    rule(withReports([bad])).thenTypes(...AWARDED);
  });

  test('rule 18: a report on other terms says nothing against this one', () => {
    rule(withReports([bad], { terms: ['weight'] })).thenRefused('rules', 'GOODS_CONFORM');
    rule(withReports([bad], { terms: ['weight', 'colour'] })).thenTypes(...AWARDED);
  });

  test('rule 18: the latest word counts, by the day of the inspection', () => {
    rule(withReports([bad, good])).thenRefused('rules', 'GOODS_CONFORM');
    rule(withReports([good, bad])).thenTypes(...AWARDED);
    rule(withReports([bad, { ...good, inspectedAt: '2026-03-02T12:00:00.000Z' }])).thenTypes(...AWARDED);
  });

  test('rule 18: a report without findings speaks of all terms', () => {
    rule(withReports([{ result: 'FAIL', findings: [] }])).thenTypes(...AWARDED);
    rule(withReports([{ result: 'PASS', findings: [] }])).thenRefused('rules', 'GOODS_CONFORM');
    rule(withReports([{ result: 'CONDITIONAL', findings: [] }])).thenRefused('rules', 'GOODS_CONFORM');
  });

  test('rule 18: of a quantity that the buyer counted within the tolerance', () => {
    const counted = (quantity?: number) =>
      onTheBench(received({}, quantity).does(BUYER, openQuality({ ground: 'QUANTITY', terms: [] })));
    const ruling = { terms: ['QUANTITY'], reasonCodes: ['QUANTITY_SHORT' as const] };
    rule(counted(495), ruling).thenRefused('rules', 'GOODS_CONFORM');
    rule(counted(494), ruling).thenTypes(...AWARDED);
    rule(counted(), ruling).thenTypes(...AWARDED);
  });

  test('rule 17: what is waived in the middle of a dispute is not awarded', () => {
    const scene = withReports(
      [
        {
          result: 'FAIL',
          findings: [
            { term: 'colour', conforms: false },
            { term: 'weight', conforms: true },
          ],
        },
      ],
      { terms: ['colour', 'weight'] },
    );
    const waiver = (...terms: string[]) =>
      ({ type: 'WaiveNonconformity', data: { terms, statement: 'We take them.' } }) as const;
    rule(scene.does(BUYER, waiver('colour', 'weight'))).thenRefused('rules', 'WAIVED');
    rule(scene.does(BUYER, waiver('colour'))).thenRefused('rules', 'GOODS_CONFORM');
    rule(scene.does(BUYER, waiver('weight'))).thenTypes(...AWARDED);
    rule(onTheBench(disputed()).does(BUYER, waiver('SHIP_DATE')), { terms: ['SHIP_DATE'] }).thenRefused(
      'rules',
      'WAIVED',
    );
  });
});

describe('What a refused award was held against', () => {
  const refusalOf = (scene: Scene, more: Partial<Ruling> = {}) =>
    rule(scene, more).decision.refusal?.faults[0];

  test('rule 16: the kind of inspection that policy and coverage demand', () => {
    const anywhere = 'before shipment, or after delivery by an accepted inspector';
    expect(refusalOf(afterDelivery())).toMatchObject({ facts: { demanded: anywhere } });
    expect(refusalOf(afterDelivery({ policy: { postDeliveryInspection: 'NOT_APPLICABLE' } }))).toMatchObject({
      facts: { demanded: 'before shipment' },
    });
    const preShipment = paid({ terms: { coverageType: 'PRE_SHIPMENT' } });
    expect(refusalOf(onTheBench(preShipment.does(BUYER, openQuality())))).toMatchObject({
      facts: { demanded: 'before shipment' },
    });
  });

  test('rule 18: the inspections that found the goods to conform, in the order in which they were made', () => {
    const pass = { result: 'PASS', findings: [] } as const;
    const scene = paidInFull()
      .does(BUYER, book())
      .does(BUYER, book({ inspectionId: 'insp-2' }))
      .after('P2D')
      .does(INSPECTOR, report(pass))
      .does(INSPECTOR, report({ ...pass, inspectionId: 'insp-2', inspectedAt: '2026-03-03T00:00:00.000Z' }));
    expect(refusalOf(claimedAfter(scene))).toMatchObject({ facts: { inspections: ['insp-2', 'insp-1'] } });
    const together = paidInFull()
      .does(BUYER, book())
      .does(BUYER, book({ inspectionId: 'insp-2' }))
      .does(INSPECTOR, report({ ...pass, inspectionId: 'insp-2' }))
      .does(INSPECTOR, report(pass));
    expect(refusalOf(claimedAfter(together))).toMatchObject({ facts: { inspections: ['insp-1', 'insp-2'] } });
  });

  test('rule 14: damage in transit, where a policy covers it, is for the arbitrator to judge', () => {
    const setup: Setup = { policy: { grounds: ['LATE_SHIPMENT', 'QUALITY', 'TRANSIT_DAMAGE'] } };
    const scene = onTheBench(
      shipped(setup).does(BUYER, openQuality({ ground: 'TRANSIT_DAMAGE', terms: [] })),
    );
    rule(scene, { reasonCodes: ['TRANSIT_DAMAGE'] }).thenTypes(...AWARDED);
  });
});

import { money } from '../../../kernel/money.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  INSPECTOR,
  PAYMENTS,
  SUPPLIER,
  TERMS,
  eventsOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import {
  accept,
  assign,
  book,
  commission,
  confirm,
  determine,
  nothing,
  openQuality,
  pay,
  payBalance,
  report,
  requestEvidence,
  ship,
  decideAppeal,
  withdraw,
} from '../fixture/commands.js';
import {
  disputed,
  drafted,
  onTheBench,
  paid,
  paidInFull,
  received,
  shipped,
  underAppeal,
} from '../fixture/stories.js';
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

describe('Unclear terms', () => {
  const unclear = { term: 'finish', conforms: false };
  const claim = { terms: ['finish'] };
  /** `finish` cannot be measured; who inspected it, and who proposed the terms that stand? */
  const failing = (
    ambiguity: 'INDUSTRY_STANDARD' | 'AGAINST_CLAIMANT' | 'AGAINST_DRAFTER',
    by: 'BUYER' | 'THIRD_PARTY' | 'PLATFORM' = 'THIRD_PARTY',
  ) =>
    claimedAfter(
      paidInFull({ policy: { ambiguity } })
        .does(BUYER, book({ by, inspectorId: by === 'BUYER' ? undefined : INSPECTOR.id }))
        .does(by === 'BUYER' ? BUYER : INSPECTOR, report({ findings: [unclear] })),
      claim,
    );

  test('rule 19: by industry standard a third party’s report decides', () => {
    rule(failing('INDUSTRY_STANDARD')).thenTypes(...AWARDED);
    rule(failing('INDUSTRY_STANDARD', 'PLATFORM')).thenTypes(...AWARDED);
    rule(failing('INDUSTRY_STANDARD', 'BUYER')).thenRefused('rules', 'NO_CLEAR_SPEC');
  });

  test('rule 19: by industry standard the buyer’s own word does not overrule the third party’s', () => {
    const scene = claimedAfter(
      paidInFull()
        .does(BUYER, book())
        .does(INSPECTOR, report({ result: 'PASS', findings: [{ term: 'finish', conforms: true }] }))
        .after('P1D')
        .does(BUYER, book({ inspectionId: 'insp-2', by: 'BUYER', inspectorId: undefined }))
        .does(BUYER, report({ inspectionId: 'insp-2', findings: [unclear] })),
      claim,
    );
    rule(scene).thenRefused('rules', 'NO_CLEAR_SPEC');
  });

  test('rule 19: by industry standard one term that a third party found wanting is enough', () => {
    const setup: Setup = {
      terms: {
        specification: [
          ...TERMS.specification,
          { id: 'feel', aspect: 'OTHER', text: 'soft', measurable: false },
        ],
      },
    };
    const scene = paidInFull(setup)
      .does(BUYER, book())
      .does(INSPECTOR, report({ findings: [unclear, { term: 'feel', conforms: true }] }))
      .after('P1D')
      .does(BUYER, book({ inspectionId: 'insp-2', by: 'BUYER', inspectorId: undefined }))
      .does(BUYER, report({ inspectionId: 'insp-2', findings: [{ term: 'feel', conforms: false }] }));
    rule(claimedAfter(scene, { terms: ['finish', 'feel'] })).thenTypes(...AWARDED);
  });

  test('rule 19: against the claimant, whoever drafted, and told so', () => {
    const scene = drafted({ policy: { ambiguity: 'AGAINST_CLAIMANT' } })
      .does(SUPPLIER, { type: 'ProposeTerms', data: { terms: TERMS } })
      .does(BUYER, confirm(TERMS))
      .does(PAYMENTS, pay())
      .does(PAYMENTS, payBalance())
      .does(BUYER, book())
      .does(INSPECTOR, report({ findings: [unclear] }));
    const { refusal } = rule(claimedAfter(scene, claim)).thenRefused('rules', 'NO_CLEAR_SPEC').decision;
    expect(refusal?.faults[0]?.facts).toEqual({
      ambiguity: 'AGAINST_CLAIMANT',
      terms: ['finish'],
      draftedBy: 'supplier',
    });
  });

  test('rule 19: against the claimant, whoever inspected', () => {
    rule(failing('AGAINST_CLAIMANT')).thenRefused('rules', 'NO_CLEAR_SPEC');
    rule(
      claimedAfter(
        paidInFull({ preset: 'current' })
          .does(BUYER, book())
          .does(INSPECTOR, report({ findings: [unclear] })),
        claim,
      ),
    ).thenRefused('rules', 'NO_CLEAR_SPEC');
  });

  test('rule 19: against the party whose terms stand', () => {
    rule(failing('AGAINST_DRAFTER')).thenRefused('rules', 'NO_CLEAR_SPEC');
    // The buyer drafted the order; the wording that stands is the supplier's.
    const setup: Setup = { policy: { ambiguity: 'AGAINST_DRAFTER' } };
    const scene = drafted(setup)
      .does(SUPPLIER, { type: 'ProposeTerms', data: { terms: TERMS } })
      .does(BUYER, confirm(TERMS))
      .does(PAYMENTS, pay())
      .does(PAYMENTS, payBalance())
      .does(BUYER, book())
      .does(INSPECTOR, report({ findings: [unclear] }));
    rule(claimedAfter(scene, claim)).thenTypes(...AWARDED);
  });

  test('rule 19: a clear term beside an unclear one carries the claim', () => {
    const scene = claimedAfter(
      paidInFull({ policy: { ambiguity: 'AGAINST_CLAIMANT' } })
        .does(BUYER, book())
        .does(INSPECTOR, report({ findings: [unclear, { term: 'colour', conforms: false }] })),
      { terms: ['finish', 'colour'] },
    );
    rule(scene).thenTypes(...AWARDED);
  });
});

describe('Commissioned inspections and their fee', () => {
  test('rule 26: the sitting arbitrator commissions an accredited inspector, who is no party', () => {
    const bench = afterDelivery();
    bench.when(ARBITRATOR, commission()).thenTypes('InspectionCommissioned');
    bench
      .when({ role: 'arbitrator', id: 'A9' }, commission())
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    bench.when(BUYER, commission()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    bench
      .when(ARBITRATOR, commission({ inspectorId: 'I9' }))
      .thenRefused('rules', 'INSPECTION.NOT_ACCREDITED');
    bench
      .when(ARBITRATOR, commission({ inspectorId: BUYER.id }))
      .thenRefused('rules', 'INSPECTION.NOT_ACCREDITED', 'INSPECTION.BY_A_PARTY');
    bench
      .when(ARBITRATOR, commission({ fee: money(1, 'EUR') }))
      .thenRefused('rules', 'INSPECTION.CURRENCY_OF_ANOTHER_ORDER');
    bench
      .when(ARBITRATOR, commission({ stage: 'PRE_SHIPMENT' }))
      .thenRefused('rules', 'INSPECTION.AFTER_SHIPMENT');
    bench
      .does(ARBITRATOR, commission())
      .when(ARBITRATOR, commission())
      .thenRefused('wrong_state', 'INSPECTION.KNOWN');
    received()
      .does(BUYER, openQuality())
      .when(ARBITRATOR, commission())
      .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('rule 26: before shipment there is an inspection before shipment to commission', () => {
    onTheBench()
      .when(ARBITRATOR, commission({ stage: 'PRE_SHIPMENT' }))
      .thenTypes('InspectionCommissioned');
  });

  test('rules 16 and 26: its report is one that the policy demands', () => {
    const scene = afterDelivery()
      .does(ARBITRATOR, commission())
      .does(INSPECTOR, report({ inspectionId: 'insp-9' }));
    rule(scene).thenTypes(...AWARDED);
  });

  const inspected = (setup: Setup = {}) =>
    afterDelivery(setup)
      .does(ARBITRATOR, commission())
      .does(INSPECTOR, report({ inspectionId: 'insp-9' }));
  const fees = (scene: Scene) =>
    eventsOf(scene.events, 'FeeCharged').map(({ amount, chargedTo, reference }) => [
      amount.amount,
      chargedTo,
      reference,
    ]);
  const final = (scene: Scene) => scene.after('P15D').tries(BUYER, withdraw());

  test('rule 29: the loser pays: the supplier where anything is awarded, the buyer where nothing is', () => {
    const ruling = { terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING' as const] };
    const won = inspected().does(ARBITRATOR, determine(ruling));
    expect(eventsOf(won.events, 'DeterminationIssued')).toMatchObject([{ inspectionFeeTo: 'supplier' }]);
    expect(fees(won)).toEqual([]);
    expect(fees(final(won))).toEqual([[20_000, 'supplier', 'insp-9']]);
    const lost = inspected().does(ARBITRATOR, determine({ ...ruling, ...nothing }));
    expect(eventsOf(lost.events, 'DeterminationIssued')).toMatchObject([{ inspectionFeeTo: 'buyer' }]);
    expect(fees(final(lost))).toEqual([[20_000, 'buyer', 'insp-9']]);
  });

  test('rule 29: or the buyer, by policy', () => {
    const won = inspected({ policy: { inspectionFee: 'BUYER' } }).does(
      ARBITRATOR,
      determine({ terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING'] }),
    );
    expect(fees(final(won))).toEqual([[20_000, 'buyer', 'insp-9']]);
  });

  test('rule 29: each inspection once, and nothing where there is no fee', () => {
    const scene = inspected()
      .does(ARBITRATOR, commission({ inspectionId: 'insp-8', fee: usd(50) }))
      .does(ARBITRATOR, commission({ inspectionId: 'insp-7', fee: undefined }))
      .does(ARBITRATOR, commission({ inspectionId: 'insp-6', fee: usd(0) }));
    const closed = final(scene.does(ARBITRATOR, determine({ ...nothing, terms: ['colour'] })));
    expect(fees(closed)).toEqual([
      [20_000, 'buyer', 'insp-9'],
      [5_000, 'buyer', 'insp-8'],
    ]);
    const ids = closed.order.funds.fees.map(({ feeId }) => feeId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('rule 29: a fee that the payment service has told already is not charged again', () => {
    const told = {
      type: 'RecordFee',
      data: {
        feeId: 'fee-1',
        kind: 'INSPECTION',
        amount: usd(200),
        chargedTo: 'platform',
        reference: 'insp-9',
      },
    } as const;
    expect(
      fees(
        final(
          inspected()
            .does(PAYMENTS, told)
            .does(ARBITRATOR, determine({ ...nothing, terms: ['colour'] })),
        ),
      ),
    ).toEqual([]);
  });

  test('rule 29: told for another inspection, or as another fee, it is still charged, and the fee numbered', () => {
    const told = (feeId: string, kind: 'INSPECTION' | 'OTHER', reference: string) =>
      ({
        type: 'RecordFee',
        data: { feeId, kind, amount: usd(200), chargedTo: 'platform', reference },
      }) as const;
    const closed = final(
      inspected()
        .does(PAYMENTS, told('fee-1', 'OTHER', 'insp-9'))
        .does(PAYMENTS, told('fee-2', 'INSPECTION', 'insp-1'))
        .does(ARBITRATOR, determine({ ...nothing, terms: ['colour'] })),
    );
    expect(eventsOf(closed.events, 'FeeCharged')).toEqual([
      {
        feeId: 'inspection-3-1',
        kind: 'INSPECTION',
        amount: usd(200),
        chargedTo: 'buyer',
        reference: 'insp-9',
      },
    ]);
  });

  test('rule 29: each dispute pays for its own inspections', () => {
    const scene = inspected()
      .does(BUYER, openQuality({ ground: 'QUANTITY', terms: [], claimed: usd(1) }))
      .does(BUYER, withdraw(2));
    expect(fees(scene)).toEqual([]);
  });

  test('rule 29: whoever withdraws has lost; whoever settles for money, too', () => {
    expect(fees(inspected().does(BUYER, withdraw()))).toEqual([[20_000, 'buyer', 'insp-9']]);
    const offer = {
      type: 'ProposeSettlement',
      data: { dispute: 1, remedies: ['PARTIAL_REFUND'], amount: usd(1) },
    } as const;
    const settled = inspected()
      .does(SUPPLIER, offer)
      .does(BUYER, { type: 'AcceptSettlement', data: { dispute: 1, offer: 1 } });
    expect(fees(settled)).toEqual([[20_000, 'supplier', 'insp-9']]);
  });

  test('rule 29: the ruling that stands after an appeal says who the loser is', () => {
    const won = inspected().does(
      ARBITRATOR,
      determine({ terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING'] }),
    );
    const overturned = underAppeal(won).does(APPEAL, decideAppeal({ ...nothing, terms: ['colour'] }));
    expect(fees(overturned)).toEqual([[20_000, 'buyer', 'insp-9']]);
  });

  test('rule 29: a case that lapses for want of evidence and is reopened is charged once', () => {
    const missed = inspected()
      .does(ARBITRATOR, requestEvidence('buyer'))
      .after('P5D')
      .tries(BUYER, withdraw());
    expect(fees(missed)).toEqual([[20_000, 'buyer', 'insp-9']]);
    const again = missed.does(BUYER, { type: 'ReopenDispute', data: { dispute: 1, statement: 'Found it.' } });
    expect(fees(again.does(AGENT, assign()).does(BUYER, withdraw()))).toEqual([]);
  });
});

import { money } from '../../../kernel/money.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  INSPECTOR,
  PAYMENTS,
  SUPPLIER,
  eventsOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import {
  assign,
  commission,
  determine,
  nothing,
  openQuality,
  report,
  requestEvidence,
  decideAppeal,
  withdraw,
} from '../fixture/commands.js';
import { onTheBench, received, underAppeal } from '../fixture/stories.js';
import type { OrderCommandOf } from '../commands.js';

type Ruling = OrderCommandOf<'IssueDetermination'>['data'];

/** A quality dispute before an arbitrator, opened once the goods were received, or before they were shipped. */
const afterDelivery = (setup: Setup = {}) =>
  onTheBench(received(setup).does(BUYER, openQuality({ claimed: usd(5_000) })));
const rule = (scene: Scene, more: Partial<Ruling> = {}) =>
  scene.when(ARBITRATOR, determine({ terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING'], ...more }));
const AWARDED = ['DeterminationIssued', 'DeadlineMet', 'DeadlineSet'];

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

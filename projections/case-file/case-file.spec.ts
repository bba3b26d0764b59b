import { evolveOrder } from '../../libs/domain/order/evolve.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  INSPECTOR,
  PAYMENTS,
  SUPPLIER,
  decidedDispute,
  envelopesOf,
  escalatedDispute,
  exampleCap,
  openedDispute,
  otherEvents,
  receivedOrder,
  sealLifted,
  sealedAgain,
  type Step,
} from '../../test/support/example-history.js';
import { factOf } from '../order-facts.js';
import { historyOf } from './history.js';
import { caseFileOf, type CaseFile, type CaseFileOptions } from './case-file.js';

const NOW = '2026-04-17T00:00:00.000Z';
const factsOf = (steps: readonly Step[]) => envelopesOf(steps).map(factOf);
const fileOf = (steps: readonly Step[], options: Partial<CaseFileOptions> = {}): CaseFile =>
  caseFileOf(factsOf(steps), 1, { now: NOW, ...options })!;
const orderOf = (steps: readonly Step[]) => historyOf(factsOf(steps))!.order;
const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });
const other = (type: string) => otherEvents.filter(({ event }) => event.type === type);
const revisionOf = (type: string) => String(decidedDispute.findIndex(({ event }) => event.type === type));
const codes = (steps: readonly Step[], now = NOW) =>
  fileOf(steps, { now }).openQuestions.map(({ code }) => code);

describe('A case file', () => {
  it('is there from the moment that the dispute was opened', () => {
    expect(caseFileOf(factsOf(receivedOrder), 1, { now: NOW })).toBeUndefined();
    expect(caseFileOf(factsOf(openedDispute), 2, { now: NOW })).toBeUndefined();
    expect(caseFileOf([], 1, { now: NOW })).toBeUndefined();
    expect(caseFileOf(factsOf(openedDispute).slice(1), 1, { now: NOW })).toBeUndefined();
    expect(fileOf(openedDispute)).toMatchObject({ orderId: 'O1', dispute: 1, status: 'AWAITING_SUPPLIER' });
  });

  it('names the revision that it shows, which a determination must cite (rule 27)', () => {
    expect(fileOf(openedDispute)).toMatchObject({
      revision: String(openedDispute.length - 1),
      asOf: '2026-04-10T09:00:00.000Z',
    });
  });

  it('says the claim in one sentence, and how it was amended', () => {
    const { claim } = fileOf(escalatedDispute);
    expect(claim.sentence).toBe(
      'Hardware Direct claims 7,000.00 USD from Ningbo Metal for quality (colour) and asks for partial refund: ' +
        '“The brackets are grey, not black; some can be used.”.',
    );
    expect(claim.versions.map(({ claimed }) => claimed)).toEqual([usd(7_500), usd(7_000)]);
    expect(claim.revision).toBe(claim.versions[1]!.revision);
  });

  it('has the parties, with the supplier as it stood when the contract was confirmed', () => {
    expect(fileOf(openedDispute).parties).toEqual({
      buyer: { id: 'B1', name: 'Hardware Direct', country: 'US' },
      supplier: { id: 'S1', name: 'Ningbo Metal', country: 'CN', qualified: true, limit: usd(9_000) },
    });
  });

  it('has the frozen contract and policy, and what made the contract weak (rules 4 and 6)', () => {
    const { contract } = fileOf(openedDispute);
    expect(contract.policy).toMatchObject({
      id: 'standard',
      version: 1,
      parameters: { supplierResponse: 'P5D' },
    });
    expect(contract.confirmed).toMatchObject({ revision: '2', by: 'buyer', coveredAmount: usd(7_500) });
    expect(contract.confirmed!.weaknesses.map(({ code }) => code)).toEqual([
      'NO_INSPECTION_PLANNED',
      'COVER_BELOW_DEPOSIT',
    ]);
    expect(contract.terms.coveredAmount).toEqual(usd(7_500));
  });

  it('puts beside each term of the specification what bears on it', () => {
    const [colour, finish] = fileOf(decidedDispute).contract.specification;
    expect(colour).toMatchObject({
      id: 'colour',
      measurable: true,
      claimed: true,
      waived: false,
      evidence: [{ evidence: 1, kind: 'PHOTO' }],
      findings: [{ inspectionId: 'insp-2', conforms: false, note: 'RAL 7016' }],
    });
    expect(finish).toMatchObject({
      id: 'finish',
      measurable: false,
      claimed: false,
      waived: true,
      evidence: [],
    });
  });

  it('has the money table, which balances (rule 12)', () => {
    const { money } = fileOf(decidedDispute);
    expect(money).toMatchObject({
      received: usd(8_000),
      held: usd(0),
      released: usd(3_800),
      refunded: usd(4_200),
      chargedBack: usd(0),
      advanced: usd(0),
      balanced: true,
      frozenBy: [],
    });
    expect(fileOf(escalatedDispute).money).toMatchObject({ held: usd(8_000), frozenBy: [1] });
  });

  it('tells the payments that are covered from those that are not, and says why (rule 8)', () => {
    const [covered, not] = fileOf(openedDispute).money.payments;
    expect(covered).toMatchObject({
      paymentId: 'pay-1',
      eligible: true,
      reasons: [],
      payer: { accountName: 'Hardware Direct LLC' },
    });
    expect(not).toMatchObject({
      paymentId: 'pay-2',
      eligible: false,
      reasons: [{ code: 'METHOD_NOT_LISTED' }],
    });
  });

  it('follows a refund through its attempts (rule 13)', () => {
    const [refund] = fileOf(decidedDispute).money.refunds;
    expect(refund).toMatchObject({ refundId: 'refund-1', amount: usd(4_200), state: 'ISSUED' });
    expect(
      refund!.attempts.map(({ attempt, reason, outcome }) => [
        attempt,
        reason,
        outcome?.issued,
        outcome?.note,
      ]),
    ).toEqual([
      [1, 'APPEAL', false, 'Account closed'],
      [2, 'RETRY', true, undefined],
    ]);
  });

  it('has releases, fees, chargebacks and what the supplier owes (rules 10, 29, 30, 32)', () => {
    const { money } = fileOf(decidedDispute);
    expect(money.releases).toMatchObject([
      { releaseId: 'release-1', state: 'RELEASED', released: { reference: 'T-2' } },
    ]);
    expect(money.fees.map(({ feeId, chargedTo }) => [feeId, chargedTo])).toEqual([
      ['fee-1', 'buyer'],
      ['fee-2', 'supplier'],
    ]);
    expect(money.recoveries).toMatchObject([
      { recoveryId: 'recovery-1', state: 'WRITTEN_OFF', outstanding: usd(0) },
    ]);
    const chargedBack = fileOf([...escalatedDispute, ...other('ChargebackReported')]).money;
    expect(chargedBack.chargebacks).toMatchObject([{ chargebackId: 'cb-1', amount: usd(100) }]);
    expect(chargedBack.payments[0]!.chargedBack).toEqual(usd(100));
    expect(chargedBack.balanced).toBe(true);
  });

  it('works out the award cap before the reader’s eyes (rule 20)', () => {
    const { cap } = fileOf(escalatedDispute);
    expect(cap.now).toMatchObject({ ...exampleCap, cap: usd(7_500) });
    expect(cap.now.arithmetic).toBe(
      'min(covered 7,500.00, supplier limit 9,000.00, eligible base 8,000.00) − refunded before 0.00 = 7,500.00 USD',
    );
    expect(cap.recorded.map(({ type }) => type)).toEqual(['DisputeOpened', 'ClaimAmended']);
    expect(fileOf(decidedDispute).cap.now.arithmetic).toContain('− refunded before 4,200.00 = 3,300.00 USD');
  });

  it('has shipments beside the promised day, inspections with findings, and waivers (rules 7, 15, 16, 17)', () => {
    const { goods } = fileOf(decidedDispute);
    expect(goods.promised).toMatchObject({ first: '2026-03-10', now: '2026-03-20' });
    expect(goods.promised.revisions.map(({ state }) => state)).toEqual(['DECLINED', 'AGREED']);
    expect(goods.shipments).toMatchObject([{ shipmentId: 'ship-1', carrier: 'COSCO', late: false }]);
    expect(goods.received).toMatchObject({ deemed: false, quantity: 500 });
    expect(goods.inspections).toMatchObject([
      {
        inspectionId: 'insp-1',
        bookedBy: 'buyer',
        counts: true,
        report: { result: 'CONDITIONAL', reportedBy: 'I1' },
      },
      {
        inspectionId: 'insp-2',
        counts: true,
        commissioned: { dispute: 1, by: 'A2', question: 'Which shade is it?', fee: usd(200) },
        report: { result: 'FAIL' },
      },
    ]);
    expect(goods.waivers).toMatchObject([{ terms: ['finish'], inspectionId: 'insp-1' }]);
    expect(fileOf(escalatedDispute).goods.inspections[1]).toMatchObject({ counts: false, report: undefined });
  });

  it('has the negotiation: response, offers with their state, messages', () => {
    const { negotiation } = fileOf(escalatedDispute);
    expect(negotiation.response).toMatchObject({ response: 'REJECT', reasonCodes: ['GOODS_CONFORM'] });
    expect(negotiation.mayEscalate).toEqual(['buyer']);
    expect(negotiation.offers).toMatchObject([
      { offer: 1, by: 'supplier', amount: usd(500), state: 'REJECTED', rejection: 'Far too little' },
    ]);
    expect(negotiation.messages).toMatchObject([
      { message: 1, by: 'buyer', text: 'Please look at the photos.' },
    ]);
  });

  it('lists evidence with hash, size, type, who and when, and what was asked for (rule 26)', () => {
    const { evidence, requests } = fileOf(escalatedDispute);
    expect(evidence[0]).toEqual({
      revision: revisionOf('EvidenceSubmitted'),
      evidence: 1,
      by: 'buyer',
      author: 'B1',
      kind: 'PHOTO',
      sha256: 'c'.repeat(64),
      size: 204_800,
      mediaType: 'image/jpeg',
      fileName: 'brackets.jpg',
      description: 'As they came out of the box',
      terms: ['colour'],
      request: null,
      submittedAt: '2026-04-12T10:05:00.000Z',
    });
    expect(requests).toMatchObject([{ request: 1, from: 'supplier', by: 'A2', state: 'OPEN', answers: [] }]);
    expect(fileOf(decidedDispute).requests).toMatchObject([{ state: 'MISSED' }]);
  });

  it('keeps sealed evidence from the other party everywhere, and shows it to arbitrators', () => {
    const sealed = 'secret-recipe.pdf';
    const everything = (file: CaseFile) => JSON.stringify(file);
    expect(everything(fileOf(decidedDispute))).toContain(sealed);
    expect(everything(fileOf(decidedDispute, { viewer: SUPPLIER }))).toContain(sealed);
    for (const viewer of [ARBITRATOR, APPEAL, { role: 'auditor', id: 'U1' }] as const) {
      expect(everything(fileOf(decidedDispute, { viewer }))).toContain(sealed);
    }
    for (const viewer of [AGENT, PAYMENTS, INSPECTOR]) {
      expect(everything(fileOf(decidedDispute, { viewer }))).not.toContain(sealed);
    }
    const buyers = fileOf(decidedDispute, { viewer: BUYER });
    expect(everything(buyers)).not.toContain(sealed);
    expect(everything(buyers)).not.toContain('d'.repeat(12));
    expect(buyers.evidence.map(({ evidence }) => evidence)).toEqual([1]);
    expect(buyers.timeline.filter(({ sealedTo }) => sealedTo !== undefined)).toEqual([]);
    expect(buyers.status).toBe(fileOf(decidedDispute).status);
  });

  it('shows evidence as its seal is now, also in the file as it was before', () => {
    const sealed = 'secret-recipe.pdf';
    const told = (steps: readonly Step[], more: Partial<CaseFileOptions> = {}) =>
      JSON.stringify(fileOf(steps, { viewer: BUYER, ...more })).includes(sealed);
    const lifted = [...decidedDispute, ...sealLifted];
    expect(told(decidedDispute)).toBe(false);
    expect(told(lifted)).toBe(true);
    expect(told(decidedDispute, { sealedAs: orderOf(lifted) })).toBe(true);
    const again = [...lifted, ...sealedAgain];
    expect(told(again)).toBe(false);
    expect(told(lifted, { sealedAs: orderOf(again) })).toBe(false);
    const evidence = (steps: readonly Step[]) => fileOf(steps).evidence.map(({ sealedTo }) => sealedTo);
    expect(evidence(lifted)).toEqual([undefined, undefined]);
    expect(evidence(again)).toEqual([undefined, []]);
  });

  it('has every deadline with its state and its reason (rule 23 and others)', () => {
    const { deadlines } = fileOf(decidedDispute);
    const of = (name: string) => deadlines.find(({ deadline }) => deadline === name)!;
    expect(of('SupplierResponse.1')).toMatchObject({
      state: 'MET',
      rule: 23,
      met: { by: 'SupplierResponded' },
    });
    expect(of('Evidence.1.1')).toMatchObject({
      state: 'EXPIRED',
      expired: { firedAt: '2026-04-21T09:05:00.000Z' },
    });
    expect(of('ShipmentDue').extensions).toMatchObject([
      { from: '2026-03-11T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z' },
    ]);
    expect(of('ShipmentDue')).toMatchObject({ dueAt: '2026-03-21T00:00:00.000Z', state: 'MET' });
  });

  it('shows as overdue what is open and due by now', () => {
    const at = (now: string) =>
      fileOf(escalatedDispute, { now })
        .deadlines.filter(({ overdue }) => overdue)
        .map(({ kind }) => kind);
    expect(at('2026-04-21T08:59:59.999Z')).toEqual([]);
    expect(at('2026-04-21T09:00:00.000Z')).toEqual(['Evidence']);
  });

  it('has who judged, what was ruled and by which arithmetic, the appeal and the end (rules 26 to 28)', () => {
    const { decision } = fileOf(decidedDispute);
    expect(decision.escalation).toMatchObject({ reason: 'BUYER' });
    expect(decision.bench.map(({ arbitrator, appeal, recused }) => [arbitrator, appeal, recused])).toEqual([
      ['A1', false, undefined],
      ['A1', false, 'I know the supplier'],
      ['A2', false, undefined],
      ['A3', true, undefined],
    ]);
    expect(decision.determination).toMatchObject({
      by: 'A2',
      arithmetic: '60 % of 7,000.00 USD, at most 7,500.00 USD = 4,200.00 USD',
      evidence: [1],
      terms: ['colour'],
      fileRevision: '40',
    });
    expect(decision.determination!.unseen).toBe(Number(decision.determination!.revision) - 41);
    expect(decision.appeal).toMatchObject({ by: 'supplier', decision: { outcome: 'UPHELD', by: 'A3' } });
    expect(decision.closed).toMatchObject({ outcome: 'PARTIALLY_REFUNDED', award: usd(4_200) });
  });

  it('lists the rules that led the case, each with the events that follow from it', () => {
    const { rules } = fileOf(escalatedDispute);
    expect(rules.map(({ rule }) => rule)).toEqual(expect.arrayContaining([4, 8, 10, 20, 23, 24, 26]));
    expect(rules.find(({ rule }) => rule === 10)!.sentence).toContain('freezes');
    expect(rules.find(({ rule }) => rule === 23)!.revisions).toContain(revisionOf('SupplierResponded'));
  });

  it('tells everything that happened to the order', () => {
    const { timeline } = fileOf(decidedDispute);
    expect(timeline.map(({ revision }) => revision)).toEqual(decidedDispute.map((_, index) => String(index)));
  });

  it('is the same function of fewer facts as of an earlier revision', () => {
    expect(fileOf(decidedDispute.slice(0, escalatedDispute.length))).toEqual(fileOf(escalatedDispute));
  });

  it('has its state from the domain’s own fold', () => {
    const order = envelopesOf(decidedDispute).reduce(
      (state, { event }) => evolveOrder(state, event as never),
      undefined as ReturnType<typeof evolveOrder> | undefined,
    )!;
    const file = fileOf(decidedDispute);
    expect(file.status).toBe(order.disputes[0]!.status);
    expect(file.orderStatus).toBe(order.status);
  });
});

describe('The open questions of a case file', () => {
  it('at the opening: no answer yet, money that is not covered, what was inspected speaks for the goods', () => {
    expect(codes(openedDispute)).toEqual([
      'NO_RESPONSE',
      'GOODS_CONFORM',
      'INELIGIBLE_PAYMENT',
      'DEADLINE_OVERDUE',
    ]);
    expect(codes(openedDispute, '2026-04-11T00:00:00.000Z')).not.toContain('DEADLINE_OVERDUE');
  });

  it('for the arbitrator: evidence awaited, an inspection awaited', () => {
    expect(codes(escalatedDispute)).toEqual([
      'EVIDENCE_AWAITED',
      'GOODS_CONFORM',
      'INSPECTION_PENDING',
      'INELIGIBLE_PAYMENT',
    ]);
    const missed = decidedDispute.slice(0, escalatedDispute.length + 1);
    expect(codes(missed)).toContain('EVIDENCE_MISSED');
  });

  it('an inspection that the policy demands is missing (rule 16)', () => {
    const uninspected = openedDispute.filter(({ event }) => !event.type.startsWith('Inspection'));
    expect(codes(uninspected)).toContain('NO_INSPECTION_BOOKED');
  });

  it('nobody judges it yet (rule 26)', () => {
    const assigned = escalatedDispute.findIndex(({ event }) => event.type === 'ArbitratorAssigned');
    expect(codes(escalatedDispute.slice(0, assigned))).toContain('NO_ARBITRATOR');
    expect(codes(escalatedDispute)).not.toContain('NO_ARBITRATOR');
  });

  it('an offer is open, money was charged back, the claim exceeds the cap', () => {
    const offered = escalatedDispute.findIndex(({ event }) => event.type === 'SettlementProposed') + 1;
    expect(codes(escalatedDispute.slice(0, offered))).toContain('OFFER_OPEN');
    const chargeback = other('ChargebackReported').map((step) => ({
      ...step,
      event: { ...step.event, data: { ...(step.event.data as object), amount: usd(2_000) } },
    }));
    expect(codes([...escalatedDispute, ...chargeback])).toEqual(
      expect.arrayContaining(['CHARGEBACK', 'CLAIM_ABOVE_CAP']),
    );
  });

  it('the determination is overdue', () => {
    const expired: Step = {
      by: { role: 'clock', id: 'clock' },
      at: '2026-05-14T12:00:00.000Z',
      event: {
        type: 'DeadlineExpired',
        data: {
          deadline: 'DeterminationDue.1',
          kind: 'DeterminationDue',
          dispute: 1,
          dueAt: '2026-05-14T12:00:00.000Z',
          firedAt: '2026-05-14T12:00:00.000Z',
        },
      },
    };
    expect(codes([...escalatedDispute, expired])).toContain('DETERMINATION_OVERDUE');
  });

  it('cite the events that raise them', () => {
    const [awaited] = fileOf(escalatedDispute).openQuestions;
    expect(awaited).toMatchObject({ code: 'EVIDENCE_AWAITED', rule: 26 });
    const cited = awaited!.revisions.map((revision) => escalatedDispute[Number(revision)]!.event.type);
    expect(cited).toEqual(['EvidenceRequested']);
  });

  it('none of a closed dispute', () => {
    expect(codes(decidedDispute)).toEqual([]);
  });
});

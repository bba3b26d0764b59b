import type { Instant } from '../../../kernel/instant.js';
import type { Caller } from '../../decision.js';
import type { OrderCommand } from '../commands.js';
import { decideOrder } from '../decide.js';
import { evolveOrder } from '../evolve.js';
import {
  EXPIRE,
  acceptOffer,
  appeal,
  assign,
  book,
  commission,
  confirm,
  decideAppeal,
  determine,
  draft,
  escalate,
  issued,
  open,
  openQuality,
  pay,
  payBalance,
  propose,
  receive,
  reject,
  report,
  ship,
  termsOf,
} from '../fixture/commands.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  CLOCK,
  INSPECTOR,
  LOGISTICS,
  PAYMENTS,
  SHIP_DUE,
  SUPPLIER,
  sceneOf,
  usd,
  type Setup,
} from '../fixture/scene.js';
import type { Order } from '../state.js';
import { explain, type Explanation } from './explain.js';
import type { Happened } from './history.js';
import type { Step } from './step.js';

type Told = readonly [at: Instant, caller: Caller, command: OrderCommand];

/** The history that a story leaves behind, as it lies in the stream. */
function historyOf(story: readonly Told[], setup: Setup = {}): readonly Happened[] {
  const happened: Happened[] = [];
  for (const [at, by, command] of story) {
    const events = happened.map(({ event }) => event);
    const state = events.reduce<Order | undefined>(evolveOrder, undefined);
    const { expired, accepted, refusal } = decideOrder(
      state,
      command,
      sceneOf(setup, at, events).context(by),
    );
    expect({ [command.type]: refusal }).toEqual({ [command.type]: undefined });
    const decided = [
      ...expired.map((one) => ({ ...one, by: CLOCK })),
      ...accepted.map((one) => ({ ...one, by })),
    ];
    for (const { event, occurredAt, by: actor } of decided)
      happened.push({ event, at: occurredAt, by: actor, revision: String(happened.length) });
  }
  return happened;
}

const explained = (story: readonly Told[], setup: Setup = {}, dispute = 1): Explanation => {
  const explanation = explain(historyOf(story, setup), dispute);
  if (explanation === undefined) throw new Error('there is nothing to explain');
  return explanation;
};

const stepOf = (steps: readonly Step[], code: string): Step => {
  const found = steps.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no ${code} among ${steps.map((one) => one.code).join(', ')}`);
  return found;
};
const typesOf = ({ facts }: Step) => facts.map(({ type }) => type);

const MARCH = '2026-03-01T00:00:00.000Z';
const APRIL = '2026-04-01T00:00:00.000Z';
const drafted = (setup: Setup = {}): readonly Told[] => [
  [MARCH, BUYER, draft(setup)],
  [MARCH, SUPPLIER, confirm(termsOf(setup))],
  [MARCH, PAYMENTS, pay()],
];
const late: readonly Told[] = [...drafted(), [APRIL, BUYER, open()]];
const onTheBench = (opened: readonly Told[]): readonly Told[] => [
  ...opened,
  [APRIL, SUPPLIER, reject()],
  [APRIL, BUYER, escalate()],
  [APRIL, AGENT, assign()],
];

describe('Explanation of a dispute', () => {
  it('says of every rule of eligibility what met it, where it is written, and by which values', () => {
    const { eligibility } = explained(late);
    expect(
      eligibility
        .filter(({ code }) => !code.endsWith('AS_IT_STANDS'))
        .map(({ code, rule, met }) => [code, rule, met]),
    ).toEqual([
      ['SUPPLIER_ELIGIBLE', 1, true],
      ['COUNTRY_ALLOWED', 2, true],
      ['ORDER_ELIGIBLE', 3, true],
      ['CONTRACT_CONFIRMED', 4, true],
      ['CONTRACT_WEAKNESSES', 6, true],
      ['PAYMENT_COVERED', 8, true],
      ['GROUND_COVERED', 14, true],
      ['SHIPPED_LATE', 15, true],
      ['INITIAL_PAYMENT_COVERED', 8, true],
      ['NOT_WAIVED', 17, true],
      ['CLAIM_WITHIN_CAP', 20, true],
      ['CLAIM_WELL_FORMED', 21, true],
      ['WITHIN_WINDOW', 22, true],
    ]);
    expect(stepOf(eligibility, 'SHIPPED_LATE')).toEqual({
      code: 'SHIPPED_LATE',
      rule: 15,
      ruleText:
        'Late shipment: the promised date and its grace have passed, and there is no shipment, or a later one.',
      sentence:
        'The promised day was 2026-03-31; with its grace it ended at 2026-03-31 23:59:59.999 UTC, and nothing had been shipped.',
      met: true,
      at: APRIL,
      facts: [
        { revision: '1', type: 'ContractConfirmed' },
        { revision: '3', type: 'DeadlineSet' },
        { revision: '6', type: 'DeadlineExpired' },
      ],
      parameters: { latenessGrace: 'P0D', zone: 'UTC' },
      figures: {},
    });
  });

  test('rule 8: each payment is explained, with the method as the policy has it', () => {
    const { eligibility } = explained([
      ...drafted(),
      [MARCH, PAYMENTS, payBalance({ method: 'WESTERN_UNION', amount: usd(2_500) })],
      [APRIL, BUYER, open()],
    ]);
    const [covered, not] = eligibility.filter(({ code }) => code === 'PAYMENT_COVERED');
    expect(covered).toMatchObject({ met: true, facts: [{ type: 'PaymentReceived' }] });
    expect(covered?.parameters.methods).toMatchObject([{ method: 'TELEGRAPHIC_TRANSFER' }]);
    expect(not).toMatchObject({ met: false, facts: [{ type: 'PaymentMarkedIneligible' }] });
    expect(not?.sentence).toContain('WESTERN_UNION is covered below 2,500.00 USD.');
  });

  test('rule 20: the cap at each point where it bound somebody, with every number', () => {
    const { cap } = explained(late);
    expect(cap.map(({ code }) => code)).toEqual(['CAP_AT_OPENING', 'CAP_AS_IT_STANDS']);
    expect(cap[0]).toMatchObject({
      rule: 20,
      sentence:
        'At most min(covered 10,000.00, supplier limit 7,500.00, eligible base 3,000.00) − refunded before 0.00 = 3,000.00 USD.',
      facts: [{ revision: '1', type: 'ContractConfirmed' }, { type: 'PaymentReceived' }],
      figures: { eligibleBase: usd(3_000), supplierLimit: usd(7_500), cap: usd(3_000) },
    });
  });

  test('rules 20, 27 and 28: an award comes with its arithmetic, its reasons and its end', () => {
    const { award, status } = explained([
      ...onTheBench(late),
      [APRIL, ARBITRATOR, determine({ liability: 6_000, fileRevision: '12' })],
    ]);
    expect(status).toBe('DETERMINED');
    expect(stepOf(award, 'AWARD_DETERMINED')).toMatchObject({
      rule: 20,
      sentence:
        '60 % of 3,000.00 USD is 1,800.00 USD, within the cap of 3,000.00 USD: the award is 1,800.00 USD.',
      figures: { claimed: usd(3_000), liabilityBasisPoints: 6_000, product: usd(1_800), award: usd(1_800) },
    });
    expect(stepOf(award, 'REASONS_DETERMINED')).toMatchObject({ rule: 27, met: true });
    expect(stepOf(award, 'REASONS_DETERMINED').sentence).toMatch(/not shipped.*SHIP_DATE.*revision 12/);
    expect(stepOf(award, 'FINAL')).toMatchObject({
      rule: 28,
      parameters: { appeal: 'P15D', determinationFinal: 'APPEAL_WINDOW' },
    });
  });

  it('follows an appeal to the refund and its recovery', () => {
    const { award } = explained([
      ...onTheBench(late),
      [APRIL, ARBITRATOR, determine()],
      [APRIL, SUPPLIER, appeal()],
      [APRIL, AGENT, assign(APPEAL.id)],
      [APRIL, APPEAL, decideAppeal({ liability: 5_000 })],
      [APRIL, PAYMENTS, issued('refund-1', usd(1_500))],
    ]);
    expect(award.map(({ code, rule }) => [code, rule])).toEqual([
      ['AWARD_DETERMINED', 20],
      ['REASONS_DETERMINED', 27],
      ['FINAL', 28],
      ['AWARD_ON_APPEAL', 20],
      ['REASONS_ON_APPEAL', 27],
      ['CLOSED', 31],
      ['REFUND', 11],
      ['REFUND', 11],
      ['RECOVERY', 30],
    ]);
    expect(stepOf(award, 'RECOVERY')).toMatchObject({
      parameters: { recoveryBasis: 'REFUND' },
      figures: { amount: usd(1_500) },
    });
  });

  test('rule 20: two awards that together exceed the cap: the second says what was left', () => {
    const setup = { terms: { coveredAmount: usd(3_000) } };
    const second = { ...openQuality().data, claimed: usd(2_000) };
    const story: readonly Told[] = [
      ...drafted(setup),
      [MARCH, BUYER, book({ stage: 'PRE_SHIPMENT' })],
      [MARCH, INSPECTOR, report()],
      [APRIL, BUYER, open({ claimed: usd(2_000) })],
      [APRIL, BUYER, { type: 'OpenDispute', data: second }],
      ...[1, 2].flatMap((number): readonly Told[] => [
        [APRIL, SUPPLIER, reject(number)],
        [APRIL, BUYER, escalate(number)],
        [APRIL, AGENT, assign(ARBITRATOR.id, undefined, number)],
        [
          APRIL,
          ARBITRATOR,
          determine({ dispute: number, remedies: ['FULL_REFUND'], reasonCodes: ['GOODS_NONCONFORMING'] }),
        ],
      ]),
      ['2026-05-01T00:00:00.000Z', CLOCK, EXPIRE],
    ];
    const { award } = explained(story, setup, 2);
    expect(stepOf(award, 'CLOSED')).toMatchObject({
      rule: 20,
      figures: { award: usd(2_000), paid: usd(1_000), cap: usd(1_000) },
    });
    expect(stepOf(award, 'CLOSED').sentence).toMatch(/no more was left under the cap/);
  });

  test('rules 16, 18 and 19: what a quality claim lacks is asked in turn, and no further than it goes', () => {
    const claimed = (...terms: string[]): readonly Told[] => [
      ...drafted(),
      [MARCH, BUYER, book()],
      [MARCH, BUYER, openQuality({ claimed: usd(1_000), terms })],
    ];
    const merits = (story: readonly Told[]) =>
      explained(story)
        .eligibility.filter(({ code }) => code.endsWith('_AS_IT_STANDS'))
        .map(({ code, met }) => [code.replace('_AS_IT_STANDS', ''), met]);
    expect(merits(claimed('colour'))).toEqual([
      ['NOT_WAIVED', true],
      ['INSPECTED', false],
    ]);
    const reported = (...terms: string[]): readonly Told[] => [
      ...claimed(...terms),
      [MARCH, INSPECTOR, report({ findings: terms.map((term) => ({ term, conforms: false })) })],
    ];
    expect(merits(reported('colour'))).toEqual([
      ['NOT_WAIVED', true],
      ['INSPECTED', true],
      ['GOODS_DO_NOT_CONFORM', true],
      ['TERMS_CLEAR', true],
    ]);
    const conforming = [
      ...claimed('colour'),
      [MARCH, INSPECTOR, report({ result: 'PASS', findings: [{ term: 'colour', conforms: true }] })] as const,
    ];
    expect(merits(conforming).at(-1)).toEqual(['GOODS_DO_NOT_CONFORM', false]);
    const against = explained(reported('finish'), { policy: { ambiguity: 'AGAINST_CLAIMANT' } });
    expect(stepOf(against.eligibility, 'TERMS_CLEAR_AS_IT_STANDS')).toMatchObject({
      met: false,
      parameters: { ambiguity: 'AGAINST_CLAIMANT' },
    });
  });

  test('rule 18: a quantity claim shows what was agreed, tolerated and counted', () => {
    const story: readonly Told[] = [
      ...drafted(),
      [MARCH, PAYMENTS, payBalance()],
      [MARCH, LOGISTICS, ship()],
      ['2026-03-10T00:00:00.000Z', BUYER, receive(400)],
      ['2026-03-11T00:00:00.000Z', BUYER, open({ ground: 'QUANTITY', terms: [] })],
    ];
    expect(stepOf(explained(story).eligibility, 'QUANTITY_SHORT_AS_IT_STANDS')).toMatchObject({
      met: true,
      sentence: '500 pieces were agreed, 1 % fewer are tolerated, and 400 came.',
    });
    expect(stepOf(explained(story).eligibility, 'WITHIN_WINDOW')).toMatchObject({
      sentence: 'The claim window was open until 2026-04-09 00:00 UTC.',
      parameters: { claimWindow: { anchor: 'RECEIPT', period: 'P30D' } },
    });
  });

  it('says of each deadline what set it, what became of it and what followed', () => {
    const { deadlines } = explained([...late, ['2026-04-07T00:00:00.000Z', CLOCK, EXPIRE]]);
    expect(stepOf(deadlines, 'PaymentDue')).toMatchObject({ rule: 9, met: true });
    expect(stepOf(deadlines, 'ShipmentDue')).toMatchObject({ rule: 15, met: false });
    const silence = stepOf(deadlines, 'SupplierResponse.1');
    expect(silence).toMatchObject({
      rule: 23,
      met: false,
      parameters: { supplierResponse: 'P5D', silence: 'ESCALATE', zone: 'UTC' },
    });
    expect(typesOf(silence)).toEqual(['DeadlineSet', 'DeadlineExpired', 'DisputeEscalated']);
    expect(silence.sentence).toMatch(/ran out at 2026-04-06 00:00 UTC\. .*escalated/i);
    expect(stepOf(deadlines, 'DeterminationDue.1')).toMatchObject({ met: null });
    expect(stepOf(deadlines, 'ShipmentDue').sentence).toContain(`until ${SHIP_DUE.slice(0, 10)}`);
  });

  test('rules 25 and 29: a settlement names its offer, and an inspection its payer', () => {
    const settled = explained([
      ...late,
      [APRIL, SUPPLIER, reject()],
      [APRIL, BUYER, propose()],
      [APRIL, SUPPLIER, acceptOffer()],
    ]);
    expect(typesOf(stepOf(settled.award, 'SETTLED'))).toEqual(['SettlementProposed', 'SettlementAccepted']);
    const inspected = explained([
      ...onTheBench(late),
      [APRIL, ARBITRATOR, commission()],
      [APRIL, ARBITRATOR, determine()],
      ['2026-05-01T00:00:00.000Z', CLOCK, EXPIRE],
    ]);
    expect(stepOf(inspected.award, 'INSPECTION_FEE')).toMatchObject({
      rule: 29,
      parameters: { inspectionFee: 'LOSER' },
      figures: { amount: usd(200) },
    });
  });

  it('of fewer events explains it as it stood then, and of none before it was opened', () => {
    const whole = historyOf([...onTheBench(late), [APRIL, ARBITRATOR, determine()]]);
    const opened = whole.findIndex(({ event }) => event.type === 'DisputeOpened');
    expect(explain(whole.slice(0, opened + 1), 1)).toMatchObject({
      revision: String(opened),
      status: 'AWAITING_SUPPLIER',
      award: [],
    });
    expect(explain(whole.slice(0, opened), 1)).toBeUndefined();
    expect(explain(whole, 2)).toBeUndefined();
    expect(explain([], 1)).toBeUndefined();
  });

  it('can be read: every step is a sentence with its rule and where it is written', () => {
    const { sentences, eligibility, cap, award, deadlines } = explained([
      ...onTheBench(late),
      [APRIL, ARBITRATOR, determine()],
    ]);
    expect(sentences).toHaveLength(eligibility.length + cap.length + award.length + deadlines.length);
    expect(sentences[0]).toBe(
      'Ningbo Metal was enrolled, qualified and not suspended, with a limit of 7,500.00 USD. (Rule 1; revision 1)',
    );
    for (const { ruleText, sentence, at } of [...eligibility, ...cap, ...award, ...deadlines]) {
      expect(ruleText).not.toBe('');
      expect(sentence).toMatch(/^\S.*\.$/);
      expect(at).toMatch(/Z$/);
    }
  });
});

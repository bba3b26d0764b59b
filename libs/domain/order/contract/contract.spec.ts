import { sha256 } from '../../../kernel/sha256.js';
import { canonicalJson } from '../../../kernel/canonical-json.js';
import { money } from '../../../kernel/money.js';
import type { Terms } from './terms.js';
import { coverageToReserve, weaknessesOf } from './eligibility.js';
import {
  AGENT,
  BUYER,
  PAYMENTS,
  START,
  SUPPLIER,
  TERMS,
  eventsOf,
  given,
  sceneOf,
  typesOf,
  usd,
  type Setup,
} from '../fixture/scene.js';
import { CANCEL, COMPLETE, confirm, draft, pay, termsOf } from '../fixture/commands.js';
import { confirmed, drafted, paid, received } from '../fixture/stories.js';

const nobody = (setup: Setup = {}) => sceneOf(setup, START, []);
const drafting = (setup: Setup, more = {}) => given().when(draft(setup, more), nobody(setup).context(BUYER));
const withTerms = (terms: Partial<Terms>) => drafting({ terms });
const confirming = (setup: Setup) => drafted(setup).when(SUPPLIER, confirm(termsOf(setup)));

describe('Who drafts and who confirms', () => {
  test('rule 4: buyer or supplier drafts, each its own orders only', () => {
    drafting({}).thenTypes('OrderDrafted');
    given().when(draft(), nobody().context(SUPPLIER)).thenTypes('OrderDrafted');
    given()
      .when(draft(), nobody().context({ role: 'buyer', id: 'B2' }))
      .thenRefused('wrong_party', 'ORDER.NOT_A_PARTY');
    given()
      .when(draft(), nobody().context({ role: 'supplier', id: 'S2' }))
      .thenRefused('wrong_party', 'ORDER.NOT_A_PARTY');
    // Not by what it is called, either.
    for (const id of [AGENT.id, BUYER.id, SUPPLIER.id]) {
      const context = nobody().context({ role: 'agent', id });
      given().when(draft(), context).thenRefused('wrong_party', 'ORDER.NOT_A_PARTY');
    }
  });

  test('rule 4: nobody trades with itself', () => {
    drafting({}, { supplierId: BUYER.id }).thenRefused('rules', 'ORDER.ONE_PARTY');
  });

  test('rule 4: an order is drafted under a published policy', () => {
    const context = { ...nobody().context(BUYER), policy: undefined };
    given().when(draft(), context).thenRefused('rules', 'POLICY.NOT_PUBLISHED');
    // Without a policy the day ends in UTC.
    given()
      .when(draft({ terms: { shipDate: '2026-02-28' } }), context)
      .thenRefused('rules', 'POLICY.NOT_PUBLISHED', 'TERMS.SHIP_DATE_PASSED');
    given()
      .when(draft({ terms: { shipDate: '2026-03-01' } }), { ...context, now: '2026-03-01T23:59:59.999Z' })
      .thenRefused('rules', 'POLICY.NOT_PUBLISHED');
  });

  test('rule 4: nothing can be done with an order that is not there, and none is drafted twice', () => {
    given().when(COMPLETE, nobody().context(BUYER)).thenRefused('not_found', 'ORDER.NOT_FOUND');
    drafted().when(BUYER, draft()).thenRefused('wrong_state', 'ORDER.EXISTS');
  });

  test('rule 4: the other party confirms, never the one whose terms stand', () => {
    const scene = drafted();
    scene.when(BUYER, confirm(TERMS)).thenRefused('wrong_party', 'CONTRACT.OWN_TERMS');
    scene.when(AGENT, confirm(TERMS)).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene.when({ role: 'supplier', id: 'S2' }, confirm(TERMS)).thenRefused('not_found', 'ORDER.NOT_FOUND');
    scene.when(SUPPLIER, confirm(TERMS)).thenTypes('ContractConfirmed', 'DeadlineSet', 'DeadlineSet');
  });

  test('rule 4: counter-terms turn it round, and what was read before is not confirmed', () => {
    const terms = { ...TERMS, coveredAmount: usd(8_000) };
    const scene = drafted().does(SUPPLIER, { type: 'ProposeTerms', data: { terms } });
    scene.when(SUPPLIER, confirm(terms)).thenRefused('wrong_party', 'CONTRACT.OWN_TERMS');
    scene.when(BUYER, confirm(TERMS)).thenRefused('wrong_state', 'CONTRACT.TERMS_CHANGED');
    const { order } = scene.does(BUYER, confirm(terms));
    expect(order.contract).toMatchObject({ proposals: 2, proposedBy: 'supplier', draftedBy: 'buyer' });
    expect(order.contract.confirmed).toMatchObject({ by: 'buyer', coveredAmount: 800_000 });
  });

  test('rule 4: confirmation freezes terms, their hash, the policy and the limit, whatever is published later', () => {
    const scene = confirmed({ preset: 'current' });
    const [data] = eventsOf(scene.history, 'ContractConfirmed');
    expect(data).toMatchObject({
      terms: TERMS,
      termsHash: sha256(canonicalJson(TERMS)),
      policyId: 'current',
      policyVersion: 1,
      supplier: { limit: usd(7_500), country: 'CN', qualified: true },
      coveredAmount: usd(10_000),
      confirmedAt: START,
    });
    const later = { ...scene, setup: { preset: 'standard' as const } };
    expect(later.order.contract.confirmed?.policy.supplierResponse).toBe('P3D');
    scene
      .when(SUPPLIER, { type: 'ProposeTerms', data: { terms: TERMS } })
      .thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    scene.when(SUPPLIER, confirm(TERMS)).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
  });

  test('rule 4: a policy that is published no more is not confirmed under', () => {
    const scene = drafted();
    given(...scene.history)
      .when(confirm(TERMS), { ...scene.context(SUPPLIER), policy: undefined })
      .thenRefused('rules', 'POLICY.NOT_PUBLISHED');
  });
});

describe('Eligibility', () => {
  test.each([
    ['is not enrolled', { enrolled: false }, ['SUPPLIER.NOT_ENROLLED']],
    ['is not qualified', { qualified: false }, ['SUPPLIER.NOT_QUALIFIED']],
    ['is suspended', { suspended: true }, ['SUPPLIER.SUSPENDED']],
    ['has no limit', { limit: undefined }, ['SUPPLIER.NO_LIMIT']],
    [
      'is none of it',
      { qualified: false, suspended: true, limit: undefined },
      ['SUPPLIER.NOT_QUALIFIED', 'SUPPLIER.SUSPENDED', 'SUPPLIER.NO_LIMIT'],
    ],
  ])('rule 1: a supplier that %s', (_, supplier, codes) => {
    confirming({ supplier }).thenRefused('rules', ...codes);
  });

  test('rule 1: a supplier that nobody knows', () => {
    for (const preset of ['standard', 'classic'] as const) {
      const scene = drafted({ preset });
      given(...scene.history)
        .when(confirm(TERMS), { ...scene.context(SUPPLIER), supplier: undefined })
        .thenRefused('rules', 'SUPPLIER.NOT_ENROLLED');
    }
  });

  test('rule 2: a country on the block list is refused, any other is not', () => {
    confirming({ supplier: { country: 'KP' } }).thenRefused('rules', 'SUPPLIER.COUNTRY_NOT_ALLOWED');
    confirming({ supplier: { country: 'VN' } }).thenTypes('ContractConfirmed', 'DeadlineSet', 'DeadlineSet');
  });

  test('rule 2: with a list that admits, only its countries', () => {
    confirming({ preset: 'classic', supplier: { country: 'VN' } }).thenRefused(
      'rules',
      'SUPPLIER.COUNTRY_NOT_ALLOWED',
    );
    confirming({ preset: 'classic' }).thenTypes('ContractConfirmed', 'DeadlineSet', 'DeadlineSet');
  });

  const worth = (cents: number, currency = 'USD'): Partial<Terms> => ({
    orderValue: money(cents, currency),
    coveredAmount: money(cents, currency),
    initialPayment: money(cents, currency),
    balance: money(0, currency),
  });

  test.each([
    ['standard', 10_000, 'USD'],
    ['classic', 100_000, 'USD'],
    ['current', 10_000, 'USD'],
    ['standard', 15_000, 'JPY'],
  ] as const)('rule 3: %s takes orders from %d minor units of %s', (preset, minimum, currency) => {
    const supplier = { limit: money(1_000_000, currency) };
    confirming({ preset, supplier, terms: worth(minimum, currency) }).thenTypes(
      'ContractConfirmed',
      'DeadlineSet',
      'DeadlineSet',
    );
    confirming({ preset, supplier, terms: worth(minimum - 1, currency) }).thenRefused(
      'rules',
      'ORDER.BELOW_MINIMUM',
    );
  });

  test('rule 3: a currency for which the policy names no minimum', () => {
    confirming({ supplier: { limit: money(1_000_000, 'ISK') }, terms: worth(1_000_000, 'ISK') }).thenRefused(
      'rules',
      'ORDER.CURRENCY_NOT_COVERED',
    );
  });

  test.each([
    'VEHICLES',
    'REAL_ESTATE',
    'WEBSITES_AND_BUSINESSES',
    'CLASSIFIEDS',
    'SERVICES',
    'BUSINESS_EQUIPMENT',
  ])('rule 3: %s are excluded', (category) => {
    confirming({ category }).thenRefused('rules', 'ORDER.CATEGORY_EXCLUDED');
  });

  test('rules 1, 2 and 3: every reason is named at once', () => {
    confirming({
      supplier: { suspended: true, country: 'KP' },
      category: 'VEHICLES',
      terms: worth(9_999),
    }).thenRefused(
      'rules',
      'SUPPLIER.SUSPENDED',
      'SUPPLIER.COUNTRY_NOT_ALLOWED',
      'ORDER.CATEGORY_EXCLUDED',
      'ORDER.BELOW_MINIMUM',
    );
  });

  test('rule 30: what the supplier owes for refunds shrinks the limit of its next contract', () => {
    const scene = confirmed({ supplier: { owed: usd(2_000) } });
    expect(scene.order.contract.confirmed?.supplier.limit).toBe(550_000);
    confirming({ supplier: { owed: usd(7_499.99) } }).thenTypes(
      'ContractConfirmed',
      'DeadlineSet',
      'DeadlineSet',
    );
    confirming({ supplier: { owed: usd(7_500) } }).thenRefused('rules', 'SUPPLIER.NO_COVER_LEFT');
    confirming({ supplier: { limit: usd(0) } }).thenRefused('rules', 'SUPPLIER.NO_COVER_LEFT');
  });
});

describe('What a confirmation takes of a limit that open orders share', () => {
  test.each([
    [10_000, 7_500, 0, 7_500],
    [6_000, 7_500, 0, 6_000],
    [6_000, 7_500, 2_000, 5_500],
    [6_000, 7_500, 9_000, 0],
  ])('rules 20 and 30: %d covered, limit %d, %d owed: %d', (covered, limit, owed, reserved) => {
    const { order } = drafted({ terms: { coveredAmount: usd(covered) } });
    const { supplier } = nobody({ supplier: { limit: usd(limit), owed: usd(owed) } }).context(BUYER);
    expect(coverageToReserve(order, supplier!)).toBe(usd(reserved).amount);
  });

  test('rule 1: where risk has set no limit there is nothing to take', () => {
    const { supplier } = nobody({ supplier: { limit: undefined } }).context(BUYER);
    expect(coverageToReserve(drafted().order, supplier!)).toBe(0);
  });
});

describe('Terms', () => {
  test('rule 5: the covered amount is above zero and at most the order value', () => {
    withTerms({ coveredAmount: usd(10_000) }).thenTypes('OrderDrafted');
    withTerms({ coveredAmount: usd(10_000.01) }).thenRefused('rules', 'TERMS.COVER_ABOVE_VALUE');
    withTerms({ coveredAmount: usd(0) }).thenRefused('rules', 'TERMS.NO_COVER');
    withTerms({ coveredAmount: usd(0.01) }).thenTypes('OrderDrafted');
  });

  test.each(['2026-04', '2026-04-01/2026-04-30', '2026-02-30', 'April', ''])(
    'rule 5: %p is not one exact ship date',
    (shipDate) => {
      withTerms({ shipDate }).thenRefused('rules', 'TERMS.SHIP_DATE_NOT_EXACT');
    },
  );

  test('rule 5: a ship date has not passed in the policy’s zone', () => {
    withTerms({ shipDate: '2026-03-01' }).thenTypes('OrderDrafted');
    withTerms({ shipDate: '2026-02-28' }).thenRefused('rules', 'TERMS.SHIP_DATE_PASSED');
    // In Shanghai the first of March ends at 16:00 in UTC.
    const setup: Setup = { preset: 'current', terms: { shipDate: '2026-03-01' } };
    const at = (now: string) => given().when(draft(setup), { ...nobody(setup).context(BUYER), now });
    at('2026-03-01T15:59:59.999Z').thenTypes('OrderDrafted');
    at('2026-03-01T16:00:00.000Z').thenRefused('rules', 'TERMS.SHIP_DATE_PASSED');
  });

  test('rule 5: what was still to come when it was drafted may have passed when it is confirmed', () => {
    const scene = drafted({ terms: { shipDate: '2026-03-05' } });
    const terms = { ...TERMS, shipDate: '2026-03-05' };
    scene
      .at('2026-03-05T23:59:59.999Z')
      .when(SUPPLIER, confirm(terms))
      .thenTypes('ContractConfirmed', 'DeadlineSet', 'DeadlineSet');
    scene
      .at('2026-03-06T00:00:00.000Z')
      .when(SUPPLIER, confirm(terms))
      .thenRefused('rules', 'TERMS.SHIP_DATE_PASSED');
  });

  test('rule 5: a value, a quantity, and specification terms that can be told apart', () => {
    withTerms({ quantity: { ...TERMS.quantity, count: 0 } }).thenRefused('rules', 'TERMS.NO_QUANTITY');
    const [colour] = TERMS.specification;
    const weight = { ...colour!, id: 'weight' };
    const { refusal } = withTerms({ specification: [colour!, weight, colour!, weight, colour!] }).thenRefused(
      'rules',
      'TERMS.SPECIFICATION_ID_TAKEN',
    ).decision;
    expect(refusal?.faults[0]?.message).toBe('Specification terms need ids of their own: colour, weight.');
    withTerms({ specification: [{ ...colour!, id: 'SHIP_DATE' }] }).thenRefused(
      'rules',
      'TERMS.SPECIFICATION_ID_TAKEN',
    );
    withTerms({
      orderValue: usd(0),
      coveredAmount: usd(0),
      initialPayment: usd(0),
      balance: usd(0),
    }).thenRefused('rules', 'TERMS.NO_VALUE', 'TERMS.NO_COVER', 'TERMS.NO_INITIAL_PAYMENT');
  });

  test('rule 5: counter-terms are held to the same rules', () => {
    const terms = { ...TERMS, coveredAmount: usd(20_000), shipDate: '2026-02-01' };
    drafted()
      .when(SUPPLIER, { type: 'ProposeTerms', data: { terms } })
      .thenRefused('rules', 'TERMS.COVER_ABOVE_VALUE', 'TERMS.SHIP_DATE_PASSED');
  });

  test('rule 9: initial payment and balance add up to the order value, and the first is above zero', () => {
    withTerms({ initialPayment: usd(10_000), balance: usd(0) }).thenTypes('OrderDrafted');
    withTerms({ balance: usd(6_999.99) }).thenRefused('rules', 'TERMS.MILESTONES_DO_NOT_ADD_UP');
    withTerms({ initialPayment: usd(0), balance: usd(10_000) }).thenRefused(
      'rules',
      'TERMS.NO_INITIAL_PAYMENT',
    );
  });

  test('rule 12: an order has one currency', () => {
    for (const name of ['coveredAmount', 'initialPayment', 'balance'] as const) {
      withTerms({ [name]: money(TERMS[name].amount, 'EUR') }).thenRefused('rules', 'TERMS.CURRENCY_MIXED');
    }
    drafted()
      .when(SUPPLIER, {
        type: 'ProposeTerms',
        data: { terms: { ...TERMS, orderValue: money(1_000_000, 'EUR') } },
      })
      .thenRefused('rules', 'TERMS.CURRENCY_MIXED');
  });
});

describe('Weaknesses', () => {
  const codes = (terms: Partial<Terms>, limit = 7_500) =>
    weaknessesOf({ ...TERMS, ...terms }, { ...nobody().context(BUYER).supplier!, limit: usd(limit) }).map(
      ({ code }) => code,
    );

  test('rule 6: a sound contract has none', () => {
    expect(codes({})).toEqual([]);
  });

  test('rule 6: no measurable quality term', () => {
    expect(codes({ specification: [] })).toEqual(['NO_MEASURABLE_TERM']);
    expect(codes({ specification: TERMS.specification.filter(({ measurable }) => !measurable) })).toEqual([
      'NO_MEASURABLE_TERM',
    ]);
  });

  test('rule 6: no inspection planned', () => {
    expect(codes({ inspectionPlan: undefined })).toEqual(['NO_INSPECTION_PLANNED']);
  });

  test('rule 6: a deposit above the supplier’s limit, or above the covered amount', () => {
    expect(codes({}, 3_000)).toEqual([]);
    expect(codes({}, 2_999.99)).toEqual(['DEPOSIT_ABOVE_LIMIT']);
    expect(codes({ coveredAmount: usd(3_000) })).toEqual([]);
    expect(codes({ coveredAmount: usd(2_999.99) })).toEqual(['COVER_BELOW_DEPOSIT']);
  });

  test('rule 6: nothing is said of the limit of a supplier that has none, or that nobody knows', () => {
    const weak = { ...TERMS, initialPayment: usd(9_000) };
    expect(weaknessesOf(weak, undefined)).toEqual([]);
    expect(weaknessesOf(weak, { ...nobody().context(BUYER).supplier!, limit: undefined })).toEqual([]);
  });

  test('rule 6: they warn, never refuse, and are recorded with the confirmation', () => {
    const scene = confirmed({
      terms: { specification: [], inspectionPlan: undefined },
      supplier: { limit: usd(100) },
    });
    const [data] = eventsOf(scene.history, 'ContractConfirmed');
    expect(data?.weaknesses).toEqual([
      {
        code: 'NO_MEASURABLE_TERM',
        message: 'No quality term can be measured: a quality claim will rest on opinion.',
      },
      { code: 'NO_INSPECTION_PLANNED', message: 'No inspection is planned: a quality claim needs one.' },
      { code: 'DEPOSIT_ABOVE_LIMIT', message: "The initial payment exceeds the supplier's assurance limit." },
    ]);
    const uncovered = confirmed({ terms: { coveredAmount: usd(2_999) } });
    expect(eventsOf(uncovered.history, 'ContractConfirmed')[0]?.weaknesses).toEqual([
      { code: 'COVER_BELOW_DEPOSIT', message: 'The covered amount is below the initial payment.' },
    ]);
  });
});

describe('How an order ends without a dispute', () => {
  test('a draft is abandoned by either party or the agent; a contract is cancelled as long as nothing was paid', () => {
    for (const by of [BUYER, SUPPLIER, AGENT]) {
      const [data] = eventsOf(drafted().does(by, CANCEL).events, 'OrderCancelled');
      expect(data).toMatchObject({ by: by === AGENT ? null : by.role, reason: 'DRAFT_ABANDONED' });
    }
    const scene = confirmed().does(SUPPLIER, CANCEL);
    expect(eventsOf(scene.events, 'OrderCancelled')).toMatchObject([{ reason: 'BEFORE_PAYMENT' }]);
    expect(typesOf(scene.events)).toEqual(['OrderCancelled', 'DeadlineMet', 'DeadlineMet']);
    confirmed()
      .does(PAYMENTS, pay({ amount: usd(0.01) }))
      .when(BUYER, CANCEL)
      .thenRefused('wrong_state', 'ORDER.PAID');
    paid().when(BUYER, CANCEL).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    drafted().when({ role: 'buyer', id: 'B2' }, CANCEL).thenRefused('not_found', 'ORDER.NOT_FOUND');
  });

  test('a satisfied buyer completes what it has received, and each party leaves its feedback once', () => {
    paid().when(BUYER, COMPLETE).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    const scene = received().does(BUYER, COMPLETE);
    expect(typesOf(scene.events)).toEqual(['ReleaseInstructed', 'OrderCompleted', 'DeadlineMet']);
    const feedback = { type: 'LeaveFeedback', data: { rating: 5, text: 'As agreed.' } } as const;
    received().when(BUYER, feedback).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    const told = scene.does(BUYER, feedback);
    told.when(BUYER, feedback).thenRefused('wrong_state', 'ORDER.FEEDBACK_LEFT');
    expect(told.does(SUPPLIER, feedback).order.contract.feedback).toEqual(['buyer', 'supplier']);
  });
});

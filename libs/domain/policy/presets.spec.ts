import { Value } from 'typebox/value';
import { decidePolicy } from './decide.js';
import { evolvePolicy } from './evolve.js';
import { PolicyParameters } from './parameters.js';
import { PRESETS, PRESET_IDS, presetCommands, publishedPreset } from './presets.js';
import { publishedPolicy, type Policy } from './state.js';
import { contradictions } from './validate.js';

const { standard, classic, current } = PRESETS;
const all = (pick: (parameters: PolicyParameters) => unknown) => [
  pick(standard),
  pick(classic),
  pick(current),
];
const minimum = (currency: string) =>
  all((p) => p.minimumOrder.find((one) => one.currency === currency)?.amount);

describe('Policy presets, row by row: standard, classic, current', () => {
  test.each<[string, readonly unknown[], readonly unknown[]]>([
    ['minimum order, in cents (rule 3)', minimum('USD'), [10_000, 100_000, 10_000]],
    ['minimum order, in yen', minimum('JPY'), [15_000, 150_000, 15_000]],
    ['supplier response (rule 23)', all((p) => p.supplierResponse), ['P5D', 'P5D', 'P3D']],
    [
      'silence (rule 23)',
      all((p) => [p.silence, p.autoEscalation]),
      [
        ['ESCALATE', null],
        ['BUYER_MAY_ESCALATE', null],
        ['AWAIT_AUTO_ESCALATION', 'P7D'],
      ],
    ],
    [
      'settlement (rule 24)',
      all((p) => [p.settlement.period, p.settlement.then]),
      [
        ['P15D', 'EITHER_MAY_ESCALATE'],
        ['P15D', 'BUYER_MAY_ESCALATE'],
        ['P3D', 'BUYER_MAY_ESCALATE'],
      ],
    ],
    [
      'claim window (rule 22)',
      all((p) => [p.claimWindow.anchor, p.claimWindow.period]),
      [
        ['RECEIPT', 'P30D'],
        ['SHIPMENT', null],
        ['CUSTOMS_CLEARANCE', 'P15D'],
      ],
    ],
    [
      'grounds (rule 14)',
      all((p) => p.grounds),
      [
        ['LATE_SHIPMENT', 'QUALITY', 'QUANTITY'],
        ['LATE_SHIPMENT', 'QUALITY'],
        ['LATE_SHIPMENT', 'QUALITY'],
      ],
    ],
    ['supplier countries (rule 2)', all((p) => p.supplierCountries.mode), ['BLOCK', 'ALLOW', 'BLOCK']],
    ['methods (rule 8)', all((p) => p.methods.length), [6, 1, 6]],
    [
      'ambiguity (rule 19)',
      all((p) => p.ambiguity),
      ['INDUSTRY_STANDARD', 'INDUSTRY_STANDARD', 'AGAINST_CLAIMANT'],
    ],
    ['inspection fee (rule 29)', all((p) => p.inspectionFee), ['LOSER', 'BUYER', 'BUYER']],
    ['evidence (rule 26)', all((p) => p.evidence), ['P5D', 'P5D', 'P5D']],
    ['appeal (rule 28)', all((p) => p.appeal), ['P15D', null, 'P15D']],
    ['limit scope (rule 30)', all((p) => p.limitScope), ['PER_ORDER', 'PER_ORDER', 'AGGREGATE_OPEN']],
    ['zone', all((p) => p.zone), ['UTC', 'Asia/Shanghai', 'Asia/Shanghai']],
    ['days', all((p) => p.days.kind), ['CALENDAR', 'CALENDAR', 'CALENDAR']],
    ['custody (rule 10)', all((p) => p.custody), ['ESCROW', 'DESIGNATED_ACCOUNT', 'ESCROW']],
    ['lateness grace (rule 15)', all((p) => p.latenessGrace), ['P0D', 'P0D', 'P0D']],
    [
      'post-delivery inspection (rule 16)',
      all((p) => p.postDeliveryInspection),
      ['ACCEPTED_INSPECTOR', 'NOT_APPLICABLE', 'ACCEPTED_INSPECTOR'],
    ],
    [
      'determination final (rule 28)',
      all((p) => p.determinationFinal),
      ['APPEAL_WINDOW', 'AT_ONCE', 'APPEAL_WINDOW'],
    ],
  ])('%s', (_row, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test('rule 2: classic covers suppliers in Mainland China only', () => {
    expect(classic.supplierCountries).toEqual({ mode: 'ALLOW', countries: ['CN'] });
  });

  test('rule 8: what each method may pay, and what it costs', () => {
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    expect(standard.methods).toEqual([
      { method: 'TELEGRAPHIC_TRANSFER', fee: { kind: 'RANGE', from: usd(3_000), to: usd(5_000) } },
      { method: 'CARD', fee: { kind: 'RATE', basisPoints: 295 } },
      {
        method: 'WESTERN_UNION',
        cap: usd(250_000),
        capExclusive: true,
        currencies: ['USD'],
        payerCountries: ['US'],
        fee: { kind: 'RANGE', from: usd(490), to: usd(4_500) },
      },
      { method: 'E_CHECKING', currencies: ['USD'], payerCountries: ['US'], fee: { kind: 'NONE' } },
      { method: 'ONLINE_BANK_PAYMENT', fee: { kind: 'NONE' } },
      { method: 'PAY_LATER', cap: usd(15_000_000), currencies: ['USD'], fee: { kind: 'NONE' } },
    ]);
    expect(classic.methods).toEqual([standard.methods[0]]);
  });
});

describe('The presets are ordinary policies that ship published', () => {
  test.each(PRESET_IDS)('%s has the shape of the schema and does not contradict itself', (policyId) => {
    expect([...Value.Errors(PolicyParameters, PRESETS[policyId])]).toEqual([]);
    expect(contradictions(PRESETS[policyId])).toEqual([]);
  });

  test('they are drafted by one admin and published by another, through the ordinary commands', () => {
    const policies = new Map<string, Policy>();
    for (const { policyId, caller, command } of presetCommands) {
      const decision = decidePolicy(policies.get(policyId), command, {
        now: '2026-01-01T00:00:00.000Z',
        caller,
      });
      expect(decision.refusal).toBeUndefined();
      for (const { event } of decision.accepted)
        policies.set(policyId, evolvePolicy(policies.get(policyId), event));
    }
    expect([...policies.values()].map((policy) => publishedPolicy(policy))).toEqual(
      PRESET_IDS.map(publishedPreset),
    );
    expect(policies.get('standard')?.versions[0]).toMatchObject({
      draftedBy: 'recourse',
      publishedBy: 'recourse-release',
    });
  });
});

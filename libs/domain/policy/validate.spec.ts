import type { PolicyParameters } from './parameters.js';
import { PRESETS } from './presets.js';
import { contradictions } from './validate.js';
import { expectToExplain } from '../spec.js';

const { standard, classic, current } = PRESETS;
const usd = (amount: number) => ({ amount, currency: 'USD' });
const card = { method: 'CARD', fee: { kind: 'NONE' } } as const;
const working = { kind: 'WORKING', holidays: 'CN' } as const;
const mediaTypes = (...types: string[]): Partial<PolicyParameters> => ({
  evidenceLimits: { ...standard.evidenceLimits, mediaTypes: types },
});

const refused = (parameters: PolicyParameters) => {
  const faults = contradictions(parameters);
  if (faults.length > 0) expectToExplain({ kind: 'rules', faults }, { data: { parameters } });
  return faults.map(
    ({ code, pointer }) => `${code.replace('POLICY.', '')} ${pointer?.replace('/parameters', '')}`,
  );
};
const lasting = (recoveryDue: string): Partial<PolicyParameters> => ({ recoveryDue });
const TOO_LONG = ['PERIOD_TOO_LONG /recoveryDue'];

describe('A policy is refused when it contradicts itself', () => {
  test.each<[string, Partial<PolicyParameters>, readonly string[]]>([
    [
      'rule 23: an automatic escalation before the response time ends',
      { autoEscalation: 'P4D' },
      ['ESCALATION_BEFORE_RESPONSE /autoEscalation'],
    ],
    ['rule 23: at the end of the response time it is none', { autoEscalation: 'P5D' }, []],
    ['rule 23: the same time in other words is none', { autoEscalation: 'PT120H' }, []],
    [
      'rule 23: a month may be shorter than 30 days',
      {
        autoEscalation: 'P1M',
        supplierResponse: 'P30D',
        settlement: { period: 'P60D', then: 'EITHER_MAY_ESCALATE' },
      },
      ['ESCALATION_BEFORE_RESPONSE /autoEscalation'],
    ],
    [
      'rule 23: hours run over holidays, working days do not',
      { autoEscalation: 'PT120H', days: working },
      ['ESCALATION_BEFORE_RESPONSE /autoEscalation'],
    ],
    [
      'rule 24: a settlement that escalates by itself before the response time ends',
      { settlement: { period: 'P2D', then: 'ESCALATE' } },
      ['ESCALATION_BEFORE_RESPONSE /settlement/period'],
    ],
    [
      'rule 24: one that lets the buyer escalate is none',
      { settlement: { period: 'P2D', then: 'BUYER_MAY_ESCALATE' } },
      [],
    ],
    [
      'rule 23: silence that awaits nothing',
      { silence: 'AWAIT_AUTO_ESCALATION' },
      ['SILENCE_AWAITS_NOTHING /silence'],
    ],
    [
      'rule 22: a window without its period',
      { claimWindow: { anchor: 'RECEIPT', period: null } },
      ['WINDOW_WITHOUT_PERIOD /claimWindow/period'],
    ],
    [
      'rule 22: a window without its anchor',
      { claimWindow: { anchor: 'SHIPMENT', period: 'P5D' } },
      ['WINDOW_WITHOUT_ANCHOR /claimWindow/period'],
    ],
    [
      'rule 28: final with an appeal window that does not exist',
      { appeal: null },
      ['FINAL_WITHOUT_APPEAL_WINDOW /determinationFinal'],
    ],
    [
      'rule 12: currencies without a minor unit, wherever they stand',
      {
        minimumOrder: [usd(1), { amount: 1, currency: 'XAU' }],
        methods: [
          {
            method: 'PAY_LATER',
            cap: { amount: 1, currency: 'ABC' },
            currencies: ['ABC'],
            fee: { kind: 'RANGE', from: { amount: 1, currency: 'XXX' }, to: { amount: 1, currency: 'XXX' } },
          },
        ],
      },
      [
        'CURRENCY_WITHOUT_MINOR_UNIT /minimumOrder/1/currency',
        'CURRENCY_WITHOUT_MINOR_UNIT /methods/0/cap/currency',
        'CURRENCY_WITHOUT_MINOR_UNIT /methods/0/currencies/0',
        'CURRENCY_WITHOUT_MINOR_UNIT /methods/0/fee/from/currency',
        'CURRENCY_WITHOUT_MINOR_UNIT /methods/0/fee/to/currency',
      ],
    ],
    [
      'rule 3: two minimums of a currency',
      { minimumOrder: [usd(1), usd(2)] },
      ['MINIMUM_TWICE /minimumOrder/1'],
    ],
    ['rule 8: a method twice', { methods: [card, card] }, ['METHOD_TWICE /methods/1']],
    [
      'rule 8: a cap that cannot be compared',
      {
        methods: [
          { ...card, cap: usd(5) },
          { ...card, method: 'PAY_LATER', cap: usd(5), currencies: ['USD', 'EUR'] },
        ],
      },
      ['CAP_IN_ANOTHER_CURRENCY /methods/0/currencies', 'CAP_IN_ANOTHER_CURRENCY /methods/1/currencies'],
    ],
    [
      'rule 8: a cap of zero, and an exclusive cap that is none',
      {
        methods: [
          { ...card, cap: usd(0), currencies: ['USD'] },
          { ...card, method: 'PAY_LATER', capExclusive: true },
        ],
      },
      ['CAP_OF_ZERO /methods/0/cap/amount', 'EXCLUSIVE_WITHOUT_CAP /methods/1/capExclusive'],
    ],
    [
      'rule 8: a method for nobody',
      { methods: [{ ...card, currencies: [], payerCountries: [] }] },
      ['METHOD_FOR_NOBODY /methods/0/currencies', 'METHOD_FOR_NOBODY /methods/0/payerCountries'],
    ],
    [
      'rule 8: a fee that ends below its beginning, in another currency',
      { methods: [{ ...card, fee: { kind: 'RANGE', from: usd(9), to: { amount: 8, currency: 'EUR' } } }] },
      ['FEE_IN_TWO_CURRENCIES /methods/0/fee', 'FEE_RANGE_REVERSED /methods/0/fee'],
    ],
    [
      'rule 8: a fee of one amount, and a cap in the one currency that is taken',
      {
        methods: [
          { ...card, cap: usd(5), currencies: ['USD'], fee: { kind: 'RANGE', from: usd(9), to: usd(9) } },
        ],
      },
      [],
    ],
    [
      'rule 14: the two grounds that always hold, and the two that never do',
      { grounds: ['QUALITY', 'NOT_RECEIVED', 'OTHER'] },
      ['GROUND_MISSING /grounds', 'GROUND_NOT_COVERED /grounds/1', 'GROUND_NOT_COVERED /grounds/2'],
    ],
    [
      'rule 14: a policy may enable transit damage and fraud',
      { grounds: [...standard.grounds, 'TRANSIT_DAMAGE', 'FRAUD'] },
      [],
    ],
    [
      'rule 16: quality that no inspection can show',
      { preShipmentInspection: [], postDeliveryInspection: 'NOT_APPLICABLE' },
      ['NO_INSPECTION_COUNTS /preShipmentInspection'],
    ],
    [
      'rule 2: no country is allowed',
      { supplierCountries: { mode: 'ALLOW', countries: [] } },
      ['NO_COUNTRY_ALLOWED /supplierCountries/countries'],
    ],
    ['rule 2: no country is blocked', { supplierCountries: { mode: 'BLOCK', countries: [] } }, []],
    ['Deadlines: an unknown zone', { zone: 'Asia/Beijing' }, ['ZONE_UNKNOWN /zone']],
    ['Deadlines: an offset is no zone', { zone: '+08:00' }, ['ZONE_UNKNOWN /zone']],
    [
      'Deadlines: unknown holidays',
      { days: { kind: 'WORKING', holidays: 'XX' } },
      ['HOLIDAYS_UNKNOWN /days/holidays'],
    ],
    ['Deadlines: working days', { days: working }, []],
    [
      'Deadlines: weeks and months are no working days',
      { days: working, appeal: 'P2W', recoveryDue: 'P1M' },
      ['PERIOD_NOT_IN_DAYS /appeal', 'PERIOD_NOT_IN_DAYS /recoveryDue'],
    ],
    [
      'Deadlines: no time at all, less than none, and no duration',
      {
        evidence: 'P0D',
        determinationDue: 'PT0S',
        paymentDue: 'P-5D',
        autoReceipt: '-P5D',
        offerExpiry: 'Pfive',
      },
      [
        'PERIOD_MALFORMED /paymentDue',
        'PERIOD_MALFORMED /offerExpiry',
        'PERIOD_MALFORMED /autoReceipt',
        'PERIOD_EMPTY /evidence',
        'PERIOD_EMPTY /determinationDue',
      ],
    ],
    ['rule 15: only the grace may be nothing', { latenessGrace: 'PT0S' }, []],
    ['Deadlines: longer than ten years', lasting('P11Y'), TOO_LONG],
    ['Deadlines: ten years, in months of 30 days', lasting('P122M'), []],
    ['Deadlines: and one more', lasting('P123M'), TOO_LONG],
    ['Deadlines: ten years, in weeks', lasting('P522W'), []],
    ['Deadlines: and one week', lasting('P523W'), TOO_LONG],
    ['Deadlines: ten years, in days', lasting('P3660D'), []],
    ['Deadlines: and one day', lasting('P3661D'), TOO_LONG],
    ['Deadlines: ten years, in hours', lasting('PT87840H'), []],
    ['Deadlines: and one second', lasting('P3660DT1S'), TOO_LONG],
    [
      'rule 26: evidence that runs script in its reader’s browser',
      mediaTypes(
        'image/svg+xml',
        'text/html',
        'application/xhtml+xml',
        'text/javascript',
        'application/xml',
        'message/rfc822',
      ),
      [0, 1, 2, 3, 4, 5].map((index) => `MEDIA_TYPE_RUNS_SCRIPT /evidenceLimits/mediaTypes/${index}`),
    ],
    [
      'rule 26: no concrete media type',
      mediaTypes('image/*', 'IMAGE/SVG+XML', 'text/html; charset=utf-8', 'png', ''),
      [0, 1, 2, 3, 4].map((index) => `MEDIA_TYPE_MALFORMED /evidenceLimits/mediaTypes/${index}`),
    ],
    [
      'rule 26: limits that admit nothing',
      { evidenceKinds: [], evidenceLimits: { maxFileBytes: 0, maxPartyBytes: 0, mediaTypes: [] } },
      [
        'NO_EVIDENCE_KIND /evidenceKinds',
        'NO_MEDIA_TYPE /evidenceLimits/mediaTypes',
        'FILE_LIMIT_OF_ZERO /evidenceLimits/maxFileBytes',
      ],
    ],
    [
      'rule 26: one file larger than all together',
      { evidenceLimits: { ...standard.evidenceLimits, maxPartyBytes: 1 } },
      ['FILE_ABOVE_PARTY_LIMIT /evidenceLimits/maxFileBytes'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(refused({ ...standard, ...change })).toEqual(expected);
  });

  test.each<[string, Partial<PolicyParameters>, object]>([
    ['rule 12', { minimumOrder: [{ amount: 1, currency: 'XAU' }] }, { facts: { currency: 'XAU' } }],
    ['rule 3', { minimumOrder: [usd(1), usd(2)] }, { facts: { currency: 'USD' } }],
    [
      'rule 8',
      { methods: [card, card] },
      { message: 'CARD: is listed more than once.', facts: { method: 'CARD' } },
    ],
    ['rule 22', { claimWindow: { anchor: 'RECEIPT', period: null } }, { facts: { anchor: 'RECEIPT' } }],
    [
      'rule 22',
      { claimWindow: { anchor: 'SHIPMENT', period: 'P5D' } },
      { facts: { anchor: 'SHIPMENT', period: 'P5D' } },
    ],
    ['rule 23', { autoEscalation: 'P4D' }, { facts: { escalation: 'P4D', supplierResponse: 'P5D' } }],
    ['rule 26', { evidence: 'P0D' }, { facts: { period: 'P0D' } }],
    ['rule 26', mediaTypes('png'), { facts: { mediaType: 'png' } }],
    ['rule 26', mediaTypes('text/html'), { facts: { mediaType: 'text/html' } }],
    [
      'rule 26',
      { evidenceLimits: { ...standard.evidenceLimits, maxPartyBytes: 1 } },
      { facts: { maxFileBytes: standard.evidenceLimits.maxFileBytes, maxPartyBytes: 1 } },
    ],
  ])('%s: %j is told with what it was found in', (rule, change, fault) => {
    const faults = contradictions({ ...standard, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ rule: Number(rule.slice('rule '.length)), ...fault });
  });

  test('every contradiction is named, not only the first', () => {
    const broken = {
      ...classic,
      zone: 'Mars',
      determinationFinal: 'APPEAL_WINDOW',
      silence: 'AWAIT_AUTO_ESCALATION',
    } as const;
    expect(refused(broken)).toHaveLength(3);
    expect(refused({ ...current, autoEscalation: 'P2D' })).toEqual([
      'ESCALATION_BEFORE_RESPONSE /autoEscalation',
    ]);
  });
});

import { money, type Money } from '../../kernel/money.js';
import type { Caller } from '../decision.js';
import type { PublishedPolicy } from '../order/context.js';
import { CATEGORIES_EXCLUDED_BY_DEFAULT, EVIDENCE_KINDS, INSPECTOR_KINDS } from '../vocabulary.js';
import type { PolicyCommand } from './commands.js';
import type { PolicyParameters } from './parameters.js';

/**
 * A hundred US dollars in the currencies that orders are made in, in minor units: round amounts, fixed by the policy,
 * so that a rate of the day never decides whether an order is covered (rule 3).
 */
const HUNDRED_DOLLARS: Readonly<Record<string, number>> = {
  USD: 10_000,
  AED: 37_000,
  AUD: 15_000,
  BHD: 38_000,
  BRL: 55_000,
  CAD: 14_000,
  CHF: 9_000,
  CNY: 70_000,
  CZK: 220_000,
  DKK: 68_000,
  EGP: 500_000,
  EUR: 9_000,
  GBP: 8_000,
  HKD: 78_000,
  HUF: 3_500_000,
  IDR: 160_000_000,
  ILS: 36_000,
  INR: 850_000,
  JPY: 15_000,
  KES: 1_300_000,
  KRW: 140_000,
  KWD: 31_000,
  MXN: 190_000,
  MYR: 44_000,
  NGN: 15_000_000,
  NOK: 105_000,
  NZD: 17_000,
  PHP: 570_000,
  PKR: 2_800_000,
  PLN: 38_000,
  RON: 45_000,
  SAR: 37_500,
  SEK: 100_000,
  SGD: 13_000,
  THB: 340_000,
  TRY: 400_000,
  TWD: 320_000,
  VND: 2_600_000,
  ZAR: 180_000,
};

const minimum = (hundredsOfDollars: number): Money[] =>
  Object.entries(HUNDRED_DOLLARS).map(([currency, amount]) => money(amount * hundredsOfDollars, currency));

const usd = (cents: number) => money(cents, 'USD');

/** Rule 8. A cap in dollars can be compared with dollars only, so what has one takes nothing else. */
const TELEGRAPHIC_TRANSFER: PolicyParameters['methods'][number] = {
  method: 'TELEGRAPHIC_TRANSFER',
  fee: { kind: 'RANGE', from: usd(3_000), to: usd(5_000) },
};
const ALL_METHODS: PolicyParameters['methods'] = [
  TELEGRAPHIC_TRANSFER,
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
];

const MEBIBYTE = 1_048_576;

/** Nothing that a browser would run: see validate.ts. */
const MEDIA_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/heic',
  'application/pdf',
  'text/plain',
  'text/csv',
  'video/mp4',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

const standard: PolicyParameters = {
  minimumOrder: minimum(1),
  excludedCategories: [...CATEGORIES_EXCLUDED_BY_DEFAULT],
  supplierCountries: { mode: 'BLOCK', countries: ['CU', 'IR', 'KP'] },
  methods: ALL_METHODS,
  grounds: ['LATE_SHIPMENT', 'QUALITY', 'QUANTITY'],
  paymentDue: 'P7D',
  latenessGrace: 'P0D',
  supplierResponse: 'P5D',
  silence: 'ESCALATE',
  autoEscalation: null,
  settlement: { period: 'P15D', then: 'EITHER_MAY_ESCALATE' },
  offerExpiry: 'P3D',
  claimWindow: { anchor: 'RECEIPT', period: 'P30D' },
  autoReceipt: 'P60D',
  ambiguity: 'INDUSTRY_STANDARD',
  inspectionFee: 'LOSER',
  evidence: 'P5D',
  missedEvidence: 'CLOSE',
  evidenceKinds: [...EVIDENCE_KINDS],
  evidenceLimits: {
    maxFileBytes: 20 * MEBIBYTE,
    maxPartyBytes: 200 * MEBIBYTE,
    mediaTypes: MEDIA_TYPES,
  },
  determinationDue: 'P14D',
  appeal: 'P15D',
  determinationFinal: 'APPEAL_WINDOW',
  recoveryDue: 'P30D',
  recoveryBasis: 'REFUND',
  limitScope: 'PER_ORDER',
  custody: 'ESCROW',
  preShipmentInspection: [...INSPECTOR_KINDS],
  postDeliveryInspection: 'ACCEPTED_INSPECTOR',
  zone: 'UTC',
  days: { kind: 'CALENDAR' },
};

const classic: PolicyParameters = {
  ...standard,
  minimumOrder: minimum(10),
  supplierCountries: { mode: 'ALLOW', countries: ['CN'] },
  methods: [TELEGRAPHIC_TRANSFER],
  grounds: ['LATE_SHIPMENT', 'QUALITY'],
  silence: 'BUYER_MAY_ESCALATE',
  settlement: { period: 'P15D', then: 'BUYER_MAY_ESCALATE' },
  claimWindow: { anchor: 'SHIPMENT', period: null },
  inspectionFee: 'BUYER',
  appeal: null,
  determinationFinal: 'AT_ONCE',
  custody: 'DESIGNATED_ACCOUNT',
  postDeliveryInspection: 'NOT_APPLICABLE',
  zone: 'Asia/Shanghai',
};

const current: PolicyParameters = {
  ...standard,
  grounds: ['LATE_SHIPMENT', 'QUALITY'],
  supplierResponse: 'P3D',
  silence: 'AWAIT_AUTO_ESCALATION',
  autoEscalation: 'P7D',
  settlement: { period: 'P3D', then: 'BUYER_MAY_ESCALATE' },
  claimWindow: { anchor: 'CUSTOMS_CLEARANCE', period: 'P15D' },
  ambiguity: 'AGAINST_CLAIMANT',
  inspectionFee: 'BUYER',
  limitScope: 'AGGREGATE_OPEN',
  zone: 'Asia/Shanghai',
};

export const PRESET_IDS = ['standard', 'classic', 'current'] as const;
export type PresetId = (typeof PRESET_IDS)[number];

/** "Policy presets": the parameters of the three policies that ship published. */
export const PRESETS: Readonly<Record<PresetId, PolicyParameters>> = { standard, classic, current };

/** A preset as an order meets it: its first version. */
export const publishedPreset = (policyId: PresetId): PublishedPolicy => ({
  policyId,
  version: 1,
  parameters: PRESETS[policyId],
});

const TITLES: Readonly<Record<PresetId, string>> = {
  standard: 'Standard: five days to answer, silence escalates',
  classic: 'Classic: pre-shipment cover of suppliers in China, paid by T/T',
  current: 'Current: three days to answer, escalation on day seven',
};

const DRAFTER: Caller = { role: 'policy_admin', id: 'recourse' };
const PUBLISHER: Caller = { role: 'policy_admin', id: 'recourse-release' };

/** What brings the presets into an empty store, in order: ordinary commands, and a second admin who publishes. */
export const presetCommands: readonly {
  readonly policyId: PresetId;
  readonly caller: Caller;
  readonly command: PolicyCommand;
}[] = PRESET_IDS.flatMap((policyId) => [
  {
    policyId,
    caller: DRAFTER,
    command: {
      type: 'DraftPolicy',
      data: { policyId, title: TITLES[policyId], parameters: PRESETS[policyId] },
    },
  },
  { policyId, caller: PUBLISHER, command: { type: 'PublishPolicy', data: { version: 1 } } },
]);

import { letter, report, shadePhoto } from './exhibits.js';
import type { Story } from './story.js';

const LETTER = `To the works

Two pallets of the five are not the blue that we agreed on. The swatch is on file with you: RAL 5010.
We also weighed a hundred pieces; twelve are too light.

第三、第五托盘颜色不符，请于本周内答复。`;

const REPORT = [
  'Colour: 40 samples of 500, delta E 4.2 against RAL 5010 (agreed: below 1.0). Does not conform.',
  'Weight: 100 samples of 500, 12 below 245 g. Does not conform.',
  'Finish: no measurable term. Nothing remarkable.',
];

/** What happens on one day of a plot, counted from its first. */
export interface Step {
  readonly day: number;
  act(story: Story, now: string): Promise<unknown>;
}

/** A way that an order may go. It is told so that the demo ends `rest` days after its last step. */
export interface Plot {
  readonly name: string;
  readonly steps: readonly Step[];
  /** How many orders go this way. */
  readonly orders: number;
  /** The demo ends between so many days after the last step. */
  readonly rest: readonly [from: number, to: number];
}

const on = (day: number, act: Step['act']): Step => ({ day, act });

const drafted = [on(0, (story, now) => story.draft(now))];
const confirmed = [...drafted, on(1, (story) => story.confirm())];
const paid = [...confirmed, on(2, (story) => story.pay('INITIAL'))];
const shipped = [
  ...paid,
  on(11, (story) => story.pay('BALANCE')),
  on(12, ({ order, index }) =>
    order('supplier', 'record-shipment', {
      shipmentId: `ship-${index}`,
      carrier: index % 2 === 0 ? 'COSCO' : '中远海运',
      trackingNumber: `COSU62${100_000 + index}`,
      quantity: 500,
    }),
  ),
];
const received = [...shipped, on(26, ({ order }) => order('buyer', 'confirm-receipt', { quantity: 500 }))];

const late = [
  ...paid,
  on(16, ({ dispute, money, deposit, index }) =>
    dispute('buyer', 'open', {
      ground: 'LATE_SHIPMENT',
      claimed: money(deposit),
      statement:
        index % 3 === 0
          ? '约定的发货日已过，工厂没有发货，也没有任何答复。我们要求全额退款。'
          : 'The goods were promised for our opening. They have not been shipped, and nobody answers the telephone.',
      terms: ['SHIP_DATE'],
      desiredRemedy: 'FULL_REFUND',
    }),
  ),
];

const poorQuality = [
  ...received,
  on(27, ({ order, index }) =>
    order('buyer', 'book-inspection', {
      inspectionId: `insp-${index}`,
      stage: 'POST_DELIVERY',
      by: 'THIRD_PARTY',
      inspectorId: 'inspector-rao',
    }),
  ),
  on(28, ({ dispute, money, value }) =>
    dispute('buyer', 'open', {
      ground: 'QUALITY',
      claimed: money(value * 0.6),
      statement:
        'Two pallets of five are the wrong shade, and every eighth piece is underweight. What can be sold we sell at a discount.',
      terms: ['colour', 'weight'],
      desiredRemedy: 'PARTIAL_REFUND',
    }),
  ),
  on(29, ({ submit, index }) =>
    submit('buyer', 'PHOTO', shadePhoto(index), 'What was agreed on the left, what came on the right', [
      'colour',
    ]),
  ),
  on(30, ({ order, index }) =>
    order('inspector', 'report-inspection', {
      inspectionId: `insp-${index}`,
      result: 'FAIL',
      findings: [
        { term: 'colour', conforms: false, note: 'ΔE 4.2 against RAL 5010, 40 samples' },
        { term: 'weight', conforms: false, note: '12 of 100 pieces below 245 g' },
        { term: 'finish', conforms: true },
      ],
      reportHash: 'a'.repeat(64),
    }),
  ),
];

const rejected = [
  ...poorQuality,
  on(31, ({ dispute }) =>
    dispute('supplier', 'respond', {
      response: 'REJECT',
      statement: '货物出厂前已检验合格，颜色在约定公差之内。运输受潮可能导致色差。',
      reasonCodes: ['GOODS_CONFORM'],
    }),
  ),
  on(32, ({ submit }) =>
    submit('buyer', 'CORRESPONDENCE', letter(LETTER), 'Our letter to the works', ['colour', 'weight']),
  ),
  on(32, ({ dispute }) =>
    dispute('buyer', 'post-message', { text: 'The cartons were dry. We have the photos of the opening.' }),
  ),
  on(33, ({ dispute, money, value }) =>
    dispute('supplier', 'propose-settlement', {
      remedies: ['PARTIAL_REFUND'],
      amount: money(value * 0.1),
      message: 'As a gesture of good will, ten per cent.',
    }),
  ),
];

const countered = [
  ...poorQuality,
  on(31, ({ dispute, money, value }) =>
    dispute('supplier', 'respond', {
      response: 'COUNTER',
      statement: 'The shade is off on two pallets, we see that. The weight is not.',
      offer: {
        remedies: ['PARTIAL_REFUND', 'CORRECTION'],
        amount: money(value * 0.25),
        message: 'A quarter, and new labels.',
      },
    }),
  ),
];

const escalated = [...rejected, on(35, ({ dispute }) => dispute('buyer', 'escalate', {}))];

const assign = ({ dispute, arbitrator }: Story) => dispute('agent', 'assign-arbitrator', { arbitrator });

/** Silence escalates by itself on the fifth day after the opening. */
const lateAssigned = [...late, on(22, assign)];
const inspectorsReport = on(35, ({ submit, orderId }: Story) =>
  submit(
    'agent',
    'INSPECTION_REPORT',
    report(['Rao Testing Services', `Report on order ${orderId}`, '', ...REPORT]),
    'The report in full',
    ['colour', 'weight'],
  ),
);

const qualityAssigned = [...escalated, inspectorsReport, on(36, assign)];

const rule =
  (verb: string, liability: number, who: 'arbitrator' | 'appeal' = 'arbitrator') =>
  async ({ dispute, revision }: Story) =>
    dispute(who, verb, {
      liability,
      remedies: liability === 0 ? ['NOTHING'] : ['PARTIAL_REFUND'],
      reasonCodes: liability === 0 ? ['INSUFFICIENT_EVIDENCE'] : ['GOODS_NONCONFORMING'],
      evidence: [1],
      terms: ['colour'],
      fileRevision: await revision(),
      statement:
        liability === 0
          ? 'The photos show one piece; nothing ties it to this delivery.'
          : 'The inspector found the shade off by more than four times the tolerance. The weight bears on a smaller part of the goods.',
    });

const determined = [...qualityAssigned, on(40, rule('issue-determination', 6_000))];
const appealed = [
  ...determined,
  on(42, ({ dispute }) =>
    dispute('supplier', 'lodge-appeal', {
      statement: 'The inspector measured in artificial light. 请求重新检验。',
    }),
  ),
];
const appealAssigned = [
  ...appealed,
  on(43, ({ dispute }) => dispute('agent', 'assign-arbitrator', { arbitrator: 'appeal-tanaka' })),
];

const requestProof = on(23, ({ dispute }: Story) =>
  dispute('arbitrator', 'request-evidence', {
    from: 'supplier',
    kinds: ['SHIPPING_DOCUMENT'],
    question: 'Has anything been handed to a carrier, and when?',
  }),
);

const refundAll = async ({ dispute, revision }: Story) =>
  dispute('arbitrator', 'issue-determination', {
    liability: 10_000,
    remedies: ['FULL_REFUND'],
    reasonCodes: ['NOT_SHIPPED'],
    evidence: [],
    terms: ['SHIP_DATE'],
    fileRevision: await revision(),
    statement: 'Nothing was shipped by the agreed date, and the supplier has not said a word about it.',
  });

export const plots: readonly Plot[] = [
  { name: 'a draft', steps: drafted, orders: 8, rest: [0, 6] },
  { name: 'confirmed, not yet paid', steps: confirmed, orders: 8, rest: [0, 4] },
  { name: 'never paid', steps: confirmed, orders: 6, rest: [9, 30] },
  { name: 'paid', steps: paid, orders: 14, rest: [0, 10] },
  { name: 'shipped', steps: shipped, orders: 16, rest: [0, 12] },
  { name: 'received', steps: received, orders: 14, rest: [0, 20] },
  {
    name: 'completed',
    steps: [
      ...received,
      on(28, ({ order }) => order('buyer', 'complete', {})),
      on(29, ({ order, index }) =>
        order('buyer', 'leave-feedback', { rating: 3 + (index % 3), text: 'Packed well, as agreed.' }),
      ),
    ],
    orders: 24,
    rest: [0, 40],
  },
  { name: 'late, awaiting the supplier', steps: late, orders: 12, rest: [0, 4] },
  { name: 'late, silent, escalated', steps: late, orders: 14, rest: [6, 9] },
  { name: 'late, before an arbitrator', steps: lateAssigned, orders: 14, rest: [0, 12] },
  { name: 'late, evidence asked for', steps: [...lateAssigned, requestProof], orders: 8, rest: [0, 4] },
  { name: 'late, overdue for the arbitrator', steps: lateAssigned, orders: 5, rest: [15, 22] },
  { name: 'quality, rejected', steps: rejected, orders: 10, rest: [0, 1] },
  { name: 'quality, countered', steps: countered, orders: 8, rest: [0, 2] },
  { name: 'quality, escalated', steps: escalated, orders: 8, rest: [0, 5] },
  { name: 'quality, before an arbitrator', steps: qualityAssigned, orders: 12, rest: [0, 10] },
  { name: 'determined', steps: determined, orders: 8, rest: [0, 12] },
  { name: 'appealed', steps: appealed, orders: 3, rest: [0, 3] },
  { name: 'before the appeal arbitrator', steps: appealAssigned, orders: 4, rest: [0, 8] },
  {
    name: 'appeal decided',
    steps: [...appealAssigned, on(48, rule('decide-appeal', 4_000, 'appeal'))],
    orders: 4,
    rest: [0, 20],
  },
  { name: 'determined and final', steps: determined, orders: 8, rest: [17, 40] },
  {
    name: 'claim rejected',
    steps: [...qualityAssigned, on(41, rule('issue-determination', 0))],
    orders: 6,
    rest: [17, 40],
  },
  {
    name: 'settled',
    steps: [...countered, on(33, ({ dispute }) => dispute('buyer', 'accept-settlement', { offer: 1 }))],
    orders: 12,
    rest: [0, 40],
  },
  {
    name: 'withdrawn',
    steps: [
      ...late,
      on(18, ({ dispute }) => dispute('buyer', 'withdraw', { reason: 'The goods have arrived after all.' })),
    ],
    orders: 5,
    rest: [0, 40],
  },
  {
    name: 'closed without evidence',
    steps: [
      ...lateAssigned,
      on(23, ({ dispute }) =>
        dispute('arbitrator', 'request-evidence', {
          from: 'buyer',
          kinds: ['CORRESPONDENCE'],
          question: 'What did the supplier promise, and in which letter?',
        }),
      ),
    ],
    orders: 4,
    rest: [6, 30],
  },
  {
    name: 'late, refunded in full',
    steps: [...lateAssigned, on(26, refundAll)],
    orders: 5,
    rest: [17, 34],
  },
];

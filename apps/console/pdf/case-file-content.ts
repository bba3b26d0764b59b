import { ruleSentence } from '../../../libs/domain/rule-book.js';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseRuling } from '../../../projections/case-file/sections/decision.js';
import type { Format } from '../messages/format.js';
import type { MessageKey, Translate } from '../messages/language.js';

export interface Words {
  readonly t: Translate;
  readonly word: (code: string) => string;
  readonly format: Format;
}

/** A part of the document, in the words of pdfmake. */
type Part = string | Readonly<Record<string, unknown>>;
type Row = readonly [string, string];

/** The case file in the order in which one reads it. Plain data: what draws it comes later. */
export function caseFileContent(file: CaseFile, words: Words): Part[] {
  const { t, word, format } = words;
  return [
    {
      text: `${t('pdf.title')} · ${t('case.title', { order: file.orderId, dispute: file.dispute })}`,
      style: 'title',
    },
    {
      text: `${word(file.status)} · ${t('pdf.asOf', { revision: file.revision, at: format.momentIn(file.asOf, 'UTC') })}`,
      style: 'soft',
    },
    { text: claimSentence(file, words), style: 'claim' },
    { text: file.claim.statement, style: 'soft' },
    ...section(t('section.parties'), [table(parties(file, words))]),
    ...section(t('section.contract'), [table(contract(file, words)), ...specification(file, words)]),
    ...section(t('section.money'), [table(money(file, words)), capLine(file, words)]),
    ...section(t('section.evidence'), evidence(file, words)),
    ...section(t('section.negotiation'), negotiation(file, words)),
    ...section(t('section.decision'), decision(file, words)),
    ...section(t('section.deadlines'), [table(deadlines(file, words))]),
    ...section(
      t('section.questions'),
      file.openQuestions.map(
        ({ text, rule }) => `• ${text}${rule === undefined ? '' : ` (${t('rule.n', { rule })})`}`,
      ),
    ),
    ...section(t('section.timeline'), [
      table(
        file.timeline.map(({ revision, at, sentence }) => [
          `${revision} · ${format.momentIn(at, 'UTC')}`,
          sentence,
        ]),
      ),
    ]),
    ...section(
      t('section.rules'),
      file.rules.map(({ rule, revisions }) => `${ruleSentence(rule)} [${revisions.join(', ')}]`),
    ),
  ];
}

const section = (title: string, parts: readonly Part[]): Part[] =>
  parts.length === 0 ? [] : [{ text: title, style: 'heading' }, ...parts];

const table = (rows: readonly Row[]): Part =>
  rows.length === 0
    ? ''
    : {
        layout: 'lightHorizontalLines',
        table: {
          widths: [130, '*'],
          body: rows.map(([name, value]) => [{ text: name, style: 'soft' }, { text: value }]),
        },
      };

function claimSentence(
  { claim, parties: { buyer, supplier } }: CaseFile,
  { t, word, format }: Words,
): string {
  return t('claim.sentence', {
    buyer: buyer.name,
    supplier: supplier.name ?? supplier.id,
    amount: format.money(claim.claimed),
    ground: word(claim.ground) + (claim.terms.length === 0 ? '' : ` (${claim.terms.map(word).join(', ')})`),
    remedy: word(claim.desiredRemedy),
  });
}

const parties = ({ parties: { buyer, supplier } }: CaseFile, { t, format }: Words): Row[] => [
  [t('party.buyer'), `${buyer.name} (${buyer.country}), ${buyer.id}`],
  [t('party.supplier'), `${supplier.name ?? ''} (${supplier.country ?? ''}), ${supplier.id}`],
  ...(supplier.limit === undefined ? [] : [[t('party.limit'), format.money(supplier.limit)] as const]),
];

const contract = (
  { contract: { terms, confirmed, policy }, goods }: CaseFile,
  { t, word, format }: Words,
): Row[] => [
  [t('contract.product'), terms.product],
  [t('contract.quantity'), `${terms.quantity.count} ${terms.quantity.unit}`],
  [t('contract.value'), format.money(terms.orderValue)],
  [t('contract.covered'), format.money(confirmed?.coveredAmount ?? terms.coveredAmount)],
  [t('contract.coverage'), word(terms.coverageType)],
  [t('contract.shipDate'), goods.promised.now],
  [t('contract.policy'), t('contract.policyVersion', { id: policy.id, version: policy.version ?? '' })],
  ...(confirmed?.weaknesses ?? []).map(({ message }) => [t('contract.weak'), message] as const),
];

const specification = ({ contract: { specification: terms } }: CaseFile, { t, word }: Words): Part[] => [
  table(
    terms.map(({ id, text, claimed, waived, evidence: bearing, findings }) => [
      [id, claimed && t('contract.claimed'), waived && t('contract.waived')].filter(Boolean).join(' · '),
      [
        text,
        ...bearing.map(({ evidence: n, kind }) => `${t('evidence.n', { n })}: ${word(kind)}`),
        ...findings.map(
          ({ inspectionId, conforms, note }) =>
            t(conforms ? 'finding.conforms' : 'finding.fails', { inspection: inspectionId }) +
            (note === undefined ? '' : ` (${note})`),
        ),
      ].join('\n'),
    ]),
  ),
];

function money({ money: of }: CaseFile, { t, word, format }: Words): Row[] {
  return [
    ...(['received', 'held', 'released', 'refunded', 'chargedBack'] as const).map(
      (place) => [t(`money.${place}`), format.money(of[place])] as const,
    ),
    ...of.payments.map(
      ({ milestone, method, amount, payer, eligible, reasons }) =>
        [
          `${word(milestone)}, ${word(method)}`,
          `${format.money(amount)} · ${payer.accountName}${eligible ? '' : ` · ${t('money.ineligible')}: ${reasons.map(({ message }) => message).join(' ')}`}`,
        ] as const,
    ),
    ...of.refunds.map(
      ({ refundId, amount, state }) =>
        [refundId, `${format.money(amount)} · ${t(`refund.${state}` as MessageKey)}`] as const,
    ),
  ];
}

function capLine({ cap: { now } }: CaseFile, { t, format }: Words): Part {
  const least = (['coveredAmount', 'supplierLimit', 'eligibleBase'] as const)
    .map((name) => `${t(`cap.${name}`)} ${format.money(now[name])}`)
    .join('; ');
  return `${t('cap.title')}: ${least}; ${t('cap.priorRefunds')} ${format.money(now.priorRefunds)} = ${format.money(now.cap)}`;
}

function evidence({ evidence: exhibits }: CaseFile, { t, word, format }: Words): Part[] {
  if (exhibits.length === 0) return [t('evidence.none')];
  return [
    table(
      exhibits.map(({ evidence: n, kind, fileName, author, submittedAt, size, sha256, description }) => [
        `${t('evidence.n', { n })} · ${word(kind)}`,
        [
          `${fileName} · ${author} · ${format.momentIn(submittedAt, 'UTC')} · ${format.bytes(size)}`,
          `SHA-256 ${sha256}`,
          ...(description === undefined ? [] : [description]),
        ].join('\n'),
      ]),
    ),
  ];
}

function negotiation(
  { negotiation: { response, offers, messages } }: CaseFile,
  { t, word, format }: Words,
): Part[] {
  const rows: Row[] = [
    ...(response === undefined
      ? [[t('role.supplier'), t('thread.silence')] as const]
      : [
          [
            format.momentIn(response.at, 'UTC'),
            `${t(`response.${response.response}`)}\n${response.statement}`,
          ] as const,
        ]),
    ...offers.map(
      ({ offer, by, amount, state, message, at }) =>
        [
          format.momentIn(at, 'UTC'),
          `${t('thread.offer', { n: offer })} (${word(by)}): ${format.money(amount)}, ${word(`OFFER_STATE_${state}`)}${message === undefined ? '' : `\n${message}`}`,
        ] as const,
    ),
    ...messages.map(
      ({ at, by, text }) =>
        [format.momentIn(at, 'UTC'), `${t(`role.${by}` as MessageKey)}: ${text}`] as const,
    ),
  ];
  return [table(rows)];
}

function decision({ decision: of }: CaseFile, words: Words): Part[] {
  const { t, word, format } = words;
  const rows: Row[] = [];
  if (of.escalation !== undefined) {
    rows.push([
      t('decision.escalated'),
      `${t(`escalation.${of.escalation.reason}`)} · ${format.momentIn(of.escalation.at, 'UTC')}`,
    ]);
  }
  if (of.determination !== undefined)
    rows.push(...ruling(of.determination, t('decision.determination'), words));
  if (of.appeal !== undefined)
    rows.push([t('decision.appeal', { party: word(of.appeal.by) }), of.appeal.statement]);
  if (of.appeal?.decision !== undefined)
    rows.push(...ruling(of.appeal.decision, t('decision.appealDecided'), words));
  if (of.closed !== undefined) {
    rows.push([
      t('decision.closed'),
      `${word(of.closed.outcome)} · ${format.money(of.closed.award)} · ${format.momentIn(of.closed.at, 'UTC')}`,
    ]);
  }
  return rows.length === 0 ? [t('decision.none')] : [table(rows)];
}

function ruling(of: CaseRuling, title: string, { t, word, format }: Words): Row[] {
  return [
    [
      title,
      t('ruling.arithmetic', {
        percent: format.percent(of.liability),
        claimed: format.money(of.claimed),
        cap: format.money(of.cap.cap),
        award: format.money(of.award),
      }),
    ],
    [t('ruling.by'), `${of.by} · ${format.momentIn(of.at, 'UTC')} · ${t('ruling.seen')} ${of.fileRevision}`],
    [t('ruling.remedies'), of.remedies.map(word).join(', ')],
    [t('ruling.reasons'), of.reasonCodes.map(word).join(', ')],
    [t('ruling.terms'), of.terms.map(word).join(', ') || '—'],
    [t('ruling.evidence'), of.evidence.map((n) => t('evidence.n', { n })).join(', ') || '—'],
    [t('ruling.statement'), of.statement],
  ];
}

const deadlines = ({ deadlines: all }: CaseFile, { t, word, format }: Words): Row[] =>
  all.map(({ kind, dueAt, zone, state, met, rule }) => [
    word(kind),
    [
      format.momentIn(dueAt, zone),
      state === 'MET'
        ? t('deadline.met', { by: word(met?.by ?? '') })
        : state === 'EXPIRED'
          ? t('deadline.expired')
          : '',
      t('rule.n', { rule }),
    ]
      .filter(Boolean)
      .join(' · '),
  ]);

import { formatMoney } from '../../../kernel/money.js';
import { enumerated, inWords, momentOf, quoted, saying, told, type Told } from '../../prose.js';
import type { DisputeEvent } from './events.js';

const ESCALATED = {
  BUYER: 'by the buyer',
  SUPPLIER: 'by the supplier',
  SUPPLIER_SILENT: 'because the supplier was silent',
  SETTLEMENT_EXPIRED: 'because no settlement was reached in time',
} as const;

const RESPONDED = {
  ACCEPT: 'accepted',
  REJECT: 'rejected',
  COUNTER: 'answered with an offer of its own',
} as const;

const remediesOf = (remedies: readonly string[]): string => enumerated(remedies.map(inWords));

/** `60 %`, `33.33 %`. */
const percent = (basisPoints: number): string => `${basisPoints / 100} %`;

export function narrateDispute({ type, data }: DisputeEvent, who: string): Told {
  const dispute = `dispute ${data.dispute}`;
  switch (type) {
    case 'DisputeOpened':
      return told(
        `${who} opened ${dispute} for ${inWords(data.ground)} and claims ${formatMoney(data.claimed)} ` +
          `(at most ${formatMoney(data.cap.cap)} can be awarded), asking for ${inWords(data.desiredRemedy)}: ${quoted(data.statement)}.`,
        14,
        20,
        21,
        22,
      );
    case 'ClaimAmended':
      return told(
        `${who} amended the claim in ${dispute} to ${formatMoney(data.claimed)}: ${quoted(data.statement)}.`,
        20,
        21,
      );
    case 'SupplierResponded':
      return told(
        `${who} ${RESPONDED[data.response]}${data.response === 'COUNTER' ? ` in ${dispute}` : ` the claim in ${dispute}`}` +
          `${data.reasonCodes.length === 0 ? '' : ` (${enumerated(data.reasonCodes.map(inWords))})`}: ${quoted(data.statement)}.`,
        23,
      );
    case 'SettlementProposed':
      return told(
        `${who} made offer ${data.offer} in ${dispute}: ${remediesOf(data.remedies)}, ${formatMoney(data.amount)}` +
          `${data.expiresAt === null ? '' : `, open until ${momentOf(data.expiresAt)}`}.`,
        25,
      );
    case 'SettlementAccepted':
      return told(
        `${who} accepted offer ${data.offer} in ${dispute}: ${remediesOf(data.remedies)}, ${formatMoney(data.amount)}.`,
        25,
      );
    case 'SettlementRejected':
      return told(`${who} rejected offer ${data.offer} in ${dispute}${saying(data.reason)}.`, 25);
    case 'MessagePosted':
      return told(`${who} wrote in ${dispute}: ${quoted(data.text)}.`);
    case 'EvidenceSubmitted':
      return told(
        `${who} submitted evidence ${data.evidence} in ${dispute}: ${inWords(data.kind)}` +
          (data.request === null ? '' : `, answering request ${data.request}`) +
          // The name of a sealed file may say what the seal hides.
          (data.sealedTo === undefined ? `, file ${data.fileName}` : ', sealed') +
          ` (SHA-256 ${data.sha256.slice(0, 12)}…).`,
        27,
      );
    case 'EvidenceSealChanged':
      return told(
        `${who} ${resealed(`evidence ${data.evidence} in ${dispute}`, data.sealedTo)}: ${quoted(data.reason)}.`,
        26,
      );
    case 'EvidenceRequested':
      return told(
        `${who} asked the ${data.from} for evidence in ${dispute} (request ${data.request}) by ${momentOf(data.dueAt)}: ` +
          `${quoted(data.question)}.`,
        26,
      );
    case 'DisputeEscalated':
      return told(
        `D${dispute.slice(1)} was escalated ${ESCALATED[data.reason]}.`,
        data.reason === 'SUPPLIER_SILENT' ? 23 : 24,
      );
    case 'ArbitratorAssigned':
      return told(
        `${data.assignedBy} assigned arbitrator ${data.arbitrator} to ${data.appeal ? 'the appeal of ' : ''}${dispute}.`,
        data.appeal ? 28 : 26,
      );
    case 'ArbitratorRecused':
      return told(`Arbitrator ${data.arbitrator} stepped down from ${dispute}: ${quoted(data.reason)}.`, 26);
    case 'DeterminationIssued':
      return told(
        `${who} decided ${dispute}: the supplier is liable for ${percent(data.liability)} of ${formatMoney(data.claimed)}, ` +
          `the award is ${formatMoney(data.award)} (cap ${formatMoney(data.cap.cap)}), ${remediesOf(data.remedies)}; ` +
          `reasons: ${enumerated(data.reasonCodes.map(inWords))}. Final at ${momentOf(data.finalAt)}.`,
        20,
        27,
        28,
      );
    case 'AppealLodged':
      return told(`${who} appealed the determination of ${dispute}: ${quoted(data.statement)}.`, 28);
    case 'AppealDecided':
      return told(
        `${who} decided the appeal in ${dispute}: the determination was ${inWords(data.outcome)}, liability ` +
          `${percent(data.liability)}, award ${formatMoney(data.award)}, ${remediesOf(data.remedies)}.`,
        20,
        27,
        28,
      );
    case 'DisputeWithdrawn':
      return told(`${who} withdrew ${dispute}${saying(data.reason)}.`, 31);
    case 'DisputeReopened':
      return told(`${who} reopened ${dispute}: ${quoted(data.statement)}.`, 31);
    case 'DisputeClosed':
      return told(
        `D${dispute.slice(1)} was closed: ${inWords(data.outcome)}, award ${formatMoney(data.award)}` +
          `${data.remedies.length === 0 ? '' : `, ${remediesOf(data.remedies)}`}.`,
        31,
      );
    default:
      return type satisfies never;
  }
}

function resealed(evidence: string, sealedTo: readonly string[] | undefined): string {
  if (sealedTo === undefined) return `lifted the seal of ${evidence}`;
  const whom = sealedTo.length === 0 ? 'arbitrators' : enumerated(sealedTo);
  return `sealed ${evidence} for the ${whom} alone`;
}

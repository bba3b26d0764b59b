import type { DeadlineKind } from '../../vocabulary.js';
import { durationInWords, momentOf, quoted, told, type Told } from '../../prose.js';
import type { DeadlineEvent } from './events.js';

/** What each deadline gives time for, and the rule that it stands on. */
const WAITING: Readonly<Record<DeadlineKind, { readonly what: string; readonly rule: number }>> = {
  PaymentDue: { what: 'the initial payment', rule: 9 },
  ShipmentDue: { what: 'the shipment', rule: 15 },
  SupplierResponse: { what: 'the supplier’s response', rule: 23 },
  AutoEscalation: { what: 'the parties, before the case escalates by itself', rule: 23 },
  Settlement: { what: 'a settlement', rule: 24 },
  OfferExpiry: { what: 'an answer to the offer', rule: 25 },
  Evidence: { what: 'the evidence that was requested', rule: 26 },
  DeterminationDue: { what: 'the determination', rule: 26 },
  Appeal: { what: 'an appeal', rule: 28 },
  ClaimWindow: { what: 'a claim', rule: 22 },
  AutoReceipt: { what: 'the buyer to confirm receipt', rule: 22 },
  RecoveryDue: { what: 'the supplier to pay what it owes', rule: 30 },
};

const whatOf = ({ kind, dispute }: { kind: DeadlineKind; dispute: number | null }): string =>
  `${WAITING[kind].what}${dispute === null ? '' : ` (dispute ${dispute})`}`;

export function narrateDeadline({ type, data }: DeadlineEvent, who: string): Told {
  switch (type) {
    case 'DeadlineSet':
      return told(
        `Time for ${whatOf(data)} runs until ${momentOf(data.dueAt)}` +
          `${data.period === undefined ? '' : ` (${durationInWords(data.period)}${daysOf(data.calendar)}, ${data.zone})`}.`,
        data.rule,
      );
    case 'DeadlineMet':
      return told(
        `Time for ${whatOf(data)} is no longer running: ended by ${data.by}.`,
        WAITING[data.kind].rule,
      );
    case 'DeadlineExpired':
      return told(`Time for ${whatOf(data)} ran out at ${momentOf(data.dueAt)}.`, WAITING[data.kind].rule);
    case 'DeadlineExtended':
      return told(
        `${who} moved the end of the time for ${whatOf(data)} from ${momentOf(data.from)} to ${momentOf(data.to)}: ` +
          `${quoted(data.reason)}.`,
        WAITING[data.kind].rule,
      );
    default:
      return type satisfies never;
  }
}

const daysOf = (calendar: string): string => (calendar === 'CALENDAR' ? '' : `, working days of ${calendar}`);

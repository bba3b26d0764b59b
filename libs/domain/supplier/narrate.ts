import { formatMoney } from '../../kernel/money.js';
import type { Caller } from '../decision.js';
import { inWords, nameOf, saying, told, type Narration, type Told } from '../prose.js';
import type { SupplierEvent } from './events.js';

/** Tells any event of a supplier to a person: who, what and why. */
export function narrateSupplier(event: SupplierEvent, actor: Caller): Narration {
  const who = nameOf(actor);
  return { who, ...toldBy(event, who) };
}

function toldBy({ type, data }: SupplierEvent, who: string): Told {
  switch (type) {
    case 'SupplierEnrolled':
      return told(`${who} enrolled supplier ${data.name} (${data.supplierId}, ${data.country}).`, 1, 2);
    case 'SupplierAssessed':
      return told(
        `${who} assessed the supplier: trade history ${verdict(data.tradeHistory)}, qualifications ` +
          `${verdict(data.qualifications)}, legal status ${verdict(data.legalStatus)}; ` +
          `${data.qualified ? 'qualified' : 'not qualified'}${saying(data.note)}.`,
        1,
      );
    case 'AssuranceLimitSet':
      return told(`${who} set the assurance limit to ${formatMoney(data.limit)}.`, 1);
    case 'SupplierSuspended':
      return told(
        `The supplier was suspended (${inWords(data.reason)}` +
          `${data.orderId === undefined ? '' : `, order ${data.orderId}`})${saying(data.note)}.`,
        data.reason === 'RISK' ? 1 : 30,
      );
    case 'SupplierReinstated':
      return told(`${who} reinstated the supplier${saying(data.note)}.`, 1);
    case 'CoverageReserved':
      return told(
        `${formatMoney(data.amount)} of the limit were reserved for ${holder(data.kind)} ${data.orderId}.`,
        data.kind === 'RECOVERY' ? 30 : 1,
      );
    case 'CoverageReleased':
      return told(
        `${formatMoney(data.amount)} of the limit were given back by ${holder(data.kind)} ${data.orderId}.`,
        data.kind === 'RECOVERY' ? 30 : 1,
      );
    default:
      return type satisfies never;
  }
}

const verdict = (holds: boolean): string => (holds ? 'good' : 'not good');

const holder = (kind: 'ORDER' | 'RECOVERY'): string =>
  kind === 'ORDER' ? 'order' : 'the unpaid recovery of order';

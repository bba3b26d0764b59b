import type { Caller } from '../decision.js';
import { nameOf, type Narration, type Told } from '../prose.js';
import { contractEventSchemas, type ContractEvent } from './contract/events.js';
import { narrateContract } from './contract/narrate.js';
import { deadlineEventSchemas, type DeadlineEvent } from './deadlines/events.js';
import { narrateDeadline } from './deadlines/narrate.js';
import { disputeEventSchemas, type DisputeEvent } from './dispute/events.js';
import { narrateDispute } from './dispute/narrate.js';
import type { OrderEvent } from './events.js';
import { fulfilmentEventSchemas, type FulfilmentEvent } from './fulfilment/events.js';
import { narrateFulfilment } from './fulfilment/narrate.js';
import { fundsEventSchemas, type FundsEvent } from './funds/events.js';
import { narrateFunds } from './funds/narrate.js';
import { inspectionEventSchemas, type InspectionEvent } from './inspection/events.js';
import { narrateInspection } from './inspection/narrate.js';
import { recoveryEventSchemas, type RecoveryEvent } from './recovery/events.js';
import { narrateRecovery } from './recovery/narrate.js';

const SCHEMAS_BY_PART = {
  contract: contractEventSchemas,
  funds: fundsEventSchemas,
  fulfilment: fulfilmentEventSchemas,
  inspection: inspectionEventSchemas,
  dispute: disputeEventSchemas,
  recovery: recoveryEventSchemas,
  deadlines: deadlineEventSchemas,
} as const;

/** The part of the order that an event belongs to, as DOMAIN.md divides them. */
export type OrderPart = keyof typeof SCHEMAS_BY_PART;

const PART_OF = new Map<string, OrderPart>(
  Object.entries(SCHEMAS_BY_PART).flatMap(([part, schemas]) =>
    schemas.map(({ type }) => [type, part as OrderPart] as const),
  ),
);

export const partOf = (type: OrderEvent['type']): OrderPart => PART_OF.get(type)!;

/** Tells any event of an order to a person: who, what and why. Says nothing that the event does not hold. */
export function narrateOrder(event: OrderEvent, actor: Caller): Narration {
  const who = nameOf(actor);
  return { who, ...toldBy(event, who) };
}

function toldBy(event: OrderEvent, who: string): Told {
  const part = partOf(event.type);
  switch (part) {
    case 'contract':
      return narrateContract(event as ContractEvent, who);
    case 'funds':
      return narrateFunds(event as FundsEvent, who);
    case 'fulfilment':
      return narrateFulfilment(event as FulfilmentEvent, who);
    case 'inspection':
      return narrateInspection(event as InspectionEvent, who);
    case 'dispute':
      return narrateDispute(event as DisputeEvent, who);
    case 'recovery':
      return narrateRecovery(event as RecoveryEvent, who);
    case 'deadlines':
      return narrateDeadline(event as DeadlineEvent, who);
    default:
      return part satisfies never;
  }
}

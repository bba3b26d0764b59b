import type { PolicyParameters } from '../../policy/parameters.js';
import type { DeadlineKind } from '../../vocabulary.js';
import { narrateOrder } from '../narrate.js';
import { eventsOf, type Course, type Happened, type HappenedOf } from './history.js';
import { parametersOf, step, type Step } from './step.js';

/** Which values of the policy each deadline is set by, and which say what its end leads to. */
const PARAMETERS: Readonly<Record<DeadlineKind, readonly (keyof PolicyParameters)[]>> = {
  PaymentDue: ['paymentDue'],
  ShipmentDue: ['latenessGrace'],
  SupplierResponse: ['supplierResponse', 'silence'],
  AutoEscalation: ['autoEscalation'],
  Settlement: ['settlement'],
  OfferExpiry: ['offerExpiry'],
  Evidence: ['evidence', 'missedEvidence'],
  DeterminationDue: ['determinationDue'],
  Appeal: ['appeal', 'determinationFinal'],
  ClaimWindow: ['claimWindow'],
  AutoReceipt: ['autoReceipt'],
  RecoveryDue: ['recoveryDue'],
};

/** Every deadline of the dispute and of the order as a whole: what set it, what became of it, and what followed. */
export function deadlinesOfCourse(course: Course): readonly Step[] {
  const recoveries = new Set(
    course.order.recoveries
      .filter(({ dispute }) => dispute === course.dispute.dispute)
      .map(({ recoveryId }) => recoveryId),
  );
  return eventsOf(course, 'DeadlineSet')
    .filter(({ event: { data } }) =>
      data.kind === 'RecoveryDue'
        ? recoveries.has(data.subject ?? '')
        : data.dispute === null || data.dispute === course.dispute.dispute,
    )
    .map((set) => deadlineStep(course, set));
}

function deadlineStep(course: Course, set: HappenedOf<'DeadlineSet'>): Step {
  const { deadline, kind, rule, period } = set.event.data;
  const ends = eventsOf(course, 'DeadlineExtended', 'DeadlineMet', 'DeadlineExpired').filter(
    ({ event }) => event.data.deadline === deadline,
  );
  const expired = ends.find(({ event }) => event.type === 'DeadlineExpired');
  const met = ends.some(({ event }) => event.type === 'DeadlineMet');
  const followed = expired && consequenceOf(course, expired);
  const told = [set, ...ends, ...(followed === undefined ? [] : [followed])];
  return step({
    code: deadline,
    rule,
    met: met || (expired === undefined ? null : false),
    sentence: told.map(({ event, by }) => narrateOrder(event, by).sentence).join(' '),
    at: told.at(-1)?.at ?? set.at,
    facts: told,
    parameters: parametersOf(
      course.order,
      // An instant that a person named outright came from no policy.
      ...(kind === 'OfferExpiry' && period === undefined ? [] : PARAMETERS[kind]),
      'zone',
      'days',
    ),
  });
}

/** What the engine did because time ran out: it stands right behind, as of the same instant. */
function consequenceOf({ happened }: Course, expired: Happened): Happened | undefined {
  const next = happened[happened.findIndex(({ revision }) => revision === expired.revision) + 1];
  const led = next !== undefined && next.at === expired.at && LEADS_TO.has(next.event.type);
  return led ? next : undefined;
}

const LEADS_TO: ReadonlySet<string> = new Set([
  'DisputeEscalated',
  'DisputeClosed',
  'OrderCancelled',
  'ReceiptConfirmed',
  'ReleaseInstructed',
  'OrderCompleted',
]);

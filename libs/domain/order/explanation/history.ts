import type { Instant } from '../../../kernel/instant.js';
import type { Caller } from '../../decision.js';
import type { OrderEvent, OrderEventOf } from '../events.js';
import { evolveOrder } from '../evolve.js';
import type { Dispute, Order } from '../state.js';

/** An event of an order as it lies in its stream. */
export interface Happened<E extends OrderEvent = OrderEvent> {
  readonly event: E;
  /** Decimal text: what whoever cites it points at. */
  readonly revision: string;
  /** When it took effect. */
  readonly at: Instant;
  readonly by: Caller;
}

export type HappenedOf<T extends OrderEvent['type']> = { [K in T]: Happened<OrderEventOf<K>> }[T];

/** An order's history, seen from one of its disputes. */
export interface Course {
  /** From the first, without gaps. */
  readonly happened: readonly Happened[];
  readonly order: Order;
  readonly dispute: Dispute;
  /** The order as it stood before an event was decided on. */
  before(happened: Happened): Order;
}

/** Undefined when the history holds no such dispute. */
export function courseOf(happened: readonly Happened[], number: number): Course | undefined {
  const states: Order[] = [];
  for (const { event } of happened) states.push(evolveOrder(states.at(-1), event));
  const order = states.at(-1);
  const dispute = order?.disputes.find((known) => known.dispute === number);
  if (order === undefined || dispute === undefined) return undefined;
  const places = new Map(happened.map(({ revision }, index) => [revision, index]));
  return {
    happened,
    order,
    dispute,
    before: ({ revision }) => states[(places.get(revision) ?? 0) - 1] ?? order,
  };
}

/** Events of some types, oldest first. */
export const eventsOf = <T extends OrderEvent['type']>(
  { happened }: Pick<Course, 'happened'>,
  ...types: readonly T[]
): readonly HappenedOf<T>[] =>
  happened.filter(({ event }) =>
    (types as readonly string[]).includes(event.type),
  ) as readonly Happened[] as HappenedOf<T>[];

/** The same, of those that are about the dispute. */
export const disputeEventsOf = <T extends OrderEvent['type']>(
  course: Course,
  ...types: readonly T[]
): readonly HappenedOf<T>[] =>
  eventsOf(course, ...types).filter(
    ({ event: { data } }) => 'dispute' in data && data.dispute === course.dispute.dispute,
  );

/** What had happened before an event was decided on. */
export const upTo = (course: Course, { revision }: Happened): Pick<Course, 'happened'> => ({
  happened: course.happened.slice(
    0,
    course.happened.findIndex((known) => known.revision === revision),
  ),
});

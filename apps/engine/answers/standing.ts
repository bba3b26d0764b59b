import Type from 'typebox';
import { CLOSE_OUTCOMES, GROUNDS } from '../../../libs/domain/vocabulary.js';
import { nullable, oneOf, optional, record } from '../../../libs/domain/schema.js';
import { Instant, Links, MinorUnits, Money, Name, Revision, Whole, Yes, every } from './answer.js';

import { PolicyParameters } from './order.js';

/** What suppliers, policies and inspectors are read as. */

const Limits = every(record({ limit: Money, available: Money }));
const supplier = { supplierId: Name, name: Name, country: Name, enrolledAt: Instant };

export const SupplierAnswer = record({
  ...supplier,
  qualified: Yes,
  suspended: Yes,
  limits: Limits,
  suspensions: optional(every(record({ reason: Name, orderId: optional(Name), at: Instant }))),
  reservations: optional(
    every(record({ orderId: Name, kind: oneOf(['ORDER', 'RECOVERY']), amount: MinorUnits, currency: Name })),
  ),
  revision: Revision,
  links: Links,
});

const standing = {
  ...supplier,
  standing: oneOf(['QUALIFIED', 'NOT_QUALIFIED', 'SUSPENDED']),
  limits: Limits,
};

export const SupplierListItem = record(standing);

const counts = (names: readonly string[]) =>
  record(Object.fromEntries(names.map((name) => [name, optional(Whole)])));

export const SupplierRecordAnswer = record({
  ...standing,
  orders: Whole,
  completedOrders: Whole,
  refunded: every(Money),
  owed: every(Money),
  rating: nullable(Type.Number()),
  ratings: Whole,
  disputes: record({
    all: Whole,
    open: Whole,
    silent: Whole,
    byGround: counts(GROUNDS),
    byOutcome: counts(CLOSE_OUTCOMES),
  }),
});

const policy = {
  policyId: Name,
  versions: every(
    record({
      version: Whole,
      title: Name,
      parameters: PolicyParameters,
      status: oneOf(['DRAFT', 'PUBLISHED', 'RETIRED']),
      draftedBy: Name,
      publishedBy: optional(Name),
      publishedAt: optional(Instant),
    }),
  ),
};
export const PolicyListItem = record(policy);
export const PolicyAnswer = record({ ...policy, revision: Revision, links: Links });

const inspector = {
  inspectorId: Name,
  name: Name,
  fields: every(Name),
  accredited: Yes,
  accreditedAt: Instant,
};
export const InspectorListItem = record(inspector);
export const InspectorAnswer = record({ ...inspector, revision: Revision, links: Links });

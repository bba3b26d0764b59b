import Type from 'typebox';
import { PARTIES } from '../../vocabulary.js';
import {
  CountryCode,
  CurrencyCode,
  DateText,
  Id,
  InstantText,
  MoneyAmount,
  Ordinal,
  PersonalText,
  Sha256,
  Text,
  eventSchema,
  list,
  nullable,
  oneOf,
  optional,
  record,
  type EventOf,
} from '../../schema.js';
import { PolicyParameters } from '../../policy/parameters.js';
import { Terms } from './terms.js';

/** Rule 6: recorded with the confirmation; a warning, never a refusal. */
const Weakness = record({
  code: oneOf(['NO_MEASURABLE_TERM', 'NO_INSPECTION_PLANNED', 'DEPOSIT_ABOVE_LIMIT', 'COVER_BELOW_DEPOSIT']),
  message: Text(500),
});

/** The supplier's standing when the contract was confirmed (rules 1, 4, 20). */
const SupplierSnapshot = record({
  supplierId: Id,
  name: PersonalText(200),
  country: CountryCode,
  qualified: Type.Boolean(),
  limit: MoneyAmount,
});

export const contractEventSchemas = [
  eventSchema(
    'OrderDrafted',
    record({
      orderId: Id,
      buyer: record({ id: Id, name: PersonalText(200), country: CountryCode }),
      supplierId: Id,
      draftedBy: oneOf(PARTIES),
      policyId: Id,
      category: Text(64),
      currency: CurrencyCode,
      terms: Terms,
      reference: optional(Text(200)),
    }),
  ),
  eventSchema('TermsProposed', record({ by: oneOf(PARTIES), proposal: Ordinal, terms: Terms })),
  eventSchema(
    'ContractConfirmed',
    record({
      by: oneOf(PARTIES),
      terms: Terms,
      termsHash: Sha256,
      policyId: Id,
      policyVersion: Ordinal,
      policy: PolicyParameters,
      supplier: SupplierSnapshot,
      coveredAmount: MoneyAmount,
      weaknesses: list(Weakness, 10),
      confirmedAt: InstantText,
    }),
    { shared: 'policy' },
  ),
  eventSchema(
    'ShipDateRevisionRequested',
    record({ revision: Ordinal, shipDate: DateText, reason: optional(Text(2_000)) }),
  ),
  eventSchema('ShipDateRevisionAgreed', record({ revision: Ordinal, shipDate: DateText })),
  eventSchema('ShipDateRevisionDeclined', record({ revision: Ordinal, reason: optional(Text(2_000)) })),
  eventSchema(
    'OrderCancelled',
    record({
      by: nullable(oneOf(PARTIES)),
      reason: oneOf(['PAYMENT_OVERDUE', 'DRAFT_ABANDONED', 'BEFORE_PAYMENT']),
      note: optional(Text(2_000)),
    }),
  ),
  eventSchema(
    'OrderCompleted',
    record({
      reason: oneOf(['CLAIM_WINDOW_CLOSED', 'BUYER_SATISFIED', 'FULLY_REFUNDED']),
      completedAt: InstantText,
    }),
  ),
  eventSchema(
    'FeedbackLeft',
    record({
      by: oneOf(PARTIES),
      rating: Type.Integer({ minimum: 1, maximum: 5 }),
      text: PersonalText(4_000),
    }),
  ),
] as const;

export type ContractEvent = EventOf<typeof contractEventSchemas>;

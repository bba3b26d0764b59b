import type { Caller } from '../../../libs/domain/decision.js';
import { orderEventSchemas } from '../../../libs/domain/order/events.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { caseFileOf, type CaseFile } from '../../../projections/case-file/case-file.js';
import { factOf, type Fact } from '../../../projections/order-facts.js';
import type { EventDocument } from '../api/documents.js';

/**
 * The case file as of any revision, folded here by the very function that the engine's projection uses: a moved slider
 * asks nobody. A chunk of its own, loaded when the past is first asked for.
 */
export function factsOf(events: readonly EventDocument[]): Fact[] {
  return events
    .filter(({ type }) => KNOWN.has(type))
    .map(({ type, data, revision, metadata }) =>
      factOf({ event: { type, data }, revision: BigInt(revision), metadata }),
    );
}

const KNOWN: ReadonlySet<string> = new Set(orderEventSchemas.map(({ type }) => type));

export interface FoldRequest {
  readonly dispute: number;
  /** Inclusive. */
  readonly revision: number;
  /** The present of then: deadlines that were due by it are shown as overdue. */
  readonly now: Instant;
  readonly viewer?: Caller;
}

/** Undefined before the dispute was opened. */
export const foldCaseFile = (
  facts: readonly Fact[],
  { dispute, revision, now, viewer }: FoldRequest,
): CaseFile | undefined => caseFileOf(facts.slice(0, revision + 1), dispute, { now, viewer });

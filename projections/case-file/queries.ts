import type { Page } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import type { Fact } from '../order-facts.js';
import { documentsOfOrder } from '../order-stream.js';
import { historyOf } from './history.js';
import { caseFileOf, type CaseFile, type CaseFileOptions } from './case-file.js';
import type { CaseFact } from './projection.js';

/** The case file of a dispute as of the last event that was folded; undefined when there is none. */
export async function openCaseFile(
  documents: Documents<CaseFact>,
  orderId: string,
  dispute: number,
  options: CaseFileOptions & {
    /** Decimal text: the file as of that revision, as an arbitrator saw it then. */
    readonly revision?: string;
  },
): Promise<CaseFile | undefined> {
  const facts = await factsOfOrder(documents, orderId);
  const sealedAs = options.sealedAs ?? historyOf(facts)?.order;
  return caseFileOf(upTo(facts, options.revision), dispute, { ...options, sealedAs });
}

/** Every fact of an order that was folded, in order of revision; none for an order that is not there. */
export async function factsOfOrder(
  documents: Documents<CaseFact>,
  orderId: string,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<{ readonly document: CaseFact }> = await documents.query({
      where: documentsOfOrder(orderId),
      cursor,
      limit: 500,
    });
    for (const { document } of page.items) facts.push(document.fact);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return contiguous(facts);
}

/** Where a fact is parked nothing that follows it can be told. */
function contiguous(facts: readonly Fact[]): readonly Fact[] {
  const gap = facts.findIndex(({ revision }, index) => revision !== String(index));
  return gap === -1 ? facts : facts.slice(0, gap);
}

const upTo = (facts: readonly Fact[], revision: string | undefined): readonly Fact[] =>
  revision === undefined ? facts : facts.filter((fact) => BigInt(fact.revision) <= BigInt(revision));

import type { Condition, Page } from '../libs/projection/query.js';
import type { Documents } from '../libs/projection/read-models/documents.js';

/** Every document that meets the conditions, page by page. */
export async function* everyDocument<Doc extends object>(
  documents: Documents<Doc>,
  where: readonly Condition[],
): AsyncIterable<Doc> {
  let cursor: string | null = null;
  do {
    const page: Page<{ readonly document: Doc }> = await documents.query({ where, cursor, limit: 500 });
    for (const { document } of page.items) yield document;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

import type { Page } from '../../../libs/projection/query.js';
import type { Projection } from '../../../libs/projection/projection.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from './api-request.js';
import { listParams } from './list-queries.js';
import { reachPosition } from './min-position.js';
import { paged } from './paged.js';
import { readQuery } from './query-params.js';

/** A page of a projection's documents as they are, by id. */
export async function documentList<Doc extends object>(
  composition: Composition,
  projection: Projection<Doc>,
  request: ApiRequest,
): Promise<Page<Doc>> {
  const { minPosition, limit = 50, ...query } = readQuery(request, listParams);
  await reachPosition(composition, [projection], minPosition);
  return paged(async () => {
    const page = await composition.readModels.documents(projection).query({ ...query, limit });
    return { ...page, items: page.items.map(({ document }) => document) };
  });
}

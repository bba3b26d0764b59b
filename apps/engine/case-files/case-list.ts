import type { Caller } from '../../../libs/domain/decision.js';
import { projectionErrorCode } from '../../../libs/projection/projection-error.js';
import {
  cases,
  countCases,
  type WorklistFilter,
  type WorklistQuery,
} from '../../../projections/worklist/queries.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { reachPosition } from '../http/min-position.js';
import { problem } from '../http/problem.js';
import { readQuery } from '../http/query-params.js';
import { projections } from '../projections.js';
import { caseListParams } from './case-list-params.js';

/** One page of the cases that the caller may see: a party's own, everyone else's all. */
export async function caseList(
  composition: Composition,
  request: ApiRequest,
  within: WorklistFilter = {},
): Promise<object> {
  const { principal } = request;
  const query = readQuery(request, caseListParams);
  const { search, sort, direction, cursor, limit, minPosition, ...filters } = query;
  await reachPosition(composition, [projections.worklist], minPosition);
  const asked: WorklistFilter = {
    ...within,
    ...filters,
    arbitrator: judgeIn(filters.arbitrator, principal),
    ...ownOnly(principal, filters),
  };
  const documents = composition.readModels.documents(projections.worklist);
  const page: WorklistQuery = {
    filter: asked,
    search,
    sort,
    direction,
    cursor,
    limit,
    now: composition.clock.now(),
  };
  try {
    const { items, nextCursor } = await cases(documents, page);
    return { items, nextCursor, total: await countCases(documents, page) };
  } catch (error) {
    if (projectionErrorCode(error) !== 'INVALID_CURSOR') throw error;
    throw problem(400, 'QUERY.INVALID', 'cursor does not belong to this list.', '/query/cursor');
  }
}

const judgeIn = (given: string | undefined, { id }: Caller): string | null | undefined =>
  given === 'none' ? null : given === 'me' ? id : given;

/** A party that asks for another's cases is told of none, as it would be of those that do not exist. */
function ownOnly(
  { role, id }: Caller,
  { buyer, supplier }: { buyer?: string; supplier?: string },
): WorklistFilter {
  if (role === 'buyer') return { buyer: buyer === undefined || buyer === id ? id : NOBODY };
  if (role === 'supplier') return { supplier: supplier === undefined || supplier === id ? id : NOBODY };
  return role === 'inspector' ? { buyer: NOBODY } : {};
}

/** No id is empty. */
const NOBODY = '';

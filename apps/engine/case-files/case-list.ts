import type { Caller } from '../../../libs/domain/decision.js';
import {
  cases,
  countCases,
  type WorklistFilter,
  type WorklistQuery,
} from '../../../projections/worklist/queries.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { reachPosition } from '../http/min-position.js';
import { paged } from '../http/paged.js';
import { readQuery } from '../http/query-params.js';
import { ownOrders } from '../orders/own-orders.js';
import { projections } from '../projections.js';
import { caseListParams } from './case-list-params.js';
import { withPartyNames } from './party-names.js';

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
    ...ownOrders(principal, { buyer: filters.buyer, supplier: filters.supplier }),
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
  const { items, nextCursor } = await paged(() => cases(documents, page));
  const orders = composition.readModels.documents(projections.orders);
  return {
    items: await withPartyNames(orders, items),
    nextCursor,
    total: await countCases(documents, page),
  };
}

const judgeIn = (given: string | undefined, { id }: Caller): string | null | undefined =>
  given === 'none' ? null : given === 'me' ? id : given;

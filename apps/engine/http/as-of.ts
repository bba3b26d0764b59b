import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { AsOf } from '../../../libs/application/order-history.js';
import type { ApiRequest } from './api-request.js';
import { problem } from './problem.js';
import { instant, readQuery, revision } from './query-params.js';

/** Describes `revision` and `at` in the OpenAPI document. */
export const AsOfQueries = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({ name: 'revision', required: false, type: String, description: 'As of this revision.' }),
    ApiQuery({ name: 'at', required: false, type: String, description: 'As of this instant.' }),
  );

/** As of when the past is asked for; undefined for the present. Takes no other parameters. */
export function asOfIn(request: ApiRequest): AsOf | undefined {
  const query = readQuery(request, { revision, at: instant });
  if (query.revision !== undefined && query.at !== undefined) {
    throw problem(400, 'QUERY.INVALID', 'revision and at exclude each other.', '/query/at');
  }
  if (query.revision !== undefined) return { revision: query.revision };
  return query.at === undefined ? undefined : { at: query.at };
}

import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { text, whole } from './query-params.js';

/** What every list takes. */
export const listParams = {
  search: text(200),
  cursor: text(2_000),
  limit: whole(1, 200),
  minPosition: text(64),
} as const;

const COMMON = {
  search: 'Part of an id or a name.',
  cursor: 'nextCursor of the page before.',
  limit: 'Items a page, 50 if left out.',
  minPosition: 'Wait until the list holds this position.',
};

/** Describes the parameters of a list in the OpenAPI document: the common ones, and its own. */
export const ListQueries = (own: Readonly<Record<string, string>> = {}): MethodDecorator =>
  applyDecorators(
    ...Object.entries({ ...own, ...COMMON }).map(([name, description]) =>
      ApiQuery({ name, description, required: false, type: String }),
    ),
  );

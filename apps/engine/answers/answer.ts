import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import Type, { type TSchema } from 'typebox';
import { ProblemView } from '../http/answer-views.js';
import { named, referring } from './named.js';
import { MoneyAmount, list, nullable, record } from '../../../libs/domain/schema.js';

/** Building blocks of what reads answer with, as the OpenAPI document has it; tests hold every answer to it. */

export const Name = Type.String();
export const Instant = Type.String({ format: 'date-time', examples: ['2026-03-31T00:00:00.000Z'] });
export const Revision = Type.String({ pattern: '^\\d+$', examples: ['12'], description: 'Decimal text.' });
export const MinorUnits = Type.Integer({ description: 'Minor units of the order’s currency.' });
export const Whole = Type.Integer();
export const Yes = Type.Boolean();
export const Money = named('Money', MoneyAmount);

export const Link = named(
  'Link',
  record({
    rel: Type.String({ description: 'The verb, as in the address.', examples: ['respond'] }),
    method: Type.Literal('POST'),
    href: Type.String({ examples: ['/v1/orders/O-1001/disputes/1/respond'] }),
    title: Name,
  }),
);
export const Links = Type.Array(Link, { description: 'Exactly what this caller may do now.' });

export const By = record({ role: Name, id: Name });

export const pageOf = <S extends TSchema>(item: S) =>
  record({ items: Type.Array(item), nextCursor: nullable(Type.String()) });

export const every = <S extends TSchema>(item: S) => list(item, 100_000);

/** Describes what a read answers with, in each of its forms, and that it may refuse. */
export function Answers(
  schema: TSchema,
  { mediaType = 'application/json', also = {} }: AnswerForms = {},
): MethodDecorator {
  const content = Object.fromEntries(
    Object.entries({ [mediaType]: schema, ...also }).map(([type, of]) => [type, { schema: referring(of) }]),
  );
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ApiResponse({ status: 200, description: 'As it is now, or was then.', content }),
    ApiResponse({
      status: '4XX',
      description: 'Refused.',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemView) } } },
    }),
  );
}

interface AnswerForms {
  readonly mediaType?: string;
  /** What a caller gets who asks for another media type. */
  readonly also?: Readonly<Record<string, TSchema>>;
}

import type { TSchema } from 'typebox';

const schemas = new Map<string, TSchema>();

/** A schema that stands once in the OpenAPI document, under its name, wherever it is used. */
export function named<S extends TSchema>(title: string, schema: S): S {
  const titled = { ...schema, title };
  schemas.set(title, titled);
  return titled;
}

const PLACE = '#/components/schemas/';

/** As JSON, with a reference in the place of each named schema. */
export function referring(schema: TSchema): object {
  return JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) => {
      const { title } = (value ?? {}) as { readonly title?: unknown };
      return typeof title === 'string' && schemas.has(title) ? { $ref: PLACE + title } : value;
    }),
  ) as object;
}

/** What the references lead to. */
export const namedSchemas = (): Readonly<Record<string, object>> =>
  Object.fromEntries(
    [...schemas].map(([name, schema]) => [name, referring({ ...schema, title: undefined })]),
  );

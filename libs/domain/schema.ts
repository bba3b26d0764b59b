import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox';

/** Building blocks of event schemas. A schema is the event's type, its check and its page in the catalogue. */

/** An object that allows no property beyond those listed. */
export const record = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false });

export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

export const Text = (maxLength: number) => Type.String({ maxLength });

/** Free text or a name that can tell who a person is: marked, so that it can be encrypted per data subject. */
export const PersonalText = (maxLength: number) => Type.String({ maxLength, personal: true });

export const Id = Type.String({ minLength: 1, maxLength: 64 });
export const InstantText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
/** A calendar date without a zone, `2026-03-31`. */
export const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** ISO 8601 duration. */
export const DurationText = Type.String({ pattern: '^P', maxLength: 32 });
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$' });
/** ISO 3166-1 alpha-2. */
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$' });
export const Ordinal = Type.Integer({ minimum: 1 });
export const Count = Type.Integer({ minimum: 0 });
/** Hundredths of a per cent: 10,000 is the whole. */
export const BasisPoints = Type.Integer({ minimum: 0, maximum: 10_000 });

export const MoneyAmount = record({
  amount: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  currency: CurrencyCode,
});

export const optional = <S extends TSchema>(schema: S) => Type.Optional(schema);
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const list = <S extends TSchema>(schema: S, maxItems = 1_000) => Type.Array(schema, { maxItems });

/** One released shape of an event. The codec checks it on the way in and out. */
export interface EventSchema<T extends string = string, S extends TSchema = TSchema> {
  readonly type: T;
  readonly version: number;
  readonly schema: S;
  /** Turns data of this version into data of the next one; absent on the newest. Pure. */
  readonly upcast?: (data: unknown) => unknown;
  /** Name of the part that is large and the same in many events: in memory they share one copy of it. */
  readonly shared?: string;
  /** Data for the catalogue and for the golden streams. */
  readonly example?: unknown;
}

export const eventSchema = <T extends string, S extends TSchema>(
  type: T,
  schema: S,
  options: Pick<EventSchema, 'shared'> = {},
): EventSchema<T, S> => ({ type, version: 1, schema, ...options });

/** `{ type, data }` of a list of schemas, as a discriminated union. */
export type EventOf<L extends readonly EventSchema[]> = {
  [K in keyof L]: L[K] extends EventSchema<infer T, infer S>
    ? { readonly type: T; readonly data: Static<S> }
    : never;
}[number];

import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  buildMessage,
  type ValidationArguments,
} from 'class-validator';
import { isPeriod } from '../../../../libs/domain/calendar/period.js';
import { isZone } from '../../../../libs/domain/calendar/zone.js';
import { isCalendarDate } from '../../../../libs/kernel/calendar-date.js';
import { isCountry } from '../../../../libs/kernel/country.js';
import { minorUnitOf } from '../../../../libs/kernel/currency.js';
import { isInstant } from '../../../../libs/kernel/instant.js';
import { rememberNested, type BodyClass } from './nested-classes.js';

/**
 * The fields of request bodies: each decorator is a field's check (class-validator) and its page in the OpenAPI
 * document at once, so that the two can't drift apart. Lengths are in UTF-16 code units, as in the event schemas.
 */
export interface FieldOptions {
  /** May be left out; null is never taken for leaving out. */
  readonly optional?: boolean;
  /** Must be given exactly when another property has this value, and must be absent otherwise. */
  readonly when?: readonly [property: string, value: string];
  /** May be given only when another property has this value. */
  readonly onlyWhen?: readonly [property: string, value: string];
  readonly description?: string;
  readonly example?: unknown;
}

type Decorators = readonly PropertyDecorator[];

/** Non-empty text that is not blank. */
export const TextField = (maxLength: number, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, minLength: 1, maxLength }, [
    IsString(),
    MaxLength(maxLength),
    Matches(/\S/, { message: '$property must not be blank' }),
  ]);

/** A file's name as somebody else has it: it is shown, and never part of a path. */
export const FileNameField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, minLength: 1, maxLength: 255 }, [
    IsString(),
    MaxLength(255),
    Matches(/\S/, { message: '$property must not be blank' }),
    Holds('isOneLine', isOneLine, 'must be a name without control characters'),
  ]);

// oxlint-disable-next-line no-control-regex
const isOneLine = (value: unknown): boolean => typeof value === 'string' && !/[\0-\x1f\x7f]/.test(value);

/** An id of the caller's choosing: it becomes part of addresses and of stream names. */
export const IdField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: ID.source, maxLength: 64 }, [
    Matches(ID, {
      message: '$property must be an id: 1 to 64 of A-Z a-z 0-9 . _ ~ -, without a leading dot',
    }),
  ]);

export const IdsField = (
  maxItems: number,
  options: FieldOptions & { minItems?: number } = {},
): PropertyDecorator =>
  field(
    options,
    {
      type: [String],
      items: { type: 'string', pattern: ID.source, maxLength: 64 },
      maxItems,
      minItems: options.minItems,
    },
    [
      ...listOf(maxItems, options.minItems),
      ArrayUnique(),
      Matches(ID, { each: true, message: 'each value in $property must be an id' }),
    ],
  );

export const ChoiceField = (values: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, enum: [...values] }, [IsIn(values)]);

export const ChoicesField = (
  values: readonly string[],
  options: FieldOptions & { minItems?: number } = {},
): PropertyDecorator =>
  field(
    options,
    { type: String, isArray: true, enum: [...values], maxItems: values.length, minItems: options.minItems },
    [...listOf(values.length, options.minItems), ArrayUnique(), IsIn(values, { each: true })],
  );

export const FlagField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: Boolean }, [IsBoolean()]);

/** A whole number; negative zero is none. */
export const WholeField = (minimum: number, maximum: number, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'integer', minimum, maximum }, [
    NotNegativeZero(),
    IsInt(),
    Min(minimum),
    Max(maximum),
  ]);

/** Numbers that count things of an order: disputes, offers, requests, evidence. */
export const OrdinalField = (options: FieldOptions = {}): PropertyDecorator =>
  WholeField(1, 1_000_000, options);

export const OrdinalsField = (maxItems: number, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'array', items: { type: 'integer', minimum: 1 }, maxItems }, [
    ...listOf(maxItems),
    ArrayUnique(),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(1_000_000, { each: true }),
  ]);

/** Minor units of the currency beside it (rule 12): cents for USD, yen for JPY. No decimals, ever. */
export const MinorUnitsField = (options: FieldOptions = {}): PropertyDecorator =>
  WholeField(0, Number.MAX_SAFE_INTEGER, options);

export const CurrencyField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: '^[A-Z]{3}$' }, [
    Holds('isCurrency', (value) => minorUnitOf(value) !== undefined, 'must be a currency code of ISO 4217'),
  ]);

export const CountryField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: '^[A-Z]{2}$' }, [
    Holds('isCountry', isCountry, 'must be a country code of ISO 3166-1 (two letters)'),
  ]);

export const CountriesField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: [String], items: { type: 'string', pattern: '^[A-Z]{2}$' }, maxItems: 300 }, [
    ...listOf(300),
    ArrayUnique(),
    Holds('isCountry', isCountry, 'must be a country code of ISO 3166-1 (two letters)', true),
  ]);

export const CurrenciesField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: [String], items: { type: 'string', pattern: '^[A-Z]{3}$' }, maxItems: 300 }, [
    ...listOf(300),
    ArrayUnique(),
    Holds(
      'isCurrency',
      (value) => minorUnitOf(value) !== undefined,
      'must be a currency code of ISO 4217',
      true,
    ),
  ]);

/** One exact day (rule 5): a month, a range or a day that no calendar has is refused. */
export const DateField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, format: 'date' }, [
    Holds('isCalendarDate', isCalendarDate, 'must be one exact day that exists, as in 2026-03-31'),
  ]);

export const InstantField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, format: 'date-time' }, [
    Holds(
      'isInstant',
      isInstant,
      'must be an instant in UTC with milliseconds, as in 2026-03-31T00:00:00.000Z',
    ),
  ]);

export const DurationField = (options: FieldOptions & { nullable?: boolean } = {}): PropertyDecorator =>
  field(options, { type: String, format: 'duration', nullable: options.nullable ?? false }, [
    Holds(
      'isDuration',
      (value) => (options.nullable === true && value === null) || (isPeriod(value) && value.length <= 32),
      'must be a duration of ISO 8601, as in P5D',
    ),
  ]);

export const ZoneField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String }, [
    Holds(
      'isZone',
      (value) => isZone(value) && value.length <= 64,
      'must be a zone of the IANA database, as in Asia/Shanghai',
    ),
  ]);

export const Sha256Field = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: SHA256.source }, [
    Matches(SHA256, { message: '$property must be a SHA-256 in 64 lower-case hexadecimal digits' }),
  ]);

export const RevisionField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: REVISION.source }, [
    Matches(REVISION, { message: '$property must be a revision in decimal digits, as text' }),
  ]);

export const MediaTypeField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: MEDIA_TYPE.source, maxLength: 100 }, [
    Matches(MEDIA_TYPE, { message: '$property must be a media type, as in image/jpeg' }),
    MaxLength(100),
  ]);

export const PatternField = (pattern: RegExp, must: string, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: pattern.source }, [
    Matches(pattern, { message: `$property ${must}` }),
  ]);

export const PatternsField = (
  pattern: RegExp,
  must: string,
  maxItems: number,
  options: FieldOptions = {},
): PropertyDecorator =>
  field(options, { type: [String], items: { type: 'string', pattern: pattern.source }, maxItems }, [
    ...listOf(maxItems),
    ArrayUnique(),
    Matches(pattern, { each: true, message: `each value in $property ${must}` }),
  ]);

/** An object with fields of its own. */
export const ObjectField = (type: BodyClass, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type }, [nestedAs(type), IsObject(), ValidateNested()]);

export const ObjectsField = (
  type: BodyClass,
  maxItems: number,
  options: FieldOptions & { minItems?: number } = {},
): PropertyDecorator =>
  field(options, { type: [type], maxItems, minItems: options.minItems }, [
    nestedAs(type),
    ...listOf(maxItems, options.minItems),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
  ]);

/** The form of libs/kernel/ids.ts. */
const ID = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const REVISION = /^(0|[1-9]\d{0,18})$/;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

const listOf = (maxItems: number, minItems = 0): Decorators => [
  IsArray(),
  ArrayMinSize(minItems),
  ArrayMaxSize(maxItems),
];

const nestedAs =
  (type: BodyClass): PropertyDecorator =>
  (target, property) =>
    rememberNested(target.constructor as BodyClass, String(property), type);

/** class-validator keeps constraints in the order in which they are applied: the first one named is reported first. */
function field(
  options: FieldOptions,
  schema: ApiPropertyOptions,
  constraints: Decorators,
): PropertyDecorator {
  const { optional, when, onlyWhen, description, example } = options;
  const bound = when ?? onlyWhen;
  const decorators: Decorators = [
    ...(bound === undefined ? [] : [OnlyWhen(...bound)]),
    ...conditionsOf(options),
    ...constraints,
    ApiProperty({
      ...schema,
      required: optional !== true && bound === undefined,
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
    } as ApiPropertyOptions),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

function conditionsOf({ optional, when, onlyWhen }: FieldOptions): Decorators {
  if (when !== undefined) {
    const [other, wanted] = when;
    return [
      ValidateIf((object: Record<string, unknown>, value) => object[other] === wanted || value !== undefined),
    ];
  }
  return optional === true || onlyWhen !== undefined ? [ValidateIf((_, value) => value !== undefined)] : [];
}

const OnlyWhen = (other: string, wanted: string): PropertyDecorator =>
  ValidateBy({
    name: 'onlyWhen',
    validator: {
      validate: (_value, args?: ValidationArguments) =>
        (args?.object as Record<string, unknown> | undefined)?.[other] === wanted,
      defaultMessage: buildMessage(() => `$property belongs to ${other} ${wanted} only`),
    },
  });

const NotNegativeZero = (): PropertyDecorator =>
  Holds('isNotNegativeZero', (value) => !Object.is(value, -0), 'must not be negative zero');

function Holds(
  name: string,
  holds: (value: unknown) => boolean,
  must: string,
  each = false,
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: { validate: holds, defaultMessage: buildMessage((prefix) => `${prefix}$property ${must}`) },
    },
    { each },
  );
}

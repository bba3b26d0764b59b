import type { TSchema } from 'typebox';
import { AwardCap } from '../order/dispute/events.js';
import { Terms } from '../order/contract/terms.js';
import { PolicyParameters } from '../policy/parameters.js';
import {
  BasisPoints,
  CountryCode,
  CurrencyCode,
  DateText,
  DurationText,
  Id,
  InstantText,
  MoneyAmount,
  Sha256,
} from '../schema.js';

/** What the catalogue reads of a JSON schema. */
interface Node {
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly personal?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
}

/** One field of an event: `terms.specification[].id`. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly optional: boolean;
  /** Can tell who a person is. */
  readonly personal: boolean;
}

/** Shapes that many events hold: told once. */
export const SHAPES: readonly (readonly [name: string, schema: TSchema])[] = [
  ['Terms', Terms],
  ['PolicyParameters', PolicyParameters],
  ['AwardCap', AwardCap],
];

const NAMED = new Map(
  (
    [
      ['id', Id],
      ['instant', InstantText],
      ['date', DateText],
      ['duration', DurationText],
      ['SHA-256', Sha256],
      ['currency', CurrencyCode],
      ['country', CountryCode],
      ['money', MoneyAmount],
      ['basis points', BasisPoints],
      ...SHAPES.map(([name, schema]) => [`[${name}](#${name.toLowerCase()})`, schema] as const),
    ] as const
  ).map(([name, schema]) => [JSON.stringify(schema), name] as const),
);

/** Every field of a schema, depth first, in the schema's order. */
export function fieldsOf(schema: TSchema): readonly Field[] {
  return below(schema, '');
}

function below({ properties = {}, required = [] }: Node, prefix: string): readonly Field[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    const path = `${prefix}${name}`;
    const optional = !required.includes(name);
    const field = { path, type: typeOf(node), optional, personal: node.personal === true };
    if (isNamed(node)) return [field];
    if (node.properties !== undefined) return [field, ...below(node, `${path}.`)];
    if (node.items?.properties !== undefined && !isNamed(node.items)) {
      return [field, ...below(node.items, `${path}[].`)];
    }
    return [field];
  });
}

const isNamed = (node: Node): boolean => NAMED.has(JSON.stringify(node));

function typeOf(node: Node): string {
  const named = NAMED.get(JSON.stringify(node));
  if (named !== undefined) return named;
  if (node.anyOf !== undefined) return node.anyOf.map(inlineTypeOf).join(' or ');
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(' · ');
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  switch (node.type) {
    case 'string':
      return `text${between(node.minLength, node.maxLength)}`;
    case 'integer':
      return `integer${between(node.minimum, node.maximum)}`;
    case 'array':
      return `list${between(node.minItems, node.maxItems)} of ${typeOf(node.items ?? {})}`;
    default:
      return node.type ?? 'anything';
  }
}

/** A choice of shapes has no rows of its own. */
function inlineTypeOf(node: Node): string {
  if (node.properties === undefined || isNamed(node)) return typeOf(node);
  const { properties, required = [] } = node;
  const fields = Object.entries(properties).map(
    ([name, child]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(child)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

function between(least: number | undefined, most: number | undefined): string {
  const bounded = most !== undefined && most < Number.MAX_SAFE_INTEGER;
  if (least !== undefined && bounded) return ` ${least}–${most}`;
  if (bounded) return ` ≤ ${most}`;
  return least === undefined ? '' : ` ≥ ${least}`;
}

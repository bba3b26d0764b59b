import type { Caller } from '../decision.js';
import type { InspectorEvent } from '../inspector/events.js';
import { narrateInspector } from '../inspector/narrate.js';
import type { OrderEvent } from '../order/events.js';
import { narrateOrder, partOf } from '../order/narrate.js';
import type { PolicyEvent } from '../policy/events.js';
import { narratePolicy } from '../policy/narrate.js';
import { enumerated, type Narration } from '../prose.js';
import { schemasByStream, type DomainEvent } from '../registry.js';
import type { EventSchema } from '../schema.js';
import { STREAM_KINDS, type StreamKindName } from '../streams.js';
import type { SupplierEvent } from '../supplier/events.js';
import { narrateSupplier } from '../supplier/narrate.js';
import { SHAPES, fieldsOf, type Field } from './fields.js';

/** An event as it was recorded once. */
export interface Example {
  readonly event: DomainEvent;
  readonly actor: Caller;
}

/**
 * docs/event-catalogue.md: every event of every stream with its fields, the rules behind it, and an example in a sentence
 * and in JSON. A function of the schemas and the examples alone, so the page is stale exactly when it differs.
 * Throws a RangeError for an event without an example.
 */
export function eventCatalogue(examples: ReadonlyMap<string, Example>): string {
  const newest = (schemas: readonly EventSchema[]) => schemas.filter(({ upcast }) => upcast === undefined);
  const entry = (kind: StreamKindName, schema: EventSchema) => {
    const example = examples.get(schema.type);
    if (example === undefined) throw new RangeError(`no example of ${schema.type}`);
    return entryOf(kind, schema, example);
  };
  const lines = [
    INTRODUCTION,
    STREAM_KINDS.map((kind) => contentsOf(kind, newest(schemasByStream[kind]))).join('\n'),
    ...STREAM_KINDS.flatMap((kind) => [
      `## Stream \`${kind}-<${kind}Id>\``,
      ...newest(schemasByStream[kind]).map((schema) => entry(kind, schema)),
    ]),
    '## Shapes',
    ...SHAPES.map(([name, schema]) => `### ${name}\n\n${tableOf(fieldsOf(schema))}`),
  ];
  return `${lines.join('\n\n')}\n`;
}

const INTRODUCTION = `# Event catalogue

Written by \`npm run catalogue\` from the schemas in \`libs/domain\`: not to be edited by hand.

Each event lies in an envelope (\`libs/event-store/envelope.ts\`): its id, stream, revision, schema version, who caused it,
when it was recorded and when it took effect, and the hash that links it to the event before it. This page tells the
\`data\`. A released version of a schema never changes; a new version comes with a function that makes it of the old one.

| type | meaning |
|---|---|
| instant | UTC, RFC 3339 with three digits of a second: \`2026-03-06T00:00:00.000Z\` |
| date | a calendar date without a zone: \`2026-03-31\` |
| duration | ISO 8601: \`P5D\` |
| money | \`amount\`: integer ≥ 0 in minor units; \`currency\`: ISO 4217 |
| basis points | integer 0–10000: hundredths of a per cent |
| country, currency | ISO 3166-1 alpha-2, ISO 4217 |
| id | text of 1–64 characters |

A field with **?** may be left out. **Personal** fields can tell who a person is: they can be encrypted per data subject
without a change of shape.`;

function contentsOf(kind: StreamKindName, schemas: readonly EventSchema[]): string {
  const parts = Map.groupBy(schemas, ({ type }) =>
    kind === 'order' ? partOf(type as OrderEvent['type']) : kind,
  );
  return [...parts]
    .map(([part, events]) => {
      const links = events.map(({ type }) => `[${type}](#${type.toLowerCase()})`);
      return `- **${part}**: ${links.join(' · ')}`;
    })
    .join('\n');
}

function entryOf(
  kind: StreamKindName,
  { type, version, schema }: EventSchema,
  { event, actor }: Example,
): string {
  const { sentence, rules } = narrated(kind, event, actor);
  const because =
    rules.length === 0 ? '' : ` (${rules.length === 1 ? 'rule' : 'rules'} ${enumerated(rules.map(String))})`;
  const heading = `### ${type}`;
  const json = JSON.stringify(event.data, null, 2);
  return [
    version === 1 ? heading : `${heading}\n\nVersion ${version}.`,
    `> ${sentence}${because}`,
    tableOf(fieldsOf(schema)),
    `<details><summary>Example</summary>\n\n\`\`\`json\n${json}\n\`\`\`\n\n</details>`,
  ].join('\n\n');
}

function narrated(kind: StreamKindName, event: DomainEvent, actor: Caller): Narration {
  switch (kind) {
    case 'order':
      return narrateOrder(event as OrderEvent, actor);
    case 'supplier':
      return narrateSupplier(event as SupplierEvent, actor);
    case 'policy':
      return narratePolicy(event as PolicyEvent, actor);
    case 'inspector':
      return narrateInspector(event as InspectorEvent, actor);
    default:
      return kind satisfies never;
  }
}

function tableOf(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ path, type, optional, personal }) =>
      `| \`${path}\`${optional ? ' **?**' : ''} | ${type}${personal ? ', **personal**' : ''} |`,
  );
  return ['| field | type |', '|---|---|', ...rows].join('\n');
}

import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import Type, { type TObject, type TObjectOptions, type TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

/** Different parts that are kept, generously. */
const MOST = 1_000;

/**
 * Reads data of which one part is the same in many events: it is parsed and checked once, and those events have one copy of
 * it between them. Throws a RangeError when the schema has no such part, or nothing that canonical JSON has behind it.
 *
 * The reader gives what `JSON.parse` gives and the schema admits, and undefined for all that it cannot tell so: then the
 * text is to be read as a whole.
 */
export function sharedPartReader(schema: TSchema, name: string): (text: string) => unknown {
  const { properties = {}, additionalProperties = true } = schema as Partial<TObject> & TObjectOptions;
  const names = Object.keys(properties).toSorted();
  const next = names[names.indexOf(name) + 1];
  const ofPart = properties[name];
  if (ofPart === undefined || next === undefined) throw new RangeError(`${name} is no part to be shared`);
  const before = `"${name}":`;
  const behind = `,"${next}":`;
  /** Stands where the part was; nothing that was written before can have it. */
  const mark = randomUUID();
  const parts = new LRUCache<string, object>({ max: MOST });
  let compiled: { readonly part: Validator; readonly rest: Validator } | undefined;
  const validators = () =>
    (compiled ??= {
      part: Compile(ofPart) as Validator,
      rest: Compile(
        Type.Object({ ...properties, [name]: Type.Literal(mark) }, { additionalProperties }),
      ) as Validator,
    });

  const partOf = (text: string): object | undefined => {
    const known = parts.get(text);
    if (known !== undefined) return known;
    const part: unknown = JSON.parse(text);
    if (typeof part !== 'object' || part === null || !validators().part.Check(part)) return undefined;
    parts.set(text, frozen(part));
    return part;
  };

  return (text) => {
    const start = text.indexOf(before) + before.length;
    const end = text.indexOf(behind, start);
    if (start < before.length || end < 0) return undefined;
    try {
      const part = partOf(text.slice(start, end));
      const rest = JSON.parse(`${text.slice(0, start)}"${mark}"${text.slice(end)}`) as Record<
        string,
        unknown
      >;
      if (part === undefined || !validators().rest.Check(rest)) return undefined;
      rest[name] = part;
      return rest;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  };
}

/** A change to what many events share would be a change to all of them: it throws. */
function frozen(part: object): object {
  for (const inner of Object.values(part) as unknown[]) {
    if (typeof inner === 'object' && inner !== null) frozen(inner);
  }
  return Object.freeze(part);
}

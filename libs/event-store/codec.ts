import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { canonicalJson } from '../kernel/canonical-json.js';
import type { Fault } from '../kernel/problem.js';
import { sha256 } from '../kernel/sha256.js';
import type { Envelope, EventMetadata } from './envelope.js';
import { hashedText } from './hash-chain.js';
import { draftMetadata, metadataTexts, storedMetadata, type StoredMetadata } from './metadata.js';
import type { EventToAppend, RecordedEvent } from './port.js';
import { sharedPartReader } from './shared-part.js';

/** One released shape of an event. Shapes are never changed once released: a new version goes beside the old. */
export interface EventSchema {
  readonly type: string;
  /** From 1, without gaps. */
  readonly version: number;
  readonly schema: TSchema;
  /** Data of this version → data of the next. Pure. On every version but the newest. */
  readonly upcast?: (data: unknown) => unknown;
  /** Name of the part that is large and the same in many events. Decoded events share one copy of it. */
  readonly shared?: string;
}

type AnyEvent = { readonly type: string; readonly data: unknown };

export interface EventDraft<E extends AnyEvent = AnyEvent> {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly metadata: Omit<EventMetadata, 'hash'>;
  /** Default: the newest. */
  readonly schemaVersion?: number;
}

export interface Codec<E extends AnyEvent = AnyEvent> {
  /**
   * Checks the data against its schema, links it to `metadata.prevHash`, and gives the event both as the store takes it and
   * as readers will see it, except for its position. Throws a CodecError.
   */
  encode(draft: EventDraft<E>): {
    readonly event: EventToAppend;
    readonly envelope: Omit<Envelope<E>, 'position'>;
  };
  /**
   * Checks the data against the schema that it was written by, and upcasts it to the newest. `schemaVersion` stays the
   * recorded one, and so does the hash: it covers the data as recorded. Throws a CodecError.
   */
  decode(event: RecordedEvent): Envelope<E>;
}

export type CodecErrorCode =
  | 'UNKNOWN_EVENT_TYPE'
  | 'UNKNOWN_EVENT_VERSION'
  /** Data or metadata that is no JSON, or not as the schema has it; see `faults`. */
  | 'INVALID_EVENT';

/** Compare by `code`, never by message or class. */
export class CodecError extends Error {
  constructor(
    readonly code: CodecErrorCode,
    message: string,
    readonly faults: readonly Fault[] = [],
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CodecError';
  }
}

/**
 * The codec of these schemas. Throws a RangeError when they contradict each other: a version twice, a gap between versions,
 * a version that cannot be upcast to the next, a shared part that the schema lacks.
 */
export function createCodec<E extends AnyEvent = AnyEvent>(schemas: readonly EventSchema[]): Codec<E> {
  const types = readRegistry(schemas);

  const shapesOf = (type: string): readonly Shape[] => {
    const shapes = types.get(type);
    if (shapes === undefined)
      throw new CodecError('UNKNOWN_EVENT_TYPE', `no schema for events of type ${type}`);
    return shapes;
  };
  const shapeOf = (shapes: readonly Shape[], type: string, version: number): Shape => {
    const shape = shapes[version - 1];
    if (shape === undefined) {
      throw new CodecError('UNKNOWN_EVENT_VERSION', `no schema for version ${version} of ${type}`);
    }
    return shape;
  };

  return {
    encode(draft) {
      const { id, stream, revision, type, data, metadata, schemaVersion } = draft;
      const shapes = shapesOf(type);
      const version = schemaVersion ?? shapes.length;
      check(shapeOf(shapes, type, version).validator(), data, `data of ${type}`);
      check(draftMetadata, metadata, `metadata of ${type}`);
      const { dataText, metadataText, hash } = sealed(draft, version);
      return {
        event: { id, type, data: dataText, metadata: metadataText },
        envelope: {
          id,
          stream,
          revision,
          schemaVersion: version,
          event: { type, data } as E,
          metadata: { ...metadata, hash },
        },
      };
    },

    decode(recorded) {
      const { id, stream, revision, position, type } = recorded;
      const { schemaVersion, ...metadata } = parsedMetadata(recorded);
      const shapes = shapesOf(type);
      const shape = shapeOf(shapes, type, schemaVersion);
      let data = shape.shared?.(recorded.data);
      if (data === undefined) {
        data = parsed(recorded.data, `data of ${type}`);
        check(shape.validator(), data, `data of ${type}`);
      }
      for (let version = schemaVersion; version < shapes.length; version++) {
        data = shapes[version - 1]?.upcast?.(data);
        check(
          shapeOf(shapes, type, version + 1).validator(),
          data,
          `data of ${type}, upcast to ${version + 1}`,
        );
      }
      return { id, stream, revision, position, schemaVersion, event: { type, data } as E, metadata };
    },
  };
}

interface Shape {
  /** Compiled when first needed: a process rarely meets every event. */
  readonly validator: () => Validator;
  /** Reads and checks data that has a part in common with others; see shared-part.ts. */
  readonly shared: ((text: string) => unknown) | undefined;
  readonly upcast: EventSchema['upcast'];
}

/** Type → its shapes, version 1 first. */
function readRegistry(schemas: readonly EventSchema[]): ReadonlyMap<string, readonly Shape[]> {
  const byType = Map.groupBy(schemas, ({ type }) => type);
  return new Map(
    [...byType].map(([type, versions]) => {
      const inOrder = versions.toSorted((a, b) => a.version - b.version);
      for (const [index, { version, upcast }] of inOrder.entries()) {
        if (version !== index + 1)
          throw new RangeError(`${type}: expected version ${index + 1}, not ${version}`);
        if ((upcast === undefined) !== (version === inOrder.length)) {
          throw new RangeError(
            `${type}: every version but the newest is upcast, and only those (version ${version})`,
          );
        }
      }
      return [
        type,
        inOrder.map(({ schema, upcast, shared }) => ({
          validator: compiledOnce(schema),
          shared: shared === undefined ? undefined : sharedPartReader(schema, shared),
          upcast,
        })),
      ] as const;
    }),
  );
}

function compiledOnce(schema: TSchema): () => Validator {
  let validator: Validator | undefined;
  return () => (validator ??= Compile(schema) as Validator);
}

function check(validator: Pick<Validator, 'Check' | 'Errors'>, value: unknown, what: string): void {
  if (validator.Check(value)) return;
  const faults = validator.Errors(value).map(({ instancePath, message }) => ({
    code: 'EVENT.INVALID',
    message,
    pointer: instancePath,
  }));
  const first = faults[0];
  throw new CodecError(
    'INVALID_EVENT',
    `${what}: ${first?.pointer ?? ''} ${first?.message ?? 'is invalid'}`,
    faults,
  );
}

function parsedMetadata({ metadata, type }: RecordedEvent): StoredMetadata {
  const value = parsed(metadata, `metadata of ${type}`);
  check(storedMetadata, value, `metadata of ${type}`);
  return value as StoredMetadata;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodecError('INVALID_EVENT', `${what} is no JSON`, [], { cause });
  }
}

/** The texts to store. Schemas speak of structure; that text is well-formed is for canonical JSON to say. */
function sealed({ id, stream, revision, type, data, metadata }: EventDraft, schemaVersion: number) {
  try {
    const dataText = canonicalJson(data);
    const texts = metadataTexts(metadata);
    const hash = sha256(
      hashedText({
        id,
        stream,
        revision: String(revision),
        type,
        schemaVersion,
        data: dataText,
        metadata: texts.hashed,
      }),
    );
    return { dataText, metadataText: texts.stored(hash, schemaVersion), hash };
  } catch (cause) {
    throw new CodecError('INVALID_EVENT', `${type} has no canonical JSON`, [], { cause });
  }
}

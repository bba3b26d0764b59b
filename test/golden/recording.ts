import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventSchemas } from '../../libs/domain/registry.js';
import type { RecordedEvent } from '../../libs/event-store/port.js';
import { canonicalJson } from '../../libs/kernel/canonical-json.js';
import { sha256 } from '../../libs/kernel/sha256.js';

/** A folder a release: `<stream>.ndjson` as recorded, `<stream>.state.json` as folded, `schemas.json`. */
export const RECORDINGS = 'test/golden/recordings';

export const releases = (): readonly string[] => readdirSync(RECORDINGS).toSorted();

export const streamsOf = (release: string): readonly string[] =>
  readdirSync(join(RECORDINGS, release))
    .filter((file) => file.endsWith('.ndjson'))
    .map((file) => file.slice(0, -'.ndjson'.length))
    .toSorted();

/** One line an event; data and metadata stand in it as the JSON that the store held. */
export const lineOf = ({ id, stream, revision, type, data, metadata }: RecordedEvent): string =>
  `{"stream":"${stream}","revision":"${revision}","id":"${id}","type":"${type}","data":${data},"metadata":${metadata}}\n`;

export function readRecording(release: string, stream: string): readonly RecordedEvent[] {
  const text = readFileSync(join(RECORDINGS, release, `${stream}.ndjson`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { revision, data, metadata, ...rest } = JSON.parse(line);
      return {
        ...rest,
        revision: BigInt(revision),
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
        position: '',
        created: metadata.recordedAt,
      };
    });
}

export const readState = (release: string, stream: string): unknown =>
  JSON.parse(readFileSync(join(RECORDINGS, release, `${stream}.state.json`), 'utf8'));

/** `OrderDrafted@1` → SHA-256 of its schema, of every released schema. */
export const schemaHashes = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    eventSchemas.map(({ type, version, schema }) => [
      `${type}@${version}`,
      sha256(canonicalJson(JSON.parse(JSON.stringify(schema)))),
    ]),
  );

export const readSchemaHashes = (release: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(RECORDINGS, release, 'schemas.json'), 'utf8'));

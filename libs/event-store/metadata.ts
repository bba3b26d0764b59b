import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { canonicalJson } from '../kernel/canonical-json.js';
import type { EventMetadata } from './envelope.js';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const InstantText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
const Name = Type.String({ minLength: 1 });
const exactly = { additionalProperties: false };

const drafted = {
  commandId: Name,
  fingerprint: Hash,
  correlationId: Name,
  causationId: Name,
  actor: Type.Object({ role: Name, id: Name }, exactly),
  recordedAt: InstantText,
  occurredAt: InstantText,
  prevHash: Hash,
};

/** What is known of an event before its hash. Closed: what the hash does not cover is not stored. */
export const draftMetadata = Compile(Type.Object(drafted, exactly));

/** The metadata JSON of a stored event. */
const StoredMetadata = Type.Object(
  { ...drafted, hash: Hash, schemaVersion: Type.Integer({ minimum: 1 }) },
  exactly,
);
export const storedMetadata = Compile(StoredMetadata);
export type StoredMetadata = Static<typeof StoredMetadata>;

/**
 * Canonical JSON of valid metadata: as the hash covers it, and as it is stored, which has the hash and the schema's version
 * besides. Written by hand because every event passes here; the spec compares it with canonicalJson.
 */
export function metadataTexts(metadata: Omit<EventMetadata, 'hash'>) {
  const { actor, causationId, commandId, correlationId, fingerprint, occurredAt, prevHash, recordedAt } =
    metadata;
  const untilHash =
    `{"actor":{"id":${canonicalJson(actor.id)},"role":${canonicalJson(actor.role)}},` +
    `"causationId":${canonicalJson(causationId)},"commandId":${canonicalJson(commandId)},` +
    `"correlationId":${canonicalJson(correlationId)},"fingerprint":"${fingerprint}"`;
  const afterHash = `"occurredAt":"${occurredAt}","prevHash":"${prevHash}","recordedAt":"${recordedAt}"`;
  return {
    hashed: `${untilHash},${afterHash}}`,
    stored: (hash: string, schemaVersion: number) =>
      `${untilHash},"hash":"${hash}",${afterHash},"schemaVersion":${schemaVersion}}`,
  };
}

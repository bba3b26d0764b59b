import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, LogRecord } from './double-log.js';
import { encodedEvent } from './encoded-event.js';

/** Between the messages of the protocol and the double's own values. */

export function streamIdentifier(stream: string): StreamIdentifier {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  return identifier;
}

export const streamName = (identifier: StreamIdentifier | undefined): string =>
  identifier ? Buffer.from(identifier.getStreamName_asU8()).toString('utf8') : '';

/** Canonical text of a UUID that came as text or as two 64-bit halves. */
export function uuidText(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString().toLowerCase() ?? '';
  const half = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

export function uuidMessage(text: string, structured: boolean): UUID {
  const uuid = new UUID();
  if (!structured) {
    uuid.setString(text);
    return uuid;
  }
  const hex = text.replaceAll('-', '');
  const half = (from: number) => BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  const halves = new UUID.Structured();
  halves.setMostSignificantBits(half(0));
  halves.setLeastSignificantBits(half(16));
  uuid.setStructured(halves);
  return uuid;
}

interface ExpectedOptions {
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
  hasAny(): boolean;
}

/** The expectation of an append, a deletion or a tombstone, whose `oneof` all have the same cases. */
export function expectedOf(options: ExpectedOptions, revision: () => string): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(revision());
}

/** The numbers by which the server names an expectation in an error. */
export function expectedNumber(expected: Expected): bigint {
  if (expected === 'any') return -2n;
  if (expected === 'no_stream') return -1n;
  return expected === 'stream_exists' ? -4n : expected;
}

/** .NET ticks (100 ns) since 1970. */
const TICKS_PER_MS = 10_000n;

/** An event with its id in the form that the client asked for. */
export const eventMessage = (record: LogRecord, structuredUuid: boolean): ReadResp | Buffer =>
  structuredUuid ? readEvent(record, true) : encodedEvent(record);

export function readEvent(record: LogRecord, structuredUuid: boolean): ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  const position = record.position.toString();
  recorded.setId(uuidMessage(record.id, structuredUuid));
  recorded.setStreamIdentifier(streamIdentifier(record.stream));
  recorded.setStreamRevision(record.revision.toString());
  recorded.setPreparePosition(position);
  recorded.setCommitPosition(position);
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('created', (BigInt(record.createdMs) * TICKS_PER_MS).toString())
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream');
  const event = new ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(position);
  const response = new ReadResp();
  response.setEvent(event);
  return response;
}

export function streamNotFound(stream: string): ReadResp {
  const notFound = new ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(streamIdentifier(stream));
  const response = new ReadResp();
  response.setStreamNotFound(notFound);
  return response;
}

export function confirmation(id: string): ReadResp {
  const confirmed = new ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(id);
  const response = new ReadResp();
  response.setConfirmation(confirmed);
  return response;
}

export function checkpoint(position: bigint): ReadResp {
  const reached = new ReadResp.Checkpoint();
  reached.setCommitPosition(position.toString());
  reached.setPreparePosition(position.toString());
  const response = new ReadResp();
  response.setCheckpoint(reached);
  return response;
}

export function caughtUp(): ReadResp {
  const response = new ReadResp();
  response.setCaughtUp(new ReadResp.CaughtUp());
  return response;
}

export function fellBehind(): ReadResp {
  const response = new ReadResp();
  response.setFellBehind(new ReadResp.FellBehind());
  return response;
}

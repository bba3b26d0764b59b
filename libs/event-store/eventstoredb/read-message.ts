import { instantOf, type Instant } from '../../kernel/instant.js';
import type { Position, RecordedEvent } from '../port.js';
import { positionOf } from './position.js';
import { ProtobufFields } from './protobuf-fields.js';

/** One message of a read or a subscription. */
export type ReadMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp' }
  /** A confirmation, a missing stream, the stream's last position: nothing to act on. */
  | { readonly kind: 'other' };

/**
 * Decodes a `ReadResp` straight into the port's words: through the generated class, and its copies, maps and base64 detours,
 * catching up takes a third more time. The numbers are those of the protocol (streams.proto); unknown fields are passed over.
 */
export function readMessage(bytes: Buffer): ReadMessage {
  const fields = new ProtobufFields(bytes);
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) {
      const event = eventOf(fields.message());
      if (event) return { kind: 'event', event };
    } else if (field === 3) return { kind: 'checkpoint', position: checkpointOf(fields.message()) };
    else if (field === 8) return { kind: 'caughtUp' };
    else fields.skip();
  }
  return { kind: 'other' };
}

/** ReadEvent; undefined for a link whose event is gone. */
function eventOf(fields: ProtobufFields): RecordedEvent | undefined {
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) return recordedEventOf(fields.message());
    fields.skip();
  }
  return undefined;
}

function recordedEventOf(fields: ProtobufFields): RecordedEvent {
  let id = '';
  let stream = '';
  let revision: number | bigint = 0;
  let prepare: number | bigint = 0;
  let commit: number | bigint = 0;
  let type = '';
  let created = '';
  let metadata = '';
  let data = '';
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) id = textIn(fields.message(), 2);
    else if (field === 2) stream = textIn(fields.message(), 3);
    else if (field === 3) revision = fields.varint();
    else if (field === 4) prepare = fields.varint();
    else if (field === 5) commit = fields.varint();
    else if (field === 6) {
      const entry = fields.message();
      const [name, value] = entryOf(entry);
      if (name === 'type') type = value;
      else if (name === 'created') created = value;
    } else if (field === 7) metadata = fields.text();
    else if (field === 8) data = fields.text();
    else fields.skip();
  }
  const position = positionOf({ commit: commit.toString(), prepare: prepare.toString() });
  return {
    id,
    type,
    data,
    metadata,
    stream,
    revision: BigInt(revision),
    position,
    created: instantOfTicks(created),
  };
}

function checkpointOf(fields: ProtobufFields): Position {
  let commit: number | bigint = 0;
  let prepare: number | bigint = 0;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) commit = fields.varint();
    else if (field === 2) prepare = fields.varint();
    else fields.skip();
  }
  return positionOf({ commit: commit.toString(), prepare: prepare.toString() });
}

/** An entry of a map from text to text. */
function entryOf(fields: ProtobufFields): [name: string, value: string] {
  let name = '';
  let value = '';
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) name = fields.text();
    else if (field === 2) value = fields.text();
    else fields.skip();
  }
  return [name, value];
}

function textIn(fields: ProtobufFields, wanted: number): string {
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === wanted) return fields.text();
    fields.skip();
  }
  return '';
}

/** .NET ticks since 1970, of 100 ns: four digits more than milliseconds. */
const instantOfTicks = (ticks: string): Instant => instantOf(Number(ticks.slice(0, -4)));

/** Whether an event is the server's own: statistics, metadata, links, tombstones. */
export const isOfTheSystem = ({ stream, type }: RecordedEvent): boolean =>
  stream.startsWith('$') || type.startsWith('$');

import type { LogRecord } from './double-log.js';

/** .NET ticks (100 ns) since 1970: four digits more than milliseconds. */
const ticksOf = (epochMs: number): string => `${epochMs}0000`;

/** Room for the tags and lengths of the two messages around an event, which are known once it is written. */
const AROUND = 16;

/**
 * A `ReadResp` that holds an event, as bytes. Catching up is a million of these, and
 * the classes take a third of the server's time for them. The id is text, as clients of Node ask for it.
 */
export function encodedEvent(record: LogRecord): Buffer {
  const { id, stream, revision, position, type, createdMs, isJson, data, metadata } = record;
  const most = AROUND + 400 + 3 * (stream.length + type.length) + data.length + metadata.length;
  const fields = new Fields(most, AROUND);
  fields.header(1, textSize(id));
  fields.text(2, id);
  fields.header(2, textSize(stream));
  fields.text(3, stream);
  if (revision > 0n) fields.varint(3, revision);
  fields.varint(4, position);
  fields.varint(5, position);
  fields.entry('type', type);
  fields.entry('created', ticksOf(createdMs));
  fields.entry('content-type', isJson ? 'application/json' : 'application/octet-stream');
  if (metadata.length > 0) fields.bytes(7, metadata);
  if (data.length > 0) fields.bytes(8, data);
  const recorded = fields.size;
  fields.varint(3, position);
  return fields.within(1, headerSize(recorded) + fields.size, 1, recorded);
}

/** The fields of one protobuf message, written one after another. */
class Fields {
  private readonly buffer: Buffer;
  private at: number;

  /** With so much room before them. */
  constructor(
    most: number,
    private start: number,
  ) {
    this.buffer = Buffer.allocUnsafe(most);
    this.at = start;
  }

  /** Bytes written. */
  get size(): number {
    return this.at - this.start;
  }

  /** All that was written, with the headers of the messages that it is in. */
  within(outer: number, outerLength: number, inner: number, innerLength: number): Buffer {
    const end = this.at;
    this.start -= headerSize(outerLength) + headerSize(innerLength);
    this.at = this.start;
    this.header(outer, outerLength);
    this.header(inner, innerLength);
    return this.buffer.subarray(this.start, end);
  }

  varint(field: number, value: bigint): void {
    this.number(field * 8);
    if (value <= Number.MAX_SAFE_INTEGER) return this.number(Number(value));
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) this.buffer[this.at++] = Number(rest & 127n) | 128;
    this.buffer[this.at++] = Number(rest);
  }

  bytes(field: number, value: Uint8Array): void {
    this.header(field, value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  text(field: number, value: string): void {
    this.header(field, Buffer.byteLength(value));
    this.at += this.buffer.write(value, this.at);
  }

  /** Begins a field of `length` bytes, which are written next. */
  header(field: number, length: number): void {
    this.number(field * 8 + 2);
    this.number(length);
  }

  /** An entry of the map of an event's properties. */
  entry(name: string, value: string): void {
    this.header(6, textSize(name) + textSize(value));
    this.text(1, name);
    this.text(2, value);
  }

  private number(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.buffer[this.at++] = (rest % 128) | 128;
    this.buffer[this.at++] = rest;
  }
}

/** Bytes of a field of text, with its tag and length. */
function textSize(value: string): number {
  const length = Buffer.byteLength(value);
  return length + headerSize(length);
}

/** Bytes of a tag and a length. */
function headerSize(length: number): number {
  let size = 2;
  for (let rest = length; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

import type { LogRecord } from './double-log.js';

/** .NET ticks (100 ns) since 1970: four digits more than milliseconds. */
const ticksOf = (epochMs: number): string => `${epochMs}0000`;

/**
 * A `ReadResp` that holds an event, as bytes. Catching up is a million of these, and
 * the classes take a third of the server's time for them. The id is text, as clients of Node ask for it.
 */
export function encodedEvent(record: LogRecord): Buffer {
  const { id, stream, revision, position, type, createdMs, isJson, data, metadata } = record;
  const event = new Fields(400 + 3 * (stream.length + type.length) + data.length + metadata.length);
  event.header(1, textSize(id));
  event.text(2, id);
  event.header(2, textSize(stream));
  event.text(3, stream);
  if (revision > 0n) event.varint(3, revision);
  event.varint(4, position);
  event.varint(5, position);
  event.entry('type', type);
  event.entry('created', ticksOf(createdMs));
  event.entry('content-type', isJson ? 'application/json' : 'application/octet-stream');
  if (metadata.length > 0) event.bytes(7, metadata);
  if (data.length > 0) event.bytes(8, data);
  const recorded = event.written();

  const read = new Fields(recorded.length + 20);
  read.bytes(1, recorded);
  read.varint(3, position);
  const whole = read.written();
  const response = new Fields(whole.length + 10);
  response.bytes(1, whole);
  return response.written();
}

/** The fields of one protobuf message, written one after another. */
class Fields {
  private readonly buffer: Buffer;
  private at = 0;

  constructor(most: number) {
    this.buffer = Buffer.allocUnsafe(most);
  }

  written(): Buffer {
    return this.buffer.subarray(0, this.at);
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
  return length + (length < 128 ? 2 : length < 16_384 ? 3 : 4);
}

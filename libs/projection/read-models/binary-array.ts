/** Numbers of PostgreSQL's types (pg_type.oid). */
const OID = { text: 25, bigint: 20 } as const;

const HEADER_BYTES = 20;
const NULL_LENGTH = -1;

/**
 * An array as PostgreSQL's binary protocol has it (array_send): pg sends a Buffer as it is. As text, every quote of every
 * document is escaped here and unescaped there, which takes longer than all else about writing it.
 */
export function binaryTexts(values: readonly (string | null)[]): Buffer {
  let size = 0;
  for (const value of values) size += 4 + (value === null ? 0 : Buffer.byteLength(value));
  const buffer = begun(OID.text, values, size);
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = value === null ? 0 : buffer.write(value, at + 4);
    buffer.writeInt32BE(value === null ? NULL_LENGTH : length, at);
    at += 4 + length;
  }
  return buffer;
}

/** Safe integers as bigints. */
export function binaryBigints(values: readonly (number | null)[]): Buffer {
  const size = values.reduce<number>((sum, value) => sum + (value === null ? 4 : 12), 0);
  const buffer = begun(OID.bigint, values, size);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? NULL_LENGTH : 8, at);
    at += 4;
    if (value !== null) at = buffer.writeBigInt64BE(BigInt(value), at);
  }
  return buffer;
}

/** One dimension from 1, whether there are nulls, and what the elements are. */
function begun(oid: number, values: readonly unknown[], size: number): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + size);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

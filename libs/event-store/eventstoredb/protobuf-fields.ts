/**
 * A cursor over the fields of one protobuf message (https://protobuf.dev/programming-guides/encoding/), which lies between
 * two places of a buffer. `next` moves to a field; then exactly one of `varint`, `message`, `text` or `skip` takes it.
 */
export class ProtobufFields {
  private wireType = 0;

  constructor(
    private readonly bytes: Buffer,
    private at = 0,
    private readonly end = bytes.length,
  ) {}

  /** The number of the next field; 0 after the last. */
  next(): number {
    if (this.at >= this.end) return 0;
    const tag = Number(this.varint());
    this.wireType = tag & 7;
    return tag >>> 3;
  }

  /** An unsigned integer; a bigint when a number would round it. */
  varint(): number | bigint {
    const start = this.at;
    let value = 0;
    let factor = 1;
    let byte: number;
    do {
      byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * factor;
      factor *= 128;
    } while (byte >= 0x80);
    return value <= Number.MAX_SAFE_INTEGER ? value : this.large(start);
  }

  message(): ProtobufFields {
    const length = Number(this.varint());
    const start = this.at;
    this.at += length;
    return new ProtobufFields(this.bytes, start, this.at);
  }

  text(): string {
    const length = Number(this.varint());
    const start = this.at;
    this.at += length;
    return this.bytes.toString('utf8', start, this.at);
  }

  skip(): void {
    if (this.wireType === 0) this.varint();
    else if (this.wireType === 1) this.at += 8;
    else if (this.wireType === 5) this.at += 4;
    else this.message();
  }

  /** The varint before the cursor, read again without rounding. */
  private large(start: number): bigint {
    let value = 0n;
    for (let at = this.at - 1; at >= start; at--)
      value = (value << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
    return BigInt.asUintN(64, value);
  }
}

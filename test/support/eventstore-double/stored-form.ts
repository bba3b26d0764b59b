import { isUtf8 } from 'node:buffer';

/** The bytes of an event as EventStoreDB keeps them: any data, any metadata, and a bit that calls the data JSON. */
export interface EventBytes {
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** The same as the event store port takes it: two texts. */
export interface EventTexts {
  readonly data: string;
  readonly metadata: string;
}

/** Begins the metadata of an event that the port cannot hold as it is. */
const MARK = '{"$double":';

interface Wrapped {
  readonly isJson: boolean;
  readonly dataIs: 'text' | 'base64';
  /** base64 */
  readonly metadata: string;
}

/**
 * Bytes → texts. An event of JSON data and JSON metadata is stored as it came, so that the double's file is one that
 * the embedded store reads too; whatever else comes is wrapped, and {@link bytesOf} gives back the very bytes.
 */
export function textsOf({ isJson, data, metadata }: EventBytes): EventTexts {
  const dataText = textOf(data);
  const metadataText = textOf(metadata);
  const plain = isJson && dataText !== undefined && metadataText !== undefined;
  if (plain && metadataText !== '' && !metadataText.startsWith(MARK)) {
    return { data: dataText, metadata: metadataText };
  }
  const asText = isJson && dataText !== undefined && dataText !== '';
  const wrapped: Wrapped = {
    isJson,
    dataIs: asText ? 'text' : 'base64',
    metadata: Buffer.from(metadata).toString('base64'),
  };
  return {
    data: asText ? dataText : JSON.stringify(Buffer.from(data).toString('base64')),
    metadata: `${MARK}${JSON.stringify(wrapped)}}`,
  };
}

/** Texts → the bytes that {@link textsOf} was given. */
export function bytesOf({ data, metadata }: EventTexts): EventBytes {
  if (!metadata.startsWith(MARK)) {
    return { isJson: true, data: Buffer.from(data), metadata: Buffer.from(metadata) };
  }
  const { $double } = JSON.parse(metadata) as { $double: Wrapped };
  return {
    isJson: $double.isJson,
    data: $double.dataIs === 'text' ? Buffer.from(data) : Buffer.from(JSON.parse(data) as string, 'base64'),
    metadata: Buffer.from($double.metadata, 'base64'),
  };
}

/** Undefined for bytes that are no text, or hold what a column of text may cut off. */
function textOf(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

import { handInEvidenceFile } from '../../api/generated/sdk.gen.js';
import { evidenceOf } from './evidence-of.js';

export interface HandedIn {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly fileName: string;
}

/** Hands a file in with the hash that it has here: what arrives otherwise is refused. The engine says what its bytes are. */
export async function handIn(orderId: string, dispute: number, file: File): Promise<HandedIn> {
  const { sha256 } = await evidenceOf(file);
  const { data } = await handInEvidenceFile({
    path: { orderId, dispute },
    body: file,
    headers: {
      'Content-Digest': `sha-256=:${base64(sha256)}:`,
      'X-File-Name': encodeURIComponent(file.name),
    },
    throwOnError: true,
  });
  const { size, mediaType, fileName = file.name } = data;
  return { sha256: data.sha256, size, mediaType, fileName };
}

const base64 = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))));

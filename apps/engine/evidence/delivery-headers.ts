import { essenceOf } from '../../../libs/evidence/content/sniff.js';
import type { Delivery } from '../../../libs/evidence/receive.js';
import type { ApiRequest } from '../http/api-request.js';
import { problem } from '../http/problem.js';

const LONGEST_NAME = 255;
/** RFC 9530, one of a list of digests. */
const SHA256_DIGEST = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/;

/** What the headers of an upload say of its body. Throws 400 and 415 for what cannot be meant. */
export function saidIn({ headers }: ApiRequest): Delivery['said'] {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw problem(415, 'REQUEST.CONTENT_ENCODING', 'Send the file as it is.', '/headers/content-encoding');
  }
  const length = headers['content-length'];
  const type = headers['content-type'];
  return {
    mediaType: type === undefined ? undefined : essenceOf(type),
    fileName: fileNameIn(headers['x-file-name']),
    size: length === undefined ? undefined : Number(length),
    sha256: digestIn(headers['content-digest']),
  };
}

/** In UTF-8, percent-encoded: headers have no other letters than ASCII's that everyone reads alike. */
function fileNameIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const name = decoded(header);
  if (name === undefined || name === '' || name.length > LONGEST_NAME) {
    const message = `X-File-Name is a name of 1 to ${LONGEST_NAME} characters, percent-encoded.`;
    throw problem(400, 'EVIDENCE.FILE_NAME', message, '/headers/x-file-name');
  }
  return name;
}

function decoded(header: string | string[]): string | undefined {
  try {
    return typeof header === 'string' ? decodeURIComponent(header) : undefined;
  } catch {
    return undefined;
  }
}

function digestIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const digest = typeof header === 'string' ? SHA256_DIGEST.exec(header)?.[1] : undefined;
  if (digest === undefined) {
    const message = 'Content-Digest must hold the SHA-256, as in sha-256=:<base64>: (RFC 9530).';
    throw problem(400, 'REQUEST.CONTENT_DIGEST', message, '/headers/content-digest');
  }
  return Buffer.from(digest, 'base64').toString('hex');
}

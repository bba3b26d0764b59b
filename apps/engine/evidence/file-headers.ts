import { contentDisposition, safeFileName } from '../../../libs/evidence/file-name.js';
import type { Upload } from '../../../libs/evidence/uploads.js';

/** What a browser shows without running anything. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
  'text/plain',
  'text/csv',
]);

/**
 * Headers of a file that somebody unknown made. It is to be saved; shown only where it was asked for, what it is cannot
 * run, and a scanner found it clean. Whatever a browser makes of it, it is in a sandbox without a script, an origin or a
 * request.
 */
export function fileHeaders(
  { sha256, size, mediaType, extension, scan }: Upload,
  { fileName, inline }: { readonly fileName: string; readonly inline: boolean },
): Readonly<Record<string, string>> {
  const shown = inline && scan.state === 'clean' && SHOWN.has(mediaType);
  const disposition = shown ? 'inline' : 'attachment';
  return {
    'content-type': typeOf(shown && isText(mediaType) ? 'text/plain' : mediaType),
    'content-length': String(size),
    'content-disposition': contentDisposition(disposition, safeFileName(fileName, extension)),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    // Who may see it can change: it is asked for every time.
    'cache-control': 'private, no-cache',
    etag: `"${sha256}"`,
    'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    'accept-ranges': 'none',
  };
}

const isText = (mediaType: string): boolean => mediaType.startsWith('text/');

/** Text is UTF-8 here, or it would not have been taken for text. */
const typeOf = (mediaType: string): string => (isText(mediaType) ? `${mediaType}; charset=utf-8` : mediaType);

/** If-None-Match (RFC 9110, 13.1.2). */
export function matches(header: string | undefined, sha256: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(`"${sha256}"`);
}

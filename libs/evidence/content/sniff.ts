import { fileTypeFromFile } from 'file-type';
import type { TextCheck } from './text.js';

/** What a file is, by its bytes. */
export interface MediaType {
  /** RFC 6838, in lower case and without parameters. */
  readonly mediaType: string;
  /** Without its dot. */
  readonly extension: string;
}

/** Formats that are written in text. For everything else that is text, a sniffer's two or three bytes mean nothing. */
const WRITTEN_IN_TEXT =
  /^(text\/|application\/(pdf|xml|rtf|postscript|eps|x-pem-file|pgp-encrypted|x-mimearchive|x-fictionbook\+xml)$|model\/|.*\+xml$)/;

/**
 * What the file is, by its bytes; undefined for what is neither text nor of a known form. Of text it is said, and
 * nothing shows, whether it is a table: that is taken from whoever sent it.
 */
export async function sniff(path: string, text: TextCheck, said: Said): Promise<MediaType | undefined> {
  const found = await fileTypeFromFile(path);
  if (found !== undefined && (!text.isText() || WRITTEN_IN_TEXT.test(found.mime))) {
    return { mediaType: essenceOf(found.mime), extension: found.ext };
  }
  if (!text.isText()) return undefined;
  if (text.isMarkup()) return { mediaType: 'text/html', extension: 'html' };
  return isTable(said)
    ? { mediaType: 'text/csv', extension: 'csv' }
    : { mediaType: 'text/plain', extension: 'txt' };
}

/** What the sender says of the file. */
export interface Said {
  /** Its Content-Type; absent: nothing said. */
  readonly mediaType?: string;
  readonly fileName?: string;
}

/** A media type without its parameters, in lower case. */
export const essenceOf = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

/** Other names of the same thing, as browsers and systems write them. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/heif': 'image/heic',
  'application/x-pdf': 'application/pdf',
  'application/csv': 'text/csv',
  'text/comma-separated-values': 'text/csv',
  'text/x-csv': 'text/csv',
};

/** The name that is used here for what the sender says; undefined when that is nothing in particular. */
export function saidType({ mediaType, fileName }: Said): string | undefined {
  const essence = essenceOf(mediaType ?? '');
  if (essence === '' || essence === 'application/octet-stream') return undefined;
  // What Windows calls a table wherever Excel is installed.
  if (essence === 'application/vnd.ms-excel' && isCsvName(fileName)) return 'text/csv';
  return ALIASES[essence] ?? essence;
}

const isTable = (said: Said): boolean => {
  const type = saidType(said);
  return type === 'text/csv' || (type === undefined && isCsvName(said.fileName));
};

const isCsvName = (fileName: string | undefined): boolean => /\.csv$/i.test(fileName ?? '');

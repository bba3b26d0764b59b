import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { zip, type ZipEntry } from './zip.js';

/** Files as people hand them in, and as attackers do: small, and of the form that they say. */

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** One grey pixel, and whatever else shall be in the file. */
export function png(more: string | Buffer = ''): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const comment = Buffer.concat([Buffer.from('Comment\0'), Buffer.from(more)]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(more.length === 0 ? [] : [chunk('tEXt', comment)]),
    chunk('IDAT', deflateSync(Buffer.from([0, 127]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG of exactly so many bytes. */
export const pngOf = (size: number): Buffer => {
  const least = png('x').length - 1;
  return png(Buffer.alloc(size - least, 0x78));
};

export const gif = (more: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1'),
    ...(more.length === 0
      ? []
      : [Buffer.from([0x21, 0xfe, more.length]), Buffer.from(more), Buffer.from([0])]),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  ]);

/** A page without anything on it; `catalog` goes into the document's catalog. */
export const pdf = (catalog = '', more: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n` +
        '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
        '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>\nendobj\n',
      'latin1',
    ),
    Buffer.from(more),
    Buffer.from('trailer\n<< /Root 1 0 R >>\n%%EOF\n'),
  ]);

/** An object stream (PDF 1.5), in which objects lie compressed. */
export const objectStream = (objects: string): Buffer => {
  const packed = deflateSync(Buffer.from(objects, 'latin1'));
  return Buffer.concat([
    Buffer.from(
      `4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`,
    ),
    packed,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
};

const CONTENT_TYPES =
  '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** A text document of Office Open XML with one paragraph. */
export const docx = (more: readonly ZipEntry[] = []): Buffer =>
  zip([
    { name: '[Content_Types].xml', content: CONTENT_TYPES },
    { name: 'word/document.xml', content: '<w:document><w:p>Delivered late.</w:p></w:document>' },
    ...more,
  ]);

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The test file of the antivirus industry, put together here so that no scanner takes this source away. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

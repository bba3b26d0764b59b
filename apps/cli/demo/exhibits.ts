import { crc32, deflateSync } from 'node:zlib';

/** Files that parties hand in: small, real, and made here, so that the demo needs no others. */
export interface ExhibitFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const WIDTH = 480;
const HEIGHT = 300;

/** Two swatches side by side: what was agreed (RAL 5010) and what came, a little off. */
export function shadePhoto(index: number): ExhibitFile {
  const agreed = [0, 79, 124];
  const came = [0 + (index % 5) * 6, 92, 110 - (index % 7) * 3];
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const margin = x < 16 || x >= WIDTH - 16 || y < 16 || y >= HEIGHT - 16 || Math.abs(x - WIDTH / 2) < 6;
      // A weave, as of cloth or brushed metal.
      const shine = ((x * 7 + y * 13) % 11) - 5;
      const colour = margin ? [238, 236, 230] : (x < WIDTH / 2 ? agreed : came).map((part) => part + shine);
      rows.set(
        colour.map((part) => Math.min(255, Math.max(0, part))),
        y * (1 + WIDTH * 3) + 1 + x * 3,
      );
    }
  }
  return { fileName: 'pallet-3.png', bytes: png(rows) };
}

/** A letter as plain text. */
export const letter = (text: string): ExhibitFile => ({
  fileName: 'letter.txt',
  bytes: Buffer.from(`${text}\n`),
});

/** One page of an inspector's report. */
export function report(lines: readonly string[]): ExhibitFile {
  const escaped = lines.map((line) => line.replaceAll(/[\\()]/g, '\\$&'));
  const text = `BT /F1 12 Tf 56 760 Td 18 TL ${escaped.map((line) => `(${line}) Tj T*`).join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return {
    fileName: 'inspection-report.pdf',
    bytes: Buffer.from(`${body}xref\n0 ${size}\n0000000000 65535 f \n${entries}${end}`, 'latin1'),
  };
}

/** Eight bits of red, green and blue; a filter byte before each row. */
function png(rows: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(content, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}

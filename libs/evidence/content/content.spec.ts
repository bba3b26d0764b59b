import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCX, docx, eicar, gif, objectStream, pdf, png } from '../../../test/support/evidence-samples.js';
import { zip } from '../../../test/support/zip.js';
import type { Said } from './sniff.js';
import { contentWatch, type Judgement } from './watch.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-content-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Shown by chunks, so that what hides across a cut is looked for as well. */
async function judge(bytes: Buffer | string, said: Said = {}, chunk = 1_000): Promise<Judgement> {
  const all = Buffer.from(bytes);
  const path = join(folder, 'file');
  await writeFile(path, all);
  const watch = contentWatch();
  for (let at = 0; at < all.length; at += chunk) watch.see(all.subarray(at, at + chunk));
  return watch.judge(path, said);
}

const harmless = (mediaType: string, extension: string) => ({
  kind: 'harmless',
  type: { mediaType, extension },
});

describe('What a file is', () => {
  it.each<[string, Buffer | string, Said, string, string]>([
    ['a PNG', png(), {}, 'image/png', 'png'],
    ['a PNG that is said to be a JPEG', png(), { mediaType: 'image/jpeg' }, 'image/png', 'png'],
    ['a GIF', gif(), {}, 'image/gif', 'gif'],
    ['a PDF', pdf(), {}, 'application/pdf', 'pdf'],
    ['a document of Office', docx(), {}, DOCX, 'docx'],
    ['text', 'The goods came late.\n', {}, 'text/plain', 'txt'],
    ['Chinese text', '货物迟到了。\r\n', { mediaType: 'text/plain; charset=utf-8' }, 'text/plain', 'txt'],
    ['text after a byte order mark', '\uFEFFlate', {}, 'text/plain', 'txt'],
    // Two letters are a bitmap's, or a program's, whole signature.
    ['text that begins with BM', 'BMW parts arrived damaged.', {}, 'text/plain', 'txt'],
    ['text that begins with MZ', 'MZ: delivered 3 March', {}, 'text/plain', 'txt'],
    ['a table by its type', 'a,b\n1,2\n', { mediaType: 'text/csv' }, 'text/csv', 'csv'],
    ['a table by its name', 'a,b\n1,2\n', { fileName: 'Weights.CSV' }, 'text/csv', 'csv'],
    [
      'a table as Windows calls it',
      'a,b\n1,2\n',
      { mediaType: 'application/vnd.ms-excel', fileName: 'w.csv' },
      'text/csv',
      'csv',
    ],
    ['an archive', zip([{ name: 'a', content: 'a' }]), {}, 'application/zip', 'zip'],
    ['EICAR, which is text', eicar(), {}, 'text/plain', 'txt'],
  ])('%s', async (_name, bytes, said, mediaType, extension) => {
    expect(await judge(bytes, said)).toEqual(harmless(mediaType, extension));
  });

  it('text is text wherever the chunks are cut', async () => {
    expect(await judge('货物迟到了。'.repeat(50), {}, 1)).toEqual(harmless('text/plain', 'txt'));
  });

  it.each([
    ['text that is no UTF-8', Buffer.from([0x4c, 0x65, 0x20, 0xe9, 0x74, 0x20, 0xe9])],
    ['text that is cut in a character', Buffer.from('货').subarray(0, 2)],
    ['text with control characters', 'a\x00b'],
    ['bytes without a form', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])],
  ])('unknown: %s', async (_name, bytes) => {
    expect(await judge(bytes)).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['HTML', '<!DOCTYPE html><p>Hello</p>', 'text/html'],
    ['HTML after spaces', ' \n\t<div>Hello</div>', 'text/html'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', /svg|html/],
    ['XML', '<?xml version="1.0"?><a/>', 'application/xml'],
  ])('no text: %s', async (_name, bytes, mediaType) => {
    const { type } = (await judge(bytes, { mediaType: 'text/plain' })) as { type: { mediaType: string } };
    expect(type.mediaType).toMatch(mediaType);
  });
});

describe('What acts when it is opened', () => {
  const script = '<script>alert(1)</script>';
  it.each<[string, Buffer | string]>([
    ['an SVG with a script', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`],
    ['an SVG with a handler', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a GIF that is HTML', gif(script)],
    ['a PNG with HTML behind its end', Buffer.concat([png(), Buffer.from('<html><body>')])],
    ['a PNG with a frame in a comment', png('<IFRAME SRC="//evil">')],
    ['text with a script', `See here: ${script}`],
    ['text with a handler', 'x <img src=x onerror=alert(1)> y'],
    ['a GIF that is PHP', gif('<?php system($_GET[0]);')],
    ['a GIF that is an archive', Buffer.concat([gif(), zip([{ name: 'A.class', content: 'x' }])])],
    ['a PDF that is an archive', Buffer.concat([pdf(), zip([{ name: 'A.class', content: 'x' }])])],
    ['a GIF that is a PDF', gif(pdf().subarray(0, 200))],
    ['a PDF with a script', pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')],
    ['a PDF with a script in other letters', pdf('/OpenAction << /S /J#61vaScrip#74 /JS (1) >>')],
    ['a PDF with a script in a compressed object', pdf('', objectStream('5 0 << /S /JavaScript /JS (1) >>'))],
    ['a PDF that starts a program', pdf('/OpenAction << /S /Launch /F (cmd.exe) >>')],
    ['a document with macros', docx([{ name: 'word/vbaProject.bin', content: 'macros' }])],
    ['an encrypted archive', docx([{ name: 'word/a.xml', content: 'a', says: { flags: 1 } }])],
  ])('%s', async (_name, bytes) => {
    expect(await judge(bytes)).toMatchObject({ kind: 'harmful' });
  });

  it('wherever the chunks are cut', async () => {
    const bytes = gif(`${'-'.repeat(100)}${script}`);
    for (const chunk of [1, 2, 3, 7, 50, 113]) {
      expect(await judge(bytes, {}, chunk)).toMatchObject({ kind: 'harmful' });
    }
  });

  it.each<[string, Buffer]>([
    ['a photograph with metadata in XML', png('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>')],
    ['a PDF with an attachment', pdf('/Names << /EmbeddedFiles 9 0 R >>')],
    ['a PDF with harmless compressed objects', pdf('', objectStream('5 0 << /Type /Font >>'))],
  ])('not %s', async (_name, bytes) => {
    expect(await judge(bytes)).toMatchObject({ kind: 'harmless' });
  });

  it('not noise, however much of it', async () => {
    // xorshift: the same noise in every run.
    let seed = 0x9e3779b9;
    const noise = Buffer.alloc(8 * 1_048_576);
    for (let at = 0; at < noise.length; at += 4) {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      noise.writeInt32LE(seed, at);
    }
    expect(await judge(png(noise), {}, 65_536)).toMatchObject({ kind: 'harmless' });
  });
});

describe('Archives that unpack to far more than they are', () => {
  const zeros = Buffer.alloc(20 * 1_048_576);

  it('by what they say', async () => {
    const bomb = docx([{ name: 'word/media/a.xml', content: zeros }]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await judge(bomb)).toMatchObject({ kind: 'harmful', what: expect.stringContaining('unpacks') });
  });

  it('whatever they say', async () => {
    const bomb = docx([{ name: 'word/media/a.xml', content: zeros, says: { unpacked: 1_000 } }]);
    expect(await judge(bomb)).toMatchObject({ kind: 'harmful', what: expect.stringContaining('unpacks') });
  });

  it('by entries that share their bytes', async () => {
    const bytes = docx([{ name: 'word/a.xml', content: Buffer.alloc(100_000, 'abcdefgh0123') }]);
    // The last entry of the directory points at the biggest entry's bytes, and so do two more.
    const end = bytes.length - 22;
    const offset = bytes.readUInt32LE(end + 16);
    const directory = bytes.subarray(offset, end);
    const last = directory.subarray(directory.lastIndexOf('PK\x01\x02'));
    const copies = Buffer.concat(Array.from({ length: 50 }, () => last));
    const tail = Buffer.from(bytes.subarray(end));
    tail.writeUInt16LE(tail.readUInt16LE(10) + 50, 10);
    tail.writeUInt32LE(directory.length + copies.length, 12);
    const overlapping = Buffer.concat([bytes.subarray(0, end), copies, tail]);
    expect(await judge(overlapping)).toMatchObject({ kind: 'harmful' });
  });

  it('or that cannot be read at all', async () => {
    const whole = docx();
    expect(await judge(whole.subarray(0, whole.length - 30))).toMatchObject({ kind: 'harmful' });
  });

  it('but not documents', async () => {
    const long = docx([{ name: 'word/long.xml', content: '<w:p>Delivered late.</w:p>'.repeat(100_000) }]);
    expect(await judge(long)).toMatchObject({ kind: 'harmless' });
  });
});

import pdfMake from 'pdfmake/build/pdfmake.js';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { caseFileContent, type Words } from './case-file-content.js';
import { slicesFor, type Slice } from './font-slices.js';
import { runsOf } from './runs.js';

/** The case file as a PDF whose text is text: it can be searched, copied and read aloud. */
export async function caseFilePdf(file: CaseFile, words: Words): Promise<Blob> {
  const outline = caseFileContent(file, words);
  const slices = await slicesFor(`${everyText(outline)}${words.t('pdf.page')}0123456789`);
  const text = (value: string) => runsOf(value, slices);
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [48, 54, 48, 54],
    info: { title: `${words.t('pdf.title')} ${file.orderId} #${file.dispute}`, creator: 'Recourse' },
    defaultStyle: { font: 'latin', fontSize: 9.5, lineHeight: 1.25 },
    styles: {
      title: { fontSize: 18, bold: true },
      heading: { fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
      soft: { color: '#525b6b' },
      claim: { fontSize: 11.5, margin: [0, 6, 0, 2] },
    },
    footer: (page, pages) => ({
      text: text(words.t('pdf.page', { page, pages })),
      style: 'soft',
      alignment: 'center',
      fontSize: 8,
    }),
    content: withRuns(outline, text) as Content,
  };
  use(slices);
  return pdfMake.createPdf(definition).getBlob();
}

function use(slices: readonly Slice[]): void {
  for (const { name, regular, bold } of slices) {
    pdfMake.addVirtualFileSystem({
      [`${name}.woff`]: { data: regular, encoding: 'binary' },
      [`${name}-bold.woff`]: { data: bold, encoding: 'binary' },
    } as never);
    const [normal, heavy] = [`${name}.woff`, `${name}-bold.woff`];
    pdfMake.addFonts({ [name]: { normal, bold: heavy, italics: normal, bolditalics: heavy } });
  }
}

/** Every text of an outline of the document, wherever it stands. */
function everyText(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(everyText).join('');
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .filter(([key]) => CONTENT.has(key))
    .map(([, value]) => everyText(value))
    .join('');
}

const CONTENT: ReadonlySet<string> = new Set(['text', 'stack', 'table', 'body', 'columns', 'ul']);

/** The same outline with its texts as runs of fonts. */
function withRuns(node: unknown, text: (value: string) => unknown): unknown {
  if (typeof node === 'string') return { text: text(node) };
  if (Array.isArray(node)) return node.map((one) => withRuns(one, text));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'text' && typeof value === 'string') return [key, text(value)];
      return [key, CONTENT.has(key) ? withRuns(value, text) : value];
    }),
  );
}

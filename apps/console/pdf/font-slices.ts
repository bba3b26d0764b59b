import { create, type Font } from 'fontkit';
import chineseRanges from '@fontsource/noto-sans-sc/unicode.json';
import latinRanges from '@fontsource/inter/unicode.json';

/** A part of a typeface: the letters of some ranges, in a file of its own. */
export interface Slice {
  /** What the document calls the font. */
  readonly name: string;
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  has(codePoint: number): boolean;
}

const files = {
  ...import.meta.glob<string>('../../../node_modules/@fontsource/inter/files/inter-*-{400,600}-normal.woff', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>(
    '../../../node_modules/@fontsource/noto-sans-sc/files/*-{400,600}-normal.woff',
    {
      query: '?url',
      import: 'default',
      eager: true,
    },
  ),
};

interface Known {
  readonly name: string;
  readonly covers: (codePoint: number) => boolean;
  readonly file: (weight: 400 | 600) => string;
}

const known: readonly Known[] = [
  ...Object.entries(latinRanges).map(([name, ranges]) => slice(name, ranges, 'inter', name)),
  // `[4]` is a numbered slice, `latin` a named one, which Inter has already.
  ...Object.entries(chineseRanges)
    .filter(([name]) => name.startsWith('['))
    .map(([name, ranges]) =>
      slice(`chinese-${name.slice(1, -1)}`, ranges, 'noto-sans-sc', name.slice(1, -1)),
    ),
];

function slice(name: string, ranges: string, family: string, part: string): Known {
  return {
    name,
    covers: inRanges(ranges),
    file: (weight) =>
      `../../../node_modules/@fontsource/${family}/files/${family}-${part}-${weight}-normal.woff`,
  };
}

/** `U+0000-00FF,U+0131` */
function inRanges(text: string): (codePoint: number) => boolean {
  const ranges = text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}

const loading = new Map<string, Promise<Slice>>();

/** The slices that a text needs, in the order in which they are to be asked. Each is fetched once for as long as the page lives. */
export async function slicesFor(text: string): Promise<readonly Slice[]> {
  const codePoints = [...new Set(text)].map((character) => character.codePointAt(0) ?? 0);
  const needed = known.filter(({ name, covers }) => name === 'latin' || codePoints.some(covers));
  return Promise.all(
    needed.map((one) => {
      const found = loading.get(one.name) ?? load(one);
      loading.set(one.name, found);
      return found;
    }),
  );
}

async function load({ name, covers, file }: Known): Promise<Slice> {
  const [regular, bold] = await Promise.all([bytesOf(file(400)), bytesOf(file(600))]);
  const fonts = [create(regular as never) as Font, create(bold as never) as Font];
  return {
    name,
    regular,
    bold,
    has: (codePoint) => covers(codePoint) && fonts.every((font) => font.hasGlyphForCodePoint(codePoint)),
  };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  const address = files[file];
  if (address === undefined) throw new Error(`no font ${file}`);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

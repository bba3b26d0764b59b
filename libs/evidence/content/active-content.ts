/** Finds in bytes, as they come, what acts when somebody opens them. */
export interface ActiveContentCheck {
  see(chunk: Uint8Array): void;
  /** What was found first, in a few words; undefined: nothing. */
  found(): string | undefined;
}

/** So much of a chunk is looked at again with the next, so that nothing hides across the cut. */
const OVERLAP = 1_024;

/** A name of PDF (ISO 32000-2, 7.3.5), in which any character may be written as #xx. */
const pdfName = (name: string): RegExp =>
  new RegExp(`/${Array.from(name, (char) => `(?:${char}|#${hexOf(char)})`).join('')}(?![A-Za-z0-9])`);

const hexOf = (char: string): string =>
  char
    .charCodeAt(0)
    .toString(16)
    .replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);

/**
 * Long enough, each, that no photograph has it by chance. Short names (`/JS`, `<a>`, `<svg>`) are in every twentieth
 * large file; what they could do they do through one of these.
 */
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    'HTML',
    /<!doctype\s+html|<(?:html|head|body|script|iframe|frameset|object|embed|applet|foreignobject)[\s/>]|<meta\s+http-equiv/i,
  ],
  [
    'a handler of events',
    /<[a-z][a-z0-9:-]*[\s/][\x20-\x3b\x3d\x3f-\x7e\s]{0,500}?\bon[a-z]{3,24}\s*=\s*["'a-z]/i,
  ],
  ['a program', /<\?php[\s]|<%@\s*page/i],
  ['a script in a PDF', pdfName('JavaScript')],
  ['a program started by a PDF', pdfName('Launch')],
  ['media that run in a PDF', pdfName('RichMedia')],
];

export function activeContentCheck(): ActiveContentCheck {
  let found: string | undefined;
  let before = '';
  return {
    see(chunk) {
      if (found !== undefined) return;
      const text = before + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      found = PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];
      before = text.slice(-OVERLAP);
    },
    found: () => found,
  };
}

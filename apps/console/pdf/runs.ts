import type { Slice } from './font-slices.js';

/** Text in one font, as the document takes it. */
export interface Run {
  readonly text: string;
  readonly font: string;
}

/** A word longer than this is broken: a hundred thousand letters without a blank still stay on the page. */
const LONGEST_WORD = 60;

/**
 * Text as runs of fonts that have its letters. What no font has, and what would be there without being seen, is written as its
 * code point: nothing that somebody typed is lost, and nothing acts on what stands around it.
 */
export function runsOf(text: string, slices: readonly Slice[]): Run[] {
  const runs: Run[] = [];
  let run = '';
  let font = '';
  let word = 0;
  const flush = () => {
    if (run !== '') runs.push({ text: run, font });
    run = '';
  };
  for (const character of text) {
    const [shown, its] = drawn(character, slices);
    word = /\s/.test(character) ? 0 : word + shown.length;
    if (its !== font || word > LONGEST_WORD) flush();
    if (word > LONGEST_WORD) word = shown.length;
    font = its;
    run += shown;
  }
  flush();
  return runs;
}

function drawn(character: string, slices: readonly Slice[]): readonly [text: string, font: string] {
  if (character === '\n' || character === ' ') return [character, 'latin'];
  if (character === '\t') return ['    ', 'latin'];
  const codePoint = character.codePointAt(0) ?? 0;
  const slice = isHidden(codePoint) ? undefined : slices.find(({ has }) => has(codePoint));
  return slice === undefined
    ? [`[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`, 'latin']
    : [character, slice.name];
}

const isHidden = (codePoint: number): boolean =>
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u.test(String.fromCodePoint(codePoint));

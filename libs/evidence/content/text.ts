/** Tells whether bytes are text, as they come. */
export interface TextCheck {
  see(chunk: Uint8Array): void;
  /** UTF-8 without control characters but tabs and ends of lines. */
  isText(): boolean;
  /** The text begins as XML and HTML do. */
  isMarkup(): boolean;
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0e-\x1f\x7f]/;
const MARKUP = /^<[a-z!?/]/i;

export function textCheck(): TextCheck {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let holds = true;
  let beginning = '';
  const take = (text: string) => {
    if (CONTROL.test(text)) holds = false;
    if (beginning.length < 2) beginning = (beginning + text).trimStart().slice(0, 2);
  };
  return {
    see(chunk) {
      if (!holds) return;
      try {
        take(decoder.decode(chunk, { stream: true }));
      } catch {
        holds = false;
      }
    },
    isText() {
      if (!holds) return false;
      try {
        take(decoder.decode());
      } catch {
        holds = false;
      }
      return holds;
    },
    isMarkup: () => MARKUP.test(beginning),
  };
}

import { useState, type ReactNode } from 'react';
import { UnstyledButton } from '@mantine/core';
import { useFormat } from '../messages/format.js';
import { useMessages } from '../messages/language.js';
import styles from './party-text.module.css';

const CLAMP = 1_200;

/**
 * Text that a person typed, shown as text: it is isolated from what stands around it (an override of its direction ends
 * with it), its invisible direction marks are made visible, and one of 100 kB does not push everything else away.
 */
export function PartyText({ text, clamp = CLAMP }: { readonly text: string; readonly clamp?: number }) {
  const t = useMessages();
  const format = useFormat();
  const [whole, show] = useState(false);
  const long = text.length > clamp * 1.2;
  const shown = long && !whole ? cut(text, clamp) : text;
  return (
    <span className={styles.text} dir="auto">
      {visible(shown)}
      {long && (
        <UnstyledButton className={styles.more} onClick={() => show(!whole)} aria-expanded={whole}>
          {whole ? t('text.less') : t('text.more', { count: format.number(text.length) })}
        </UnstyledButton>
      )}
    </span>
  );
}

/** A name or another short thing that somebody typed, on one line. */
export function PartyName({ text }: { readonly text: string }) {
  return (
    <bdi className={styles.name} title={text.length > 60 ? plain(text) : undefined}>
      {visible(text)}
    </bdi>
  );
}

/** Directional formatting characters, and those that are there and not seen (Unicode TR 36); joiners make emoji and Indic letters. */
const HIDDEN = /(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}]/u;
const EVERY_HIDDEN = new RegExp(`(${HIDDEN.source})`, 'u');

function visible(text: string): ReactNode {
  if (!HIDDEN.test(text)) return text;
  return text.split(EVERY_HIDDEN).map((part, index) =>
    HIDDEN.test(part) ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one text have no other name.
      <span key={index} className={styles.mark}>
        {codeOf(part)}
      </span>
    ) : (
      part
    ),
  );
}

/** The same in plain letters, for attributes and for documents. */
export const plain = (text: string): string =>
  text.replaceAll(new RegExp(EVERY_HIDDEN, 'gu'), (mark) => `⟦${codeOf(mark)}⟧`);

const codeOf = (mark: string): string =>
  `U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Not through the middle of a surrogate pair. */
const cut = (text: string, length: number): string =>
  `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

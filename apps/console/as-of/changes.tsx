import { createContext, use, type ReactNode } from 'react';
import { canonicalJson } from '../../../libs/kernel/canonical-json.js';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { useMessages } from '../messages/language.js';
import styles from './changes.module.css';

interface Compared {
  readonly before: CaseFile | undefined;
  readonly now: CaseFile;
}

const Context = createContext<Compared | undefined>(undefined);

/** Below it, what differs between two revisions of a case file is marked. */
export function Comparison({ before, now, children }: Compared & { readonly children: ReactNode }) {
  return <Context value={{ before, now }}>{children}</Context>;
}

const same = (one: unknown, other: unknown): boolean =>
  one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other));

/** A value of the file: where it has changed, the old one struck out before the new one. */
export function Delta<T>({
  of,
  children,
}: {
  readonly of: (file: CaseFile) => T;
  readonly children: (value: T) => ReactNode;
}) {
  const compared = use(Context);
  const t = useMessages();
  if (compared === undefined) throw new Error('a Comparison is missing');
  const { before, now } = compared;
  const value = of(now);
  if (before === undefined) return children(value);
  const old = of(before);
  if (same(old, value)) return children(value);
  return (
    <span className={styles.delta}>
      {old !== undefined && (
        <del>
          <span className="visually-hidden">{t('changed.was')} </span>
          {children(old)}
        </del>
      )}{' '}
      <ins>
        <span className="visually-hidden">{t('changed.is')} </span>
        {children(value)}
      </ins>
    </span>
  );
}

export type ChangeMark = 'new' | 'changed' | undefined;

/** Whether an item of a list is new, or other than it was, since the earlier revision. */
export function useItemMark<T>(
  listOf: (file: CaseFile) => readonly T[],
  idOf: (item: T) => unknown,
  item: T,
): ChangeMark {
  const compared = use(Context);
  if (compared?.before === undefined) return undefined;
  const old = listOf(compared.before).find((one) => idOf(one) === idOf(item));
  if (old === undefined) return 'new';
  return same(old, item) ? undefined : 'changed';
}

/** Says in words what the background says in colour. */
export function MarkLabel({ mark }: { readonly mark: ChangeMark }) {
  const t = useMessages();
  if (mark === undefined) return null;
  return <span className={styles.label}>{t(mark === 'new' ? 'changed.new' : 'changed.changed')}</span>;
}

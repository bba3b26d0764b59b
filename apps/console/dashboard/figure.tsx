import type { ReactNode } from 'react';
import styles from './dashboard.module.css';

/** One number that says much. */
export function Figure({
  name,
  value,
  note,
  wide = false,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: string;
  readonly wide?: boolean;
}) {
  return (
    <div className={styles.figure} data-wide={wide}>
      <span>{name}</span>
      <strong className="numeric">{value}</strong>
      {note !== undefined && <small>{note}</small>}
    </div>
  );
}

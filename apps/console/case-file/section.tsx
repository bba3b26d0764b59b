import type { ReactNode } from 'react';
import styles from './section.module.css';

export interface SectionProps {
  /** Where the contents line jumps to. */
  readonly id: string;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** One part of the case file. */
export function Section({ id, title, aside, wide = false, children }: SectionProps) {
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`} data-wide={wide}>
      <header className={styles.head}>
        <h2 id={`${id}-title`}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

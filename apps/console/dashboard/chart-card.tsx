import type { ReactNode } from 'react';
import { useMessages } from '../messages/language.js';
import styles from './dashboard.module.css';

export interface ChartCardProps {
  readonly title: string;
  /** What is drawn: the first column names the row. */
  readonly data: readonly Readonly<Record<string, string | number>>[];
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A picture, and the same as a table. */
export function ChartCard({ title, data, wide = false, children }: ChartCardProps) {
  const t = useMessages();
  const columns = Object.keys(data[0] ?? {});
  return (
    <figure className={styles.card} data-wide={wide}>
      <figcaption>{title}</figcaption>
      {/* Read as the table below; the drawing has nothing to say to a screen reader, and nothing to focus. */}
      <div aria-hidden inert>
        {children}
      </div>
      <details>
        <summary>{t('chart.asTable')}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard. */}
        <div className={styles.scroller} tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <tr key={String(row[columns[0] ?? ''])}>
                  {columns.map((column) => (
                    <td key={column}>{row[column]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

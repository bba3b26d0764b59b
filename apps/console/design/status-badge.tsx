import type { DisputeStatus } from '../../../libs/domain/vocabulary.js';
import { useWord } from '../messages/language.js';
import styles from './status-badge.module.css';

/** Where a dispute stands. The shape of its dot says it too: colour alone tells not everybody. */
export function StatusBadge({ status }: { readonly status: DisputeStatus }) {
  const word = useWord();
  return (
    <span className={styles.badge} data-status={status}>
      {word(status)}
    </span>
  );
}

import { useShowRevision } from '../as-of/use-revisions.js';
import { useMessages } from '../messages/language.js';
import styles from './rules.module.css';

/** Each shows the whole file as of then. */
export function Revisions({ revisions }: { readonly revisions: readonly string[] }) {
  const t = useMessages();
  const show = useShowRevision();
  return (
    <div className={styles.revisions}>
      {revisions.map((revision) => (
        <button
          key={revision}
          type="button"
          aria-label={t('rule.show', { revision })}
          onClick={() => show(Number(revision))}
        >
          {revision}
        </button>
      ))}
    </div>
  );
}

import { useSearchParams } from 'react-router';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { useMessages } from '../messages/language.js';
import { Section } from './section.js';
import styles from './rules.module.css';

/** The rules that led this case, each with the events that follow from it. */
export function RulesSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const [, setAddress] = useSearchParams();
  return (
    <Section id="rules" title={t('section.rules')}>
      <ol className={styles.rules}>
        {file.rules.map(({ rule, sentence, revisions }) => (
          <li key={rule}>
            <span className={styles.number} aria-label={t('rule.n', { rule })}>
              {rule}
            </span>
            <div>
              {sentence}
              <div className={styles.revisions}>
                {revisions.map((revision) => (
                  <button
                    key={revision}
                    type="button"
                    aria-label={t('rule.show', { revision })}
                    onClick={() => setAddress(new URLSearchParams({ revision }), { replace: true })}
                  >
                    {revision}
                  </button>
                ))}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

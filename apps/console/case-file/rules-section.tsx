import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { explainDispute } from '../api/generated/sdk.gen.js';
import { useMessages } from '../messages/language.js';
import { ExplainedStep } from './explained-step.js';
import { Revisions } from './revisions.js';
import { Section } from './section.js';
import styles from './rules.module.css';

const PARTS = ['eligibility', 'cap', 'award', 'deadlines'] as const;

/** Why the case stands as it does: every rule that was applied, what it made of which events; then all rules that had a part. */
export function RulesSection({ file, past }: { readonly file: CaseFile; readonly past: boolean }) {
  const t = useMessages();
  const { orderId, dispute, revision } = file;
  const { data } = useQuery({
    queryKey: ['order', orderId, 'explanation', dispute, past ? revision : 'now'],
    queryFn: async ({ signal }) =>
      (
        await explainDispute({
          path: { orderId, dispute },
          query: past ? { revision } : {},
          signal,
          throwOnError: true,
        })
      ).data,
    placeholderData: keepPreviousData,
  });
  return (
    <Section id="rules" title={t('section.rules')} wide>
      {data !== undefined &&
        PARTS.filter((part) => data[part].length > 0).map((part) => (
          <section key={part} aria-labelledby={`rules-${part}`}>
            <h3 id={`rules-${part}`} className={styles.part}>
              {t(`explained.${part}`)}
            </h3>
            <ol className={styles.rules}>
              {data[part].map((step) => (
                <ExplainedStep key={`${step.code}${step.at}${step.sentence}`} step={step} />
              ))}
            </ol>
          </section>
        ))}
      <details className={styles.all}>
        <summary>{t('explained.all')}</summary>
        <ol className={styles.rules}>
          {file.rules.map(({ rule, sentence, revisions }) => (
            <li key={rule}>
              <span className={styles.number} aria-label={t('rule.n', { rule })}>
                {rule}
              </span>
              <div lang="en">
                {sentence}
                <Revisions revisions={revisions} />
              </div>
            </li>
          ))}
        </ol>
      </details>
    </Section>
  );
}

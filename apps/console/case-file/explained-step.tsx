import { IconCheck, IconX } from '@tabler/icons-react';
import type { StepView } from '../api/generated/types.gen.js';
import { Moment } from '../design/moment.js';
import { plain } from '../design/party-text.js';
import { useMessages } from '../messages/language.js';
import { Revisions } from './revisions.js';
import styles from './rules.module.css';

/** One rule as it was applied. The engine tells it in English, whatever the language of the page. */
export function ExplainedStep({ step }: { readonly step: StepView }) {
  const t = useMessages();
  const { rule, ruleText, sentence, met, at, facts, parameters } = step;
  return (
    <li data-met={met ?? undefined}>
      <span className={styles.number} aria-label={t('rule.n', { rule })} title={ruleText}>
        {rule}
      </span>
      <div>
        <p className={styles.sentence}>
          {met !== null && (
            <span className={styles.met}>
              {met ? <IconCheck size="1em" aria-hidden /> : <IconX size="1em" aria-hidden />}
              <span className="visually-hidden">{t(met ? 'explained.met' : 'explained.unmet')}</span>
            </span>
          )}
          <span lang="en" dir="auto">
            {plain(sentence)}
          </span>
        </p>
        <p className={styles.ruleText} lang="en">
          {ruleText}
        </p>
        <div className={styles.basis}>
          <Moment at={at} />
          <Revisions revisions={facts.map(({ revision }) => revision)} />
          {Object.entries(parameters).map(([name, value]) => (
            <code key={name}>
              {name} {typeof value === 'string' ? value : JSON.stringify(value)}
            </code>
          ))}
        </div>
      </div>
    </li>
  );
}

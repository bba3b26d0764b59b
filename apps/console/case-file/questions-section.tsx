import { IconAlertCircle } from '@tabler/icons-react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { plain } from '../design/party-text.js';
import { useMessages, useWord } from '../messages/language.js';
import { Section } from './section.js';
import styles from './questions.module.css';

/** What is missing, unclear or late: an arbitrator reads it before deciding. */
export function QuestionsSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  if (file.openQuestions.length === 0) return null;
  return (
    <Section id="questions" title={t('section.questions')}>
      <ul className={styles.list}>
        {file.openQuestions.map(({ code, text, rule, revisions }) => (
          <li key={`${code}${revisions.join()}${text}`}>
            <IconAlertCircle size="1.05rem" aria-hidden />
            <span dir="auto">
              <strong>{word(code)}</strong>
              <br />
              {plain(text)}
              {rule !== undefined && <span className={styles.rule}> {t('rule.n', { rule })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

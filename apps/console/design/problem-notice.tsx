import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { problemOf } from '../api/problem.js';
import { useMessages } from '../messages/language.js';
import styles from './problem-notice.module.css';

/** A refusal, with every rule that stands against it; anything else as what it is. */
export function ProblemNotice({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const t = useMessages();
  const problem = problemOf(error);
  return (
    <Alert
      variant="light"
      color="red"
      data-tone="problem"
      role="alert"
      className={styles.notice}
      icon={<IconAlertTriangle aria-hidden />}
      title={problem === undefined ? t('problem.unknown') : titleOf(problem.code, problem.title)}
    >
      {problem === undefined && <p>{error instanceof Error ? error.message : t('problem.unreachable')}</p>}
      {problem !== undefined && (
        <ul className={styles.faults}>
          {problem.errors.map(({ code, pointer, rule, message }) => (
            <li key={`${code}${pointer}`}>
              {message}
              {rule !== undefined && <span className={styles.rule}> {t('rule.n', { rule })}</span>}
            </li>
          ))}
          {problem.errors.length === 0 && <li>{problem.detail ?? problem.code}</li>}
        </ul>
      )}
      {retry !== undefined && (
        <Button variant="default" size="xs" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}

const titleOf = (code: string | undefined, title: string | undefined): string =>
  [title, code].filter(Boolean).join(' · ');

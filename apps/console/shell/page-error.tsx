import { Button, Title } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { useMessages } from '../messages/language.js';
import { ProblemNotice } from '../design/problem-notice.js';
import styles from './page-error.module.css';

/** A page that is not there, or that broke. */
export function PageError() {
  const t = useMessages();
  // Null, or nothing at all, where no page broke: there is none.
  const error = useRouteError() ?? undefined;
  return (
    <div className={styles.page}>
      <Title order={1} size="h3">
        {t(error === undefined ? 'page.missing' : 'page.broken')}
      </Title>
      {error !== undefined && <ProblemNotice error={error} />}
      <Button component={Link} to="/" variant="default">
        {t('page.home')}
      </Button>
    </div>
  );
}

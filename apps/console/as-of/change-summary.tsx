import { Alert } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { plain } from '../design/party-text.js';
import { useMessages, usePlural } from '../messages/language.js';
import styles from './change-summary.module.css';

/** What happened between the two revisions; below, what it changed is marked where it stands. */
export function ChangeSummary({ before, now }: { readonly before: CaseFile; readonly now: CaseFile }) {
  const t = useMessages();
  const plural = usePlural();
  const [earlier, later] = Number(before.revision) <= Number(now.revision) ? [before, now] : [now, before];
  const between = later.timeline.filter(({ revision }) => Number(revision) > Number(earlier.revision));
  return (
    <Alert
      variant="light"
      color="blue"
      data-tone="changed"
      icon={<IconGitCompare aria-hidden />}
      title={t('changed.title', { from: earlier.revision, to: later.revision })}
    >
      <p className={styles.count}>{plural('changed.events', between.length)}</p>
      <ul className={styles.events}>
        {between.slice(-12).map(({ revision, sentence }) => (
          <li key={revision} dir="auto">
            <span className="numeric">{revision}</span> {plain(sentence)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

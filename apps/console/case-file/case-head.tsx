import { Button, Title } from '@mantine/core';
import { IconArrowLeft, IconFileTypePdf, IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { Delta } from '../as-of/changes.js';
import { Amount } from '../design/amount.js';
import { Countdown } from '../design/countdown.js';
import { PartyText, PartyName } from '../design/party-text.js';
import { StatusBadge } from '../design/status-badge.js';
import { useMessages, useWord } from '../messages/language.js';
import { useSession } from '../session/session-context.js';
import { isParty } from '../session/session.js';
import { usePdf } from '../pdf/use-pdf.js';
import styles from './case-head.module.css';

/** Which case, where it stands, what is claimed, what is due next. */
export function CaseHead({ file, past }: { readonly file: CaseFile; readonly past: boolean }) {
  const t = useMessages();
  const { role } = useSession();
  const pdf = usePdf();
  const next = file.deadlines
    .filter(({ state }) => state === 'OPEN')
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
  return (
    <header className={styles.head}>
      <div className={styles.top}>
        <Link to={isParty(role) ? '/my' : '/worklist'} className={styles.back}>
          <IconArrowLeft size="1em" aria-hidden /> {t(isParty(role) ? 'nav.my' : 'nav.worklist')}
        </Link>
        <div className={styles.tools}>
          {!isParty(role) && (
            <Button
              component={Link}
              to={`/audit/${file.orderId}`}
              size="compact-sm"
              variant="default"
              leftSection={<IconShieldCheck size="1.1em" aria-hidden />}
            >
              {t('nav.audit')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            loading={pdf.busy}
            leftSection={<IconFileTypePdf size="1.1em" aria-hidden />}
            onClick={() => pdf.save(file)}
          >
            PDF
          </Button>
        </div>
      </div>
      <div className={styles.title}>
        <Title order={1} size="h2">
          {t('case.title', { order: file.orderId, dispute: file.dispute })}
        </Title>
        <Delta of={({ status }) => status}>{(status) => <StatusBadge status={status} />}</Delta>
        {next !== undefined && !past && (
          <NextDeadline dueAt={next.dueAt} overdue={next.overdue} kind={next.kind} />
        )}
      </div>
      <ClaimSentence file={file} />
      <blockquote className={styles.statement}>
        <Delta of={({ claim }) => claim.statement}>
          {(statement) => <PartyText text={statement} clamp={600} />}
        </Delta>
      </blockquote>
    </header>
  );
}

function NextDeadline({
  dueAt,
  overdue,
  kind,
}: {
  readonly dueAt: string;
  readonly overdue: boolean;
  readonly kind: string;
}) {
  const word = useWord();
  return (
    <span className={styles.next}>
      {word(kind)} <Countdown dueAt={dueAt} overdue={overdue} />
    </span>
  );
}

/** The claim in one sentence, with its parts as they are: names are isolated, the amount is marked when it was amended. */
function ClaimSentence({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const { buyer, supplier } = file.parties;
  const parts = {
    buyer: <PartyName text={buyer.name} />,
    supplier: <PartyName text={supplier.name ?? supplier.id} />,
    amount: <Delta of={({ claim }) => claim.claimed}>{(claimed) => <Amount money={claimed} strong />}</Delta>,
    ground: (
      <>
        {word(file.claim.ground)}
        {file.claim.terms.length > 0 && (
          <>
            {' ('}
            <Delta of={({ claim }) => claim.terms}>
              {(terms) => <bdi>{terms.map((term) => word(term)).join(', ')}</bdi>}
            </Delta>
            )
          </>
        )}
      </>
    ),
    remedy: <>{word(file.claim.desiredRemedy)}</>,
  };
  return (
    <p className={styles.claim}>
      {t('claim.sentence')
        .split(/\{(\w+)\}/)
        .map((part, index) =>
          // oxlint-disable-next-line react/no-array-index-key -- parts of one sentence have no other name.
          index % 2 === 0 ? part : <span key={index}>{parts[part as keyof typeof parts]}</span>,
        )}
    </p>
  );
}

import { useRef, useState } from 'react';
import { Badge, Button, Loader, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft, IconDownload, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Link, useParams } from 'react-router';
import type { EventDocument } from '../api/documents.js';
import { useOrderEvents } from '../case-file/use-case-file.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { useMessages, usePlural, type MessageKey } from '../messages/language.js';
import { saveAs } from '../pdf/save-as.js';
import { EventRow } from './event-row.js';
import { verifyChain, type ChainReport } from './verify-chain.js';
import styles from './audit.module.css';

/** Every event of an order with its envelope; the chain verified here, in the browser. */
export function AuditPage() {
  const t = useMessages();
  const { orderId = '' } = useParams();
  const { data: events, isPending, error, refetch } = useOrderEvents(orderId);
  usePageTitle(t('audit.title', { order: orderId }));
  const { data: report } = useQuery({
    queryKey: ['order', orderId, 'chain', events?.length, events?.at(-1)?.metadata.hash],
    queryFn: () => verifyChain(events ?? []),
    enabled: events !== undefined,
  });
  if (isPending) return <Loader aria-label={t('loading')} />;
  if (events === undefined) return <ProblemNotice error={error} retry={() => void refetch()} />;
  const disputes = new Set(
    events.filter(({ type }) => type === 'DisputeOpened').map(({ data }) => String(data.dispute)),
  );
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to="/audit" className={styles.back}>
          <IconArrowLeft size="1em" aria-hidden /> {t('nav.audit')}
        </Link>
        <Title order={1} size="h2">
          {t('audit.title', { order: orderId })}
        </Title>
        <div className={styles.tools}>
          {[...disputes].map((dispute) => (
            <Button
              key={dispute}
              component={Link}
              to={`/cases/${orderId}/${dispute}`}
              variant="default"
              size="compact-sm"
            >
              {t('audit.case', { dispute })}
            </Button>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size="1.1em" aria-hidden />}
            onClick={() => saveAs(`order-${orderId}.ndjson`, ndjson(events))}
          >
            NDJSON
          </Button>
        </div>
      </header>
      <Verdict report={report} events={events} />
      <Events events={events} report={report} />
    </div>
  );
}

/** One event a line, as the engine served it: `npx recourse verify` reads the same. */
const ndjson = (events: readonly EventDocument[]): Blob =>
  new Blob(
    events.map((event) => `${JSON.stringify(event)}\n`),
    { type: 'application/x-ndjson' },
  );

function Verdict({
  report,
  events,
}: {
  readonly report: ChainReport | undefined;
  readonly events: readonly EventDocument[];
}) {
  const t = useMessages();
  const plural = usePlural();
  if (report === undefined) {
    return (
      <p className={styles.verdict} role="status">
        <Loader size="sm" aria-hidden /> {t('audit.verifying')}
      </p>
    );
  }
  const { broken, head, sealed } = report;
  if (broken !== undefined) {
    return (
      <section className={styles.verdict} data-verdict="broken" role="alert">
        <IconShieldX size="2.2rem" stroke={1.5} aria-hidden />
        <div>
          <h2>{t('audit.broken', { revision: broken.revision })}</h2>
          <p>{t(`audit.reason.${broken.reason ?? 'HASH_MISMATCH'}` as MessageKey)}</p>
          <dl>
            <dt>{t('audit.expected')}</dt>
            <dd>
              <code>{broken.expected}</code>
            </dd>
            <dt>{t('audit.found')}</dt>
            <dd>
              <code>{broken.found}</code>
            </dd>
          </dl>
        </div>
      </section>
    );
  }
  return (
    <section className={styles.verdict} data-verdict="intact" role="status">
      <IconShieldCheck size="2.2rem" stroke={1.5} aria-hidden />
      <div>
        <h2>{plural('audit.intact', events.length)}</h2>
        <p>{t('audit.how')}</p>
        <p>
          {t('audit.head')} <code data-testid="chain-head">{head}</code>
        </p>
        {sealed > 0 && <Badge color="yellow">{plural('audit.sealed', sealed)}</Badge>}
      </div>
    </section>
  );
}

function Events({
  events,
  report,
}: {
  readonly events: readonly EventDocument[];
  readonly report: ChainReport | undefined;
}) {
  const t = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, open] = useState<ReadonlySet<string>>(new Set());
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    overscan: 10,
  });
  const toggle = (revision: string) =>
    open((known) => {
      const next = new Set(known);
      if (!next.delete(revision)) next.add(revision);
      return next;
    });
  const shown = virtual.getVirtualItems();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard.
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label={t('audit.events')}>
      <ol className={styles.events} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start, key }) => {
          const event = events[index];
          if (event === undefined) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={events.length}
              aria-posinset={index + 1}
            >
              <EventRow
                event={event}
                link={report?.links[index]}
                opened={opened.has(event.revision)}
                toggle={() => toggle(event.revision)}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

import { Loader } from '@mantine/core';
import { useParams } from 'react-router';
import type { CaseFileDocument } from '../api/documents.js';
import { AsOfBar } from '../as-of/as-of-bar.js';
import { Comparison } from '../as-of/changes.js';
import { ChangeSummary } from '../as-of/change-summary.js';
import { useAsOf, type AsOf } from '../as-of/use-as-of.js';
import { ShowRevisionProvider } from '../as-of/use-revisions.js';
import { NowAt } from '../design/now.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { LiveNotice } from '../live/live-notice.js';
import { useMessages } from '../messages/language.js';
import { ActionPanel } from './actions/action-panel.js';
import { CaseHead } from './case-head.js';
import { ContractSection } from './contract-section.js';
import { DeadlinesSection } from './deadlines-section.js';
import { DecisionSection } from './decision-section.js';
import { EvidenceSection } from './evidence-section.js';
import { GoodsSection } from './goods-section.js';
import { MoneySection } from './money-section.js';
import { NegotiationSection } from './negotiation-section.js';
import { PartiesSection } from './parties-section.js';
import { QuestionsSection } from './questions-section.js';
import { RulesSection } from './rules-section.js';
import { SectionNav } from './section-nav.js';
import { TimelineSection } from './timeline-section.js';
import { useCaseFile } from './use-case-file.js';
import styles from './case-file.module.css';

export function CaseFilePage() {
  const t = useMessages();
  const { orderId = '', dispute = '' } = useParams();
  const { data, isPending, error, refetch } = useCaseFile(orderId, Number(dispute));
  usePageTitle(t('case.title', { order: orderId, dispute }));
  if (isPending) return <Loader className={styles.loading} aria-label={t('loading')} />;
  if (data === undefined) return <ProblemNotice error={error} retry={() => void refetch()} />;
  return <CaseFileView key={`${orderId}/${dispute}`} present={data} />;
}

function CaseFileView({ present }: { readonly present: CaseFileDocument }) {
  const asOf = useAsOf(present);
  const { file, before, revision } = asOf;
  return (
    <Comparison before={before} now={file}>
      <NowAt instant={revision === undefined ? undefined : file.asOf}>
        <ShowRevisionProvider value={asOf.show}>
          <Sections asOf={asOf} present={present} />
        </ShowRevisionProvider>
      </NowAt>
    </Comparison>
  );
}

function Sections({ asOf, present }: { readonly asOf: AsOf; readonly present: CaseFileDocument }) {
  const t = useMessages();
  const { file, before, revision } = asOf;
  return (
    <article className={styles.page}>
      <CaseHead file={file} past={revision !== undefined} />
      <LiveNotice orderId={file.orderId} />
      <AsOfBar asOf={asOf} />
      {before !== undefined && <ChangeSummary before={before} now={file} />}
      <SectionNav />
      <div className={styles.columns}>
        <div className={styles.main}>
          <ContractSection file={file} />
          <EvidenceSection file={file} />
          <MoneySection file={file} />
          <NegotiationSection file={file} />
          <GoodsSection file={file} />
          <DecisionSection file={file} />
          <TimelineSection file={file} />
          <RulesSection file={file} past={revision !== undefined} />
        </div>
        {/* It scrolls by itself, by keyboard too. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <aside className={styles.side} tabIndex={0} aria-label={t('case.side')}>
          {revision === undefined && <ActionPanel file={present} />}
          <QuestionsSection file={file} />
          <DeadlinesSection file={file} />
          <PartiesSection file={file} />
        </aside>
      </div>
    </article>
  );
}

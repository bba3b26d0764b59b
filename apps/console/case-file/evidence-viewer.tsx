import { Alert, Button, Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Exhibit } from '../../../projections/case-file/sections/evidence.js';
import { readEvidenceFile } from '../api/generated/sdk.gen.js';
import { hasCode } from '../api/problem.js';
import { Moment } from '../design/moment.js';
import { PartyName, PartyText, plain } from '../design/party-text.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { saveAs } from '../pdf/save-as.js';
import { evidenceOf } from './actions/evidence-of.js';
import { Facts } from './facts.js';
import styles from './evidence-viewer.module.css';

const PdfPages = lazy(async () => ({ default: (await import('./pdf-pages.js')).PdfPages }));

export interface EvidenceViewerProps {
  readonly exhibit: Exhibit;
  readonly orderId: string;
  readonly dispute: number;
  onClose(): void;
}

/** One piece of evidence: what it shows, and everything that is known of it. */
export function EvidenceViewer({ exhibit, orderId, dispute, onClose }: EvidenceViewerProps) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  return (
    <Modal
      opened
      onClose={onClose}
      size="78rem"
      title={`${t('evidence.n', { n: exhibit.evidence })} · ${word(exhibit.kind)}`}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.viewer}>
        <Content exhibit={exhibit} orderId={orderId} dispute={dispute} />
        <Facts
          facts={[
            [t('evidence.file'), <PartyName key="file" text={exhibit.fileName} />],
            [
              t('evidence.by'),
              <span key="by">
                {t(`role.${exhibit.by}` as MessageKey)} <PartyName text={exhibit.author} />
              </span>,
            ],
            [t('evidence.when'), <Moment key="when" at={exhibit.submittedAt} />],
            [t('evidence.type'), `${exhibit.mediaType}, ${format.bytes(exhibit.size)}`],
            ['SHA-256', <code key="hash">{exhibit.sha256}</code>],
            [
              t('evidence.sealed'),
              exhibit.sealedTo &&
                (exhibit.sealedTo.map((party) => word(party)).join(', ') || t('evidence.sealedToNone')),
            ],
            [
              t('evidence.description'),
              exhibit.description && <PartyText key="description" text={exhibit.description} />,
            ],
          ]}
        />
      </div>
    </Modal>
  );
}

/** Why there may be nothing to show, where nothing has gone wrong. */
const WITHOUT_FILE = {
  'EVIDENCE.NO_FILE': 'evidence.notStored',
  'EVIDENCE.NOT_FOUND': 'evidence.notForYou',
  'EVIDENCE.QUARANTINED': 'evidence.quarantined',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** The file itself, fetched by who is signed in, and compared with the hash on record before it is shown. */
function Content({ exhibit, orderId, dispute }: Omit<EvidenceViewerProps, 'onClose'>) {
  const t = useMessages();
  const { evidence, sha256, fileName, mediaType } = exhibit;
  const file = useQuery({
    queryKey: ['evidence', orderId, dispute, evidence],
    queryFn: async ({ signal }) => {
      const { data } = await readEvidenceFile({
        path: { orderId, dispute, evidence },
        parseAs: 'blob',
        signal,
        throwOnError: true,
      });
      const found = await evidenceOf(new File([data], fileName));
      return { blob: new Blob([data], { type: mediaType }), genuine: found.sha256 === sha256 };
    },
    staleTime: Infinity,
    retry: false,
  });
  if (file.isPending) return <Loader aria-label={t('evidence.loading')} />;
  if (file.isError) {
    const known = Object.entries(WITHOUT_FILE).find(([code]) => hasCode(file.error, code));
    if (known === undefined) return <ProblemNotice error={file.error} />;
    return <Alert variant="light">{t(known[1])}</Alert>;
  }
  const { blob, genuine } = file.data;
  return (
    <div className={styles.content}>
      {genuine ? (
        <Shown blob={blob} exhibit={exhibit} />
      ) : (
        <Alert variant="light" color="red" data-tone="problem">
          {t('evidence.mismatch')}
        </Alert>
      )}
      <div className={styles.line}>
        {genuine && (
          <span className={styles.genuine}>
            <IconShieldCheck size="1.1em" aria-hidden /> {t('evidence.verified')}
          </span>
        )}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size="1.1em" aria-hidden />}
          onClick={() => saveAs(plain(fileName), blob)}
        >
          {t('evidence.save')}
        </Button>
      </div>
    </div>
  );
}

const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

/** Pictures, PDF and text, none of which can run anything here. All else is for saving. */
function Shown({ blob, exhibit }: { readonly blob: Blob; readonly exhibit: Exhibit }) {
  const t = useMessages();
  const { mediaType, description, fileName } = exhibit;
  if (PICTURES.has(mediaType)) return <Picture blob={blob} alt={plain(description ?? fileName)} />;
  if (mediaType === 'application/pdf') {
    return (
      <Suspense fallback={<Loader aria-label={t('evidence.loading')} />}>
        <PdfPages blob={blob} />
      </Suspense>
    );
  }
  return mediaType.startsWith('text/') ? <Letters blob={blob} /> : null;
}

function Picture({ blob, alt }: { readonly blob: Blob; readonly alt: string }) {
  const [address, show] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    show(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address === undefined ? null : <img className={styles.picture} src={address} alt={alt} />;
}

function Letters({ blob }: { readonly blob: Blob }) {
  const [text, show] = useState('');
  useEffect(() => {
    void blob.text().then(show);
  }, [blob]);
  return (
    <div className={styles.letters}>
      <PartyText text={text} clamp={20_000} />
    </div>
  );
}

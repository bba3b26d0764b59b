import { Modal } from '@mantine/core';
import type { Exhibit } from '../../../projections/case-file/sections/evidence.js';
import { Moment } from '../design/moment.js';
import { PartyName, PartyText } from '../design/party-text.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { Facts } from './facts.js';

export interface EvidenceViewerProps {
  readonly exhibit: Exhibit;
  readonly orderId: string;
  readonly dispute: number;
  onClose(): void;
}

/** One piece of evidence with everything that is known of it. */
export function EvidenceViewer({ exhibit, onClose }: EvidenceViewerProps) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`${t('evidence.n', { n: exhibit.evidence })} · ${word(exhibit.kind)}`}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Facts
        facts={[
          [t('evidence.file'), <PartyName text={exhibit.fileName} />],
          [
            t('evidence.by'),
            <>
              {t(`role.${exhibit.by}` as MessageKey)} <PartyName text={exhibit.author} />
            </>,
          ],
          [t('evidence.when'), <Moment at={exhibit.submittedAt} />],
          [t('evidence.type'), `${exhibit.mediaType}, ${format.bytes(exhibit.size)}`],
          ['SHA-256', <code>{exhibit.sha256}</code>],
          [
            t('evidence.sealed'),
            exhibit.sealedTo &&
              (exhibit.sealedTo.map((party) => word(party)).join(', ') || t('evidence.sealedToNone')),
          ],
          [t('evidence.description'), exhibit.description && <PartyText text={exhibit.description} />],
        ]}
      />
    </Modal>
  );
}

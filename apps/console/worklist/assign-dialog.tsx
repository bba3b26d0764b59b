import { useState } from 'react';
import { Autocomplete, Button, Modal, TagsInput } from '@mantine/core';
import type { WorklistItem } from '../../../projections/worklist/queries.js';
import { assignArbitrator } from '../api/generated/sdk.gen.js';
import { useCommand } from '../api/send.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { useMessages } from '../messages/language.js';
import { useKnownArbitrators } from './use-known-arbitrators.js';
import styles from './worklist.module.css';

type Assignable = Pick<WorklistItem, 'orderId' | 'dispute'>;

/** Rule 26: the engine refuses an arbitrator who is a party, has recused, or whose conflict is declared here. */
export function AssignDialog({ item, onClose }: { readonly item: Assignable; onClose(): void }) {
  const t = useMessages();
  const { orderId, dispute } = item;
  const [arbitrator, choose] = useState('');
  const [conflicts, declare] = useState<string[]>([]);
  const known = useKnownArbitrators();
  const assign = useCommand(
    orderId,
    (body: { arbitrator: string; conflicts?: string[] }, headers) =>
      assignArbitrator({ path: { orderId, dispute: String(dispute) }, body, headers, throwOnError: true }),
    onClose,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('assign.title', { order: orderId, dispute })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={styles.assign}
        onSubmit={(event) => {
          event.preventDefault();
          assign.mutate({ arbitrator: arbitrator.trim(), ...(conflicts.length === 0 ? {} : { conflicts }) });
        }}
      >
        <Autocomplete
          data-autofocus
          required
          label={t('column.arbitrator')}
          description={t('assign.hint')}
          data={known}
          value={arbitrator}
          onChange={choose}
        />
        <TagsInput
          label={t('assign.conflicts')}
          description={t('assign.conflictsHint')}
          data={known.filter((one) => one !== arbitrator)}
          value={conflicts}
          onChange={declare}
        />
        {assign.isError && <ProblemNotice error={assign.error} />}
        <Button type="submit" loading={assign.isPending}>
          {t('worklist.assign')}
        </Button>
      </form>
    </Modal>
  );
}

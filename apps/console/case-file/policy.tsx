import { useDisclosure } from '@mantine/hooks';
import { Modal, UnstyledButton } from '@mantine/core';
import type { PolicyParameters } from '../../../libs/domain/policy/parameters.js';
import { useMessages } from '../messages/language.js';
import styles from './policy.module.css';

export interface PolicyProps {
  readonly id: string;
  readonly version: number | undefined;
  readonly parameters: PolicyParameters | undefined;
}

/** The policy that was frozen into the order (rule 4), with every parameter on a second look. */
export function Policy({ id, version, parameters }: PolicyProps) {
  const t = useMessages();
  const [opened, { open, close }] = useDisclosure();
  const name = version === undefined ? id : t('contract.policyVersion', { id, version });
  if (parameters === undefined) return <>{name}</>;
  return (
    <>
      <UnstyledButton className={styles.open} onClick={open}>
        {name} · {parameters.zone}
      </UnstyledButton>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={name}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <dl className={styles.parameters}>
          {Object.entries(parameters).map(([parameter, value]) => (
            <div key={parameter}>
              <dt>{parameter}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  );
}

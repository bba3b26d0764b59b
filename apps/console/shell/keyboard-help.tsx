import { Kbd, Modal } from '@mantine/core';
import { useMessages } from '../messages/language.js';
import { useHelp, useShortcutGroups } from './shortcuts.js';
import styles from './shortcuts.module.css';

/** Every key that does something on this page. */
export function KeyboardHelp() {
  const t = useMessages();
  const help = useHelp();
  const listed = useShortcutGroups();
  return (
    <Modal
      opened
      onClose={help.close}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {listed().map(({ title, shortcuts }) => (
        <section key={title} className={styles.group}>
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ keys, does }) => (
              <div key={keys}>
                <dt>
                  {keys.split(' ').map((key) => (
                    <Kbd key={key}>{key === 'Enter' ? '↵' : key}</Kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}

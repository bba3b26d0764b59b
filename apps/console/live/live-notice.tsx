import { useEffect, useState } from 'react';
import { CloseButton } from '@mantine/core';
import { IconBolt, IconPlugConnectedX } from '@tabler/icons-react';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { useSession } from '../session/session-context.js';
import type { LiveEvent } from './follow-events.js';
import { useLive } from './live-changes.js';
import styles from './live-notice.module.css';

/** Says what somebody else just did to the order that is looked at; the page shows it already. */
export function LiveNotice({ orderId }: { readonly orderId: string }) {
  const t = useMessages();
  const word = useWord();
  const { id } = useSession();
  const { connected, listen } = useLive();
  const [events, note] = useState<readonly LiveEvent[]>([]);
  useEffect(
    () =>
      listen((event) => {
        if (event.orderId === orderId && event.actor.id !== id) note((known) => [...known, event]);
      }),
    [listen, orderId, id],
  );
  const latest = events.at(-1);
  return (
    <div role="status" aria-live="polite" className={styles.region}>
      {latest !== undefined && (
        <p className={styles.notice}>
          <IconBolt size="1.1em" aria-hidden />
          <span>
            <strong>{t('live.now')}</strong>{' '}
            {[
              ...new Set(
                events.map(({ type, actor }) => `${word(type)} (${t(`role.${actor.role}` as MessageKey)})`),
              ),
            ].join(', ')}
          </span>
          <CloseButton size="sm" aria-label={t('close')} onClick={() => note([])} />
        </p>
      )}
      {!connected && <Disconnected />}
    </div>
  );
}

/** Only after a while: a connection that comes back at once is no news. */
function Disconnected() {
  const t = useMessages();
  const [long, say] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => say(true), 4_000);
    return () => clearTimeout(timer);
  }, []);
  if (!long) return null;
  return (
    <p className={styles.lost}>
      <IconPlugConnectedX size="1.1em" aria-hidden /> {t('live.lost')}
    </p>
  );
}

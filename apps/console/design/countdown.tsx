import { IconAlarm, IconClockHour4 } from '@tabler/icons-react';
import type { Instant } from '../../../libs/kernel/instant.js';
import { useFormat } from '../messages/format.js';
import { useMessages } from '../messages/language.js';
import { useNow } from './now.js';
import styles from './countdown.module.css';

const SOON_MS = 48 * 3_600_000;

/** How long is left; what is overdue says so in words and colour. */
export function Countdown({ dueAt, overdue }: { readonly dueAt: Instant; readonly overdue?: boolean }) {
  const t = useMessages();
  const format = useFormat();
  const now = useNow();
  const left = Date.parse(dueAt) - now;
  const tone = (overdue ?? left <= 0) || left <= 0 ? 'overdue' : left < SOON_MS ? 'soon' : 'calm';
  const Icon = tone === 'overdue' ? IconAlarm : IconClockHour4;
  return (
    <time dateTime={dueAt} className={styles.countdown} data-tone={tone} title={format.moment(dueAt)}>
      <Icon size="1em" aria-hidden />
      {left <= 0
        ? t('deadline.overdueSince', { since: format.fromNow(dueAt, now) })
        : clockOr(left, format.fromNow(dueAt, now))}
    </time>
  );
}

/** Below one day the hours, minutes and seconds run. */
function clockOr(left: number, words: string): string {
  if (left >= 86_400_000) return words;
  const seconds = Math.floor(left / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

import { ActionIcon, Button, Slider, TextInput } from '@mantine/core';
import {
  IconCalendarClock,
  IconChevronLeft,
  IconChevronRight,
  IconGavel,
  IconGitCompare,
  IconHistory,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import { Moment } from '../design/moment.js';
import { useMessages, useWord } from '../messages/language.js';
import { useShortcuts } from '../shell/shortcuts.js';
import type { AsOf } from './use-as-of.js';
import styles from './as-of.module.css';

/** The way through the order's history: one revision after another, to an instant, to what the arbitrator saw. */
export function AsOfBar({ asOf }: { readonly asOf: AsOf }) {
  const t = useMessages();
  const { revision, compare, first, last, show, compareWith, events } = asOf;
  const at = revision ?? last;
  const seen = asOf.file.decision.determination?.fileRevision;
  useShortcuts(t('asOf.title'), [
    { keys: '[', does: t('asOf.earlier'), act: () => show(Math.max(first, at - 1)) },
    { keys: ']', does: t('asOf.later'), act: () => show(Math.min(last, at + 1)) },
    { keys: 'n', does: t('asOf.now'), act: () => show(undefined) },
  ]);
  return (
    <section className={styles.bar} aria-label={t('asOf.title')} data-past={revision !== undefined}>
      <div className={styles.line}>
        <IconHistory size="1.15rem" aria-hidden />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('asOf.earlier')}
          disabled={at <= first}
          onClick={() => show(at - 1)}
        >
          <IconChevronLeft size="1.1rem" aria-hidden />
        </ActionIcon>
        <Slider
          className={styles.slider}
          classNames={{ track: styles.track }}
          min={first}
          max={Math.max(last, first + 1)}
          disabled={last <= first}
          value={at}
          onChange={show}
          label={(value) => t('asOf.revision', { revision: value })}
          thumbLabel={t('asOf.slider')}
          size="sm"
          thumbSize={18}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('asOf.later')}
          disabled={at >= last}
          onClick={() => show(at + 1)}
        >
          <IconChevronRight size="1.1rem" aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('asOf.now')}
          disabled={revision === undefined}
          onClick={() => show(undefined)}
        >
          <IconPlayerTrackNext size="1.1rem" aria-hidden />
        </ActionIcon>
      </div>
      <div className={styles.line}>
        <Where asOf={asOf} at={at} />
        <TextInput
          type="datetime-local"
          size="xs"
          aria-label={t('asOf.instant')}
          leftSection={<IconCalendarClock size="1rem" aria-hidden />}
          className={styles.instant}
          onChange={({ currentTarget }) => {
            const wanted = new Date(currentTarget.value);
            if (Number.isNaN(wanted.getTime()) || events === undefined) return;
            const instant = wanted.toISOString();
            const found = events.findLastIndex(({ metadata }) => metadata.occurredAt <= instant);
            show(Math.max(first, found));
          }}
        />
        {seen !== undefined && (
          <Button
            size="compact-sm"
            variant={revision === Number(seen) ? 'filled' : 'default'}
            leftSection={<IconGavel size="1em" aria-hidden />}
            onClick={() => show(Number(seen))}
          >
            {t('asOf.arbitrator')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant={compare === undefined ? 'default' : 'filled'}
          leftSection={<IconGitCompare size="1em" aria-hidden />}
          aria-pressed={compare !== undefined}
          onClick={() => compareWith(compare === undefined ? first : undefined)}
        >
          {t('asOf.compare')}
        </Button>
      </div>
      {compare !== undefined && (
        <div className={styles.line}>
          <span className={styles.with}>{t('asOf.with')}</span>
          <Slider
            className={styles.slider}
            min={first}
            max={Math.max(last, first + 1)}
            value={compare}
            onChange={compareWith}
            label={(value) => t('asOf.revision', { revision: value })}
            thumbLabel={t('asOf.compareSlider')}
            size="sm"
            thumbSize={18}
          />
          <Where asOf={asOf} at={compare} />
        </div>
      )}
    </section>
  );
}

function Where({ asOf: { events, last }, at }: { readonly asOf: AsOf; readonly at: number }) {
  const t = useMessages();
  const word = useWord();
  const event = events?.[at];
  return (
    <p className={styles.where} role="status">
      <strong className="numeric">
        {t(at === last ? 'asOf.present' : 'asOf.revision', { revision: at })}
      </strong>
      {event !== undefined && (
        <>
          {' · '}
          <Moment at={event.metadata.occurredAt} /> · {word(event.type)}
        </>
      )}
    </p>
  );
}

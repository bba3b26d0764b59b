import { UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconChevronRight, IconLink, IconLock, IconX } from '@tabler/icons-react';
import type { EventDocument } from '../api/documents.js';
import { Moment } from '../design/moment.js';
import { PartyName, plain } from '../design/party-text.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import type { VerifiedLink } from './verify-chain.js';
import styles from './audit.module.css';

const ICONS = { intact: IconCheck, unverifiable: IconLock, broken: IconX, 'after-break': IconLink } as const;

export interface EventRowProps {
  readonly event: EventDocument;
  readonly link: VerifiedLink | undefined;
  readonly opened: boolean;
  toggle(): void;
}

/** One event; opened, its whole envelope with the hash that the browser computed beside the one that was recorded. */
export function EventRow({ event, link, opened, toggle }: EventRowProps) {
  const t = useMessages();
  const word = useWord();
  const state = link?.state;
  const Icon = state === undefined ? IconLink : ICONS[state];
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const { metadata } = event;
  return (
    <div className={styles.event} data-state={state}>
      <UnstyledButton className={styles.summary} onClick={toggle} aria-expanded={opened}>
        <Chevron size="1rem" aria-hidden />
        <span className={styles.revision}>{event.revision}</span>
        <span className={styles.link}>
          <Icon size="1rem" aria-hidden />
          <span className="visually-hidden">{t(`link.${state ?? 'unknown'}` as MessageKey)}</span>
        </span>
        <strong>{word(event.type)}</strong>
        <span className={styles.who}>
          {t(`role.${metadata.actor.role}` as MessageKey)} <PartyName text={metadata.actor.id} />
        </span>
        <Moment at={metadata.occurredAt} />
        <code className={styles.short}>{metadata.hash.slice(0, 10)}</code>
      </UnstyledButton>
      {opened && (
        <div className={styles.envelope}>
          <dl>
            <Row name="id" value={event.id} />
            <Row name="stream" value={event.stream} />
            <Row name="type" value={`${event.type} v${event.schemaVersion}`} />
            <Row name="position" value={event.position} />
            <Row name="occurredAt" value={metadata.occurredAt} />
            <Row name="recordedAt" value={metadata.recordedAt} />
            <Row name="commandId" value={metadata.commandId} />
            <Row name="fingerprint" value={metadata.fingerprint} />
            <Row name="correlationId" value={metadata.correlationId} />
            <Row name="causationId" value={metadata.causationId} />
            <Row name="prevHash" value={metadata.prevHash} />
            <Row name="hash" value={metadata.hash} />
            <Row name={t('audit.computed')} value={link?.computed ?? ''} />
          </dl>
          {/* A region that scrolls can be reached by keyboard. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0} role="region" aria-label={t('audit.data', { revision: event.revision })}>
            {plain(JSON.stringify(event.data, null, 2).slice(0, 200_000))}
          </pre>
        </div>
      )}
    </div>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{plain(value)}</code>
      </dd>
    </div>
  );
}

import type { ReactNode } from 'react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { MarkLabel, useItemMark, type ChangeMark } from '../as-of/changes.js';
import { Amount } from '../design/amount.js';
import { Countdown } from '../design/countdown.js';
import { Moment } from '../design/moment.js';
import { PartyText } from '../design/party-text.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { Section } from './section.js';
import styles from './negotiation.module.css';

interface Said {
  readonly key: string;
  readonly at: Instant;
  readonly revision: string;
  readonly by: string;
  readonly node: ReactNode;
}

/** What the parties said to each other, as a thread: claim, response, offers, messages, in the order in which they came. */
export function NegotiationSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const { negotiation, claim } = file;
  const { response } = negotiation;
  const said: Said[] = [
    ...claim.versions.map((version, index) => ({
      key: `claim-${version.revision}`,
      at: version.at,
      revision: version.revision,
      by: 'buyer',
      node: (
        <>
          <strong>
            {t(index === 0 ? 'thread.claim' : 'thread.amended')} <Amount money={version.claimed} />
          </strong>
          <PartyText text={version.statement} clamp={400} />
        </>
      ),
    })),
    ...(response === undefined
      ? []
      : [
          {
            key: 'response',
            at: response.at,
            revision: response.revision,
            by: 'supplier',
            node: (
              <>
                <strong>
                  {t(`response.${response.response}` as MessageKey)}
                  {response.reasonCodes.length > 0 &&
                    `: ${response.reasonCodes.map((code) => word(code)).join(', ')}`}
                </strong>
                <PartyText text={response.statement} clamp={400} />
              </>
            ),
          },
        ]),
    ...negotiation.offers.map((offer) => ({
      key: `offer-${offer.offer}`,
      at: offer.at,
      revision: offer.revision,
      by: offer.by,
      node: (
        <>
          <strong>
            {t('thread.offer', { n: offer.offer })}: <Amount money={offer.amount} />
          </strong>{' '}
          <span className={styles.state} data-state={offer.state}>
            {word(`OFFER_STATE_${offer.state}`)}
          </span>
          <div>{offer.remedies.map((remedy) => word(remedy)).join(', ')}</div>
          {offer.message !== undefined && <PartyText text={offer.message} clamp={400} />}
          {offer.state === 'OPEN' && offer.expiresAt !== null && <Countdown dueAt={offer.expiresAt} />}
          {offer.rejection !== undefined && (
            <div className={styles.rejection}>
              {t('thread.rejected')} <PartyText text={offer.rejection} clamp={300} />
            </div>
          )}
        </>
      ),
    })),
    ...negotiation.messages.map((message) => ({
      key: `message-${message.message}`,
      at: message.at,
      revision: message.revision,
      by: message.by,
      node: <PartyText text={message.text} clamp={600} />,
    })),
  ].toSorted((one, other) => Number(one.revision) - Number(other.revision));
  return (
    <Section id="negotiation" title={t('section.negotiation')}>
      <ol className={styles.thread}>
        {said.map((entry) => (
          <Entry key={entry.key} entry={entry} />
        ))}
      </ol>
      {response === undefined && <p className={styles.silence}>{t('thread.silence')}</p>}
    </Section>
  );
}

function Entry({ entry }: { readonly entry: Said }) {
  const t = useMessages();
  const mark: ChangeMark = useItemMark(
    ({ timeline }) => timeline.map(({ revision }) => revision),
    (id) => id,
    entry.revision,
  );
  return (
    <li className={styles.entry} data-by={entry.by} data-mark={mark}>
      <p className={styles.by}>
        {t(`role.${entry.by}` as MessageKey)} · <Moment at={entry.at} />
        <MarkLabel mark={mark} />
      </p>
      {entry.node}
    </li>
  );
}

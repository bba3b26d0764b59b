import { Badge } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { Money } from '../../../libs/kernel/money.js';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CapWithArithmetic } from '../../../projections/case-file/sections/cap.js';
import type { CasePayment, CaseRefund } from '../../../projections/case-file/sections/money.js';
import { Delta, MarkLabel, useItemMark } from '../as-of/changes.js';
import { Amount } from '../design/amount.js';
import { Moment } from '../design/moment.js';
import { PartyName } from '../design/party-text.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { Section } from './section.js';
import styles from './money.module.css';

const PLACES = ['held', 'released', 'refunded', 'chargedBack'] as const;

/** Where the money is, and how much of it can be awarded. */
export function MoneySection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const { money } = file;
  return (
    <Section
      id="money"
      title={t('section.money')}
      aside={
        money.frozenBy.length > 0 && (
          <Badge variant="light" color="blue" leftSection={<IconLock size="0.9em" aria-hidden />}>
            {t('money.frozen')}
          </Badge>
        )
      }
    >
      <Ledger file={file} />
      <Cap cap={file.cap.now} claimed={file.claim.claimed} />
      <table className={styles.table}>
        <caption>{t('money.payments')}</caption>
        <tbody>
          {money.payments.map((payment) => (
            <Payment key={payment.paymentId} payment={payment} />
          ))}
        </tbody>
      </table>
      {money.refunds.length > 0 && (
        <table className={styles.table}>
          <caption>{t('money.refunds')}</caption>
          <tbody>
            {money.refunds.map((refund) => (
              <Refund key={refund.refundId} refund={refund} />
            ))}
          </tbody>
        </table>
      )}
      <OtherMoney file={file} />
    </Section>
  );
}

/** Rule 12 as a picture: what was received is held, released, refunded or charged back, and nothing else. */
function Ledger({ file: { money } }: { readonly file: CaseFile }) {
  const t = useMessages();
  const whole = Math.max(money.received.amount, 1);
  return (
    <div>
      <p className={styles.received}>
        {t('money.received')}{' '}
        <Delta of={(file) => file.money.received}>{(value) => <Amount money={value} strong />}</Delta>
        {!money.balanced && <Badge color="red">{t('money.unbalanced')}</Badge>}
      </p>
      <div className={styles.bar} aria-hidden>
        {PLACES.map((place) => (
          <span key={place} data-place={place} style={{ width: `${(100 * money[place].amount) / whole}%` }} />
        ))}
      </div>
      <dl className={styles.places}>
        {PLACES.map((place) => (
          <div key={place} data-place={place}>
            <dt>{t(`money.${place}` as MessageKey)}</dt>
            <dd>
              <Delta of={(file) => file.money[place]}>{(value) => <Amount money={value} />}</Delta>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Rule 20, worked out before the reader's eyes. */
function Cap({ cap, claimed }: { readonly cap: CapWithArithmetic; readonly claimed: Money }) {
  const t = useMessages();
  const format = useFormat();
  const candidates = ['coveredAmount', 'supplierLimit', 'eligibleBase'] as const;
  const least = Math.min(...candidates.map((name) => cap[name].amount));
  return (
    <div className={styles.cap}>
      <p className={styles.capHead}>
        <span>{t('cap.title')}</span>
        <Delta of={(file) => file.cap.now.cap}>{(value) => <Amount money={value} strong />}</Delta>
      </p>
      <ol className={styles.sum}>
        {candidates.map((name) => (
          <li key={name} data-least={cap[name].amount === least}>
            <span>{t(`cap.${name}` as MessageKey)}</span>
            <Delta of={(file) => file.cap.now[name]}>{(value) => <Amount money={value} />}</Delta>
          </li>
        ))}
        <li>
          <span>{t('cap.priorRefunds')}</span>
          <span>
            − <Delta of={(file) => file.cap.now.priorRefunds}>{(value) => <Amount money={value} />}</Delta>
          </span>
        </li>
      </ol>
      {claimed.amount > cap.cap.amount && (
        <p className={styles.over}>
          {t('cap.claimAbove', { claimed: format.money(claimed), cap: format.money(cap.cap) })}
        </p>
      )}
    </div>
  );
}

function Payment({ payment }: { readonly payment: CasePayment }) {
  const t = useMessages();
  const word = useWord();
  const mark = useItemMark(
    ({ money }) => money.payments,
    ({ paymentId }) => paymentId,
    payment,
  );
  return (
    <tr data-mark={mark}>
      <th scope="row">
        {word(payment.milestone)} · {word(payment.method)}
        <MarkLabel mark={mark} />
        <small>
          <PartyName text={payment.payer.accountName} /> ({payment.payer.country}) ·{' '}
          <Moment at={payment.paidAt} />
        </small>
        {!payment.eligible && (
          <small className={styles.over}>
            {t('money.ineligible')}: {payment.reasons.map(({ message }) => message).join(' ')}
          </small>
        )}
      </th>
      <td>
        <Amount money={payment.amount} />
      </td>
    </tr>
  );
}

function Refund({ refund }: { readonly refund: CaseRefund }) {
  const word = useWord();
  const t = useMessages();
  const mark = useItemMark(
    ({ money }) => money.refunds,
    ({ refundId }) => refundId,
    refund,
  );
  return (
    <tr data-mark={mark} data-refund={refund.state}>
      <th scope="row">
        {t(`refund.${refund.state}` as MessageKey)} <code>{refund.refundId}</code>
        <MarkLabel mark={mark} />
        {refund.attempts.map(({ attempt, at, reason, outcome }) => (
          <small key={attempt}>
            {t('refund.attempt', { attempt })}: {word(reason)}, <Moment at={at} />
            {outcome !== undefined && (
              <>
                {' '}
                → {t(outcome.issued ? 'refund.ISSUED' : 'refund.FAILED')}{' '}
                <PartyName text={outcome.note ?? ''} />
              </>
            )}
          </small>
        ))}
      </th>
      <td>
        <Amount money={refund.amount} strong />
      </td>
    </tr>
  );
}

function OtherMoney({ file: { money } }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const rows: {
    readonly id: string;
    readonly title: string;
    readonly note: string;
    readonly amount: Money;
  }[] = [
    ...money.releases.map(({ releaseId, reason, state, amount }) => ({
      id: releaseId,
      title: t('money.release'),
      note: `${word(reason)}, ${word(state)}`,
      amount,
    })),
    ...money.fees.map(({ feeId, kind, chargedTo, amount }) => ({
      id: feeId,
      title: t('money.fee'),
      note: `${word(kind)} → ${word(chargedTo)}`,
      amount,
    })),
    ...money.chargebacks.map(({ chargebackId, reason = '', amount }) => ({
      id: chargebackId,
      title: t('money.chargeback'),
      note: reason,
      amount,
    })),
    ...money.recoveries.map(({ recoveryId, state, amount }) => ({
      id: recoveryId,
      title: t('money.recovery'),
      note: word(state),
      amount,
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>{t('money.other')}</caption>
      <tbody>
        {rows.map(({ id, title, note, amount }) => (
          <tr key={id}>
            <th scope="row">
              {title} <code>{id}</code>
              <small>
                <PartyName text={note} />
              </small>
            </th>
            <td>
              <Amount money={amount} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

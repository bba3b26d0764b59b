import { useMemo } from 'react';
import { Loader, Title } from '@mantine/core';
import { Link, useParams } from 'react-router';
import type { OrderDocument } from '../api/documents.js';
import { Facts } from '../case-file/facts.js';
import { Actions } from '../case-file/actions/action-panel.js';
import { contextOfOrder } from '../case-file/actions/form-context.js';
import { Section } from '../case-file/section.js';
import { Amount } from '../design/amount.js';
import { Countdown } from '../design/countdown.js';
import { PartyName, PartyText } from '../design/party-text.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { StatusBadge } from '../design/status-badge.js';
import { LiveNotice } from '../live/live-notice.js';
import { useMessages, useWord } from '../messages/language.js';
import { useOrder } from './use-orders.js';
import styles from './party.module.css';

/** One order as its buyer or its supplier sees it: what was agreed, where the money is, what is disputed, what one may do. */
export function MyOrderPage() {
  const t = useMessages();
  const { orderId = '' } = useParams();
  const { data, error, isPending, refetch } = useOrder(orderId);
  usePageTitle(t('order.title', { order: orderId }));
  if (isPending) return <Loader aria-label={t('loading')} />;
  if (data === undefined) return <ProblemNotice error={error} retry={() => void refetch()} />;
  return <OrderView order={data} />;
}

function OrderView({ order }: { readonly order: OrderDocument }) {
  const t = useMessages();
  const word = useWord();
  const context = useMemo(() => contextOfOrder(order, word), [order, word]);
  const { terms, confirmed } = order.contract;
  const { funds, currency } = order;
  const amount = (value: number) => <Amount money={{ amount: value, currency }} />;
  const links = order.links.filter(({ href }) => !/\/disputes\/\d+\//.test(href));
  return (
    <article className={styles.page}>
      <header>
        <Title order={1} size="h2">
          {t('order.title', { order: order.orderId })}
        </Title>
        <p>
          <PartyName text={order.buyer.name} /> →{' '}
          <PartyName text={confirmed?.supplier.name ?? order.supplierId} /> · {word(order.status)}
        </p>
      </header>
      <LiveNotice orderId={order.orderId} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Section id="disputes" title={t('section.disputes')}>
            {order.disputes.length === 0 && <p>{t('order.noDisputes')}</p>}
            <ul className={styles.disputes}>
              {order.disputes.map(({ dispute, ground, status, claimed }) => (
                <li key={dispute}>
                  <Link to={`/cases/${order.orderId}/${dispute}`} className={styles.dispute}>
                    <span>
                      #{dispute} · {word(ground)} · {amount(claimed)}
                    </span>
                    <StatusBadge status={status} />
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
          <Section id="contract" title={t('part.contract')}>
            <Facts
              facts={[
                [t('contract.product'), <PartyText text={terms.product} />],
                [t('contract.quantity'), `${terms.quantity.count} ${terms.quantity.unit}`],
                [t('contract.value'), amount(terms.orderValue.amount)],
                [t('contract.covered'), amount(confirmed?.coveredAmount ?? terms.coveredAmount.amount)],
                [t('contract.coverage'), word(terms.coverageType)],
                [t('contract.shipDate'), order.contract.shipDate],
                [t('contract.safeguard'), t(terms.qualitySafeguard ? 'yes' : 'no')],
              ]}
            />
            <ul>
              {terms.specification.map(({ id, text }) => (
                <li key={id}>
                  <PartyText text={text} />
                </li>
              ))}
            </ul>
          </Section>
          <Section id="money" title={t('section.money')}>
            <Facts
              facts={[
                [t('money.received'), amount(funds.received)],
                [t('money.held'), amount(funds.held)],
                [t('money.released'), amount(funds.released)],
                [t('money.refunded'), amount(funds.refunded)],
              ]}
            />
          </Section>
        </div>
        <aside className={styles.stack}>
          <Actions links={links} context={context} />
          <Section id="deadlines" title={t('section.deadlines')}>
            <Facts
              facts={order.deadlines
                .filter(({ state }) => state === 'OPEN')
                .map(({ kind, dueAt }) => [word(kind), <Countdown key={dueAt} dueAt={dueAt} />] as const)}
            />
          </Section>
        </aside>
      </div>
    </article>
  );
}

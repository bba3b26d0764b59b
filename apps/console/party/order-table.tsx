import type { ReactNode } from 'react';
import { Badge } from '@mantine/core';
import type { OrderRow } from '../../../projections/orders/projection.js';
import { Amount } from '../design/amount.js';
import { Moment } from '../design/moment.js';
import { PartyName } from '../design/party-text.js';
import { useMessages, usePlural, useWord } from '../messages/language.js';
import styles from './party.module.css';

export interface OrderTableProps {
  readonly orders: readonly OrderRow[];
  link(order: OrderRow): ReactNode;
}

export function OrderTable({ orders, link }: OrderTableProps) {
  const t = useMessages();
  const word = useWord();
  const plural = usePlural();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard.
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('orders.title')}>
      <table className={styles.orders}>
        <thead>
          <tr>
            <th scope="col">{t('column.order')}</th>
            <th scope="col">{t('contract.product')}</th>
            <th scope="col">{t('column.parties')}</th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">{t('contract.value')}</th>
            <th scope="col">{t('column.changedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.orderId}>
              <th scope="row">{link(order)}</th>
              <td>
                <PartyName text={order.product} />
              </td>
              <td>
                <PartyName text={order.buyer.name} />
                <small>
                  <PartyName text={order.supplierName ?? order.supplierId} />
                </small>
              </td>
              <td>
                {word(order.status)}{' '}
                {order.openDisputes.length > 0 && (
                  <Badge color="red" variant="light" size="sm">
                    {plural('orders.disputes', order.openDisputes.length)}
                  </Badge>
                )}
              </td>
              <td>
                <Amount money={order.orderValue} />
              </td>
              <td>
                <Moment at={order.changedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {orders.length === 0 && <p className={styles.none}>{t('orders.none')}</p>}
    </div>
  );
}

import { momentOf } from '../../libs/domain/prose.js';
import type { Order } from '../../libs/domain/order/state.js';
import { formatMoney } from '../../libs/kernel/money.js';
import type { Replay, ReplayedEvent } from './replay.js';

/** Prints a history for somebody who has never seen the system. */
export function printReplay(orderId: string, { events, state, chain, ledgerBalances }: Replay): void {
  console.log(`Order ${orderId}: ${events.length} events\n`);
  let balances = '';
  for (const event of events) {
    printEvent(event);
    const now = balancesLine(event);
    if (now !== balances) console.log(`      money: ${now}`);
    balances = now;
  }
  if (state !== undefined) printState(state);
  console.log(ledgerBalances ? 'ledger balances after every event' : 'THE LEDGER DOES NOT BALANCE');
  if (chain.intact) console.log(`chain verified: ${events.length} events, head ${chain.head}`);
  else {
    const { revision, reason, expected, found } = chain.broken;
    console.log(
      `CHAIN BROKEN at revision ${revision}: ${reason}\n  expected ${expected}\n  found    ${found}`,
    );
  }
}

function printEvent({ revision, type, occurredAt, recordedAt, who, sentence, why }: ReplayedEvent): void {
  const noticed = recordedAt === occurredAt ? '' : ` (recorded ${momentOf(recordedAt)})`;
  console.log(`${revision.padStart(4)}  ${momentOf(occurredAt)}${noticed}  ${who}  [${type}]`);
  console.log(`      ${sentence}`);
  for (const rule of why) console.log(`      why: ${rule}`);
}

const balancesLine = ({
  balances: { received, held, released, refunded, chargedBack },
}: ReplayedEvent): string =>
  `received ${received} = held ${held} + released ${released} + refunded ${refunded} + charged back ${chargedBack}`;

function printState({ status, funds, currency, disputes, recoveries, deadlines }: Order): void {
  const open = deadlines.filter(({ state }) => state === 'OPEN');
  console.log(`\nAs of then: ${status}, ${formatMoney({ amount: funds.held, currency })} held`);
  for (const { dispute, ground, status: stands, closed } of disputes) {
    console.log(
      `  dispute ${dispute} (${ground}): ${closed === undefined ? stands : `CLOSED, ${closed.outcome}`}`,
    );
  }
  for (const { recoveryId, outstanding, state } of recoveries) {
    console.log(`  ${recoveryId}: ${state}, ${formatMoney({ amount: outstanding, currency })} outstanding`);
  }
  for (const { deadline, dueAt } of open) console.log(`  open deadline ${deadline}: due ${momentOf(dueAt)}`);
  console.log('');
}

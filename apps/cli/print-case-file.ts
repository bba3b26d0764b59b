import { inWords, momentOf } from '../../libs/domain/prose.js';
import { formatMoney } from '../../libs/kernel/money.js';
import type { CaseFile } from '../../projections/case-file/case-file.js';
import { textTable } from './table.js';

/** Prints a case file as an arbitrator reads it: the claim, the money, the cap, the decision, what is still open. */
export function printCaseFile(file: CaseFile): void {
  const { claim, parties, contract, status, revision, asOf } = file;
  console.log(
    `Case ${file.orderId}/${file.dispute}, ${status}, as of revision ${revision} (${momentOf(asOf)})`,
  );
  console.log(claim.sentence);
  console.log(`  “${claim.statement}”`);
  console.log(`Buyer     ${parties.buyer.name} (${parties.buyer.id}), ${parties.buyer.country}`);
  console.log(
    `Supplier  ${parties.supplier.name ?? ''} (${parties.supplier.id}), ${parties.supplier.country ?? ''}`,
  );
  console.log(`Policy    ${contract.policy.id} version ${contract.policy.version ?? '—'}`);
  for (const { message } of contract.confirmed?.weaknesses ?? []) console.log(`Weakness  ${message}`);
  printMoney(file);
  console.log(`Cap now: ${file.cap.now.arithmetic}`);
  printDecision(file);
  printDeadlines(file);
  for (const { text, rule } of file.openQuestions) {
    console.log(`Open question: ${text}${rule === undefined ? '' : ` (rule ${rule})`}`);
  }
}

function printMoney({ money }: CaseFile): void {
  const columns = ['received', 'held', 'released', 'refunded', 'chargedBack', 'advanced'] as const;
  console.log(
    textTable(
      ['received', 'held', 'released', 'refunded', 'charged back', 'advanced'],
      [columns.map((name) => formatMoney(money[name]))],
    ),
  );
  for (const { refundId, amount, state, attempts } of money.refunds) {
    console.log(
      `${refundId}: ${formatMoney(amount)}, ${inWords(state)} after ${attempts.length} attempt${attempts.length === 1 ? '' : 's'}`,
    );
  }
  for (const { recoveryId, outstanding, state } of money.recoveries) {
    console.log(`${recoveryId}: ${formatMoney(outstanding)} outstanding, ${inWords(state)}`);
  }
}

function printDecision({ decision }: CaseFile): void {
  const { escalation, arbitrator, determination, closed } = decision;
  if (escalation !== undefined)
    console.log(`Escalated ${momentOf(escalation.at)}: ${inWords(escalation.reason)}`);
  if (arbitrator !== undefined) console.log(`Arbitrator ${arbitrator}`);
  if (determination !== undefined) {
    console.log(`Determined ${momentOf(determination.at)}: ${determination.arithmetic}`);
    console.log(
      `  ${determination.reasonCodes.map(inWords).join(', ')}; rests on ${determination.terms.join(', ') || 'no term'}; “${determination.statement}”`,
    );
  }
  if (closed !== undefined) console.log(`Closed ${momentOf(closed.at)}: ${inWords(closed.outcome)}`);
}

function printDeadlines({ deadlines }: CaseFile): void {
  const rows = deadlines.map(({ deadline, state, dueAt, rule, overdue }) => [
    deadline,
    overdue ? 'overdue' : inWords(state),
    momentOf(dueAt),
    `rule ${rule}`,
  ]);
  console.log(textTable(['deadline', 'state', 'due', 'set by'], rows));
}

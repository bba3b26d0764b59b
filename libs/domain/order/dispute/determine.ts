import type { Fault, Refusal } from '../../../kernel/problem.js';
import { dueAfter } from '../../calendar/due.js';
import type { Party } from '../../vocabulary.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { termIds } from '../contract/eligibility.js';
import { meetDeadlines, ofDispute, policyOf, setDeadline, setDeadlineAt } from '../deadlines/decide.js';
import { brokenRules, faultsWhere } from '../refuse.js';
import type { Dispute, Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { awardCap, awardOf } from './cap.js';
import { executeRuling, inspectionFeeTo } from './close.js';
import type { Ruling } from './commands.js';
import { disputeOf } from './find.js';
import { remedyFaults } from './remedy.js';
import { meritFaults } from './ruling.js';

/** How a case is decided: the determination, and the one appeal. */

/** Rules 20, 27 and 28: final at once, or when the appeal window closes. */
export function issueDetermination(
  turn: Turn,
  { data }: OrderCommandOf<'IssueDetermination'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const refusal = brokenRules(rulingFaults(order, dispute, data, context.revision));
  if (refusal) return refusal;
  const { appeal, determinationFinal, zone, days } = policyOf(order);
  const period = determinationFinal === 'APPEAL_WINDOW' ? appeal : null;
  const finalAt = period === null ? at : dueAfter(at, period, zone, days);
  const ruled = ruledBy(context.caller.id, order, dispute, data);
  turn.emit({
    type: 'DeterminationIssued',
    data: { ...ruled, issuedAt: at, finalAt, inspectionFeeTo: inspectionFeeTo(order, ruled.award.amount) },
  });
  meetDeadlines(turn, 'DeterminationIssued', ofDispute(data.dispute));
  if (period === null) executeRuling(turn, data.dispute, 'DETERMINATION');
  else setDeadlineAt(turn, { kind: 'Appeal', dispute: data.dispute, rule: 28 }, finalAt, { period });
  return undefined;
}

/** Rule 28: once, within the window, by either party. */
export function lodgeAppeal(
  turn: Turn,
  { data }: OrderCommandOf<'LodgeAppeal'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const { dispute } = data;
  turn.emit({ type: 'AppealLodged', data: { ...data, by: caller.role as Party, lodgedAt: turn.at } });
  meetDeadlines(turn, 'AppealLodged', ofDispute(dispute, 'Appeal'));
  const { determinationDue } = policyOf(turn.order);
  setDeadline(turn, { kind: 'DeterminationDue', dispute, rule: 28 }, determinationDue);
  return undefined;
}

/** Rule 28: by another arbitrator, under the same rules as a determination, and final at once. */
export function decideAppeal(
  turn: Turn,
  { data }: OrderCommandOf<'DecideAppeal'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const refusal = brokenRules(rulingFaults(order, dispute, data, context.revision));
  if (refusal) return refusal;
  const ruled = ruledBy(context.caller.id, order, dispute, data);
  const outcome = outcomeOf(dispute.determination?.award ?? 0, ruled.award.amount);
  turn.emit({ type: 'AppealDecided', data: { ...ruled, outcome, decidedAt: at } });
  meetDeadlines(turn, 'AppealDecided', ofDispute(data.dispute));
  executeRuling(turn, data.dispute, 'APPEAL');
  return undefined;
}

/** Overturned when something becomes nothing, or nothing something. */
const outcomeOf = (before: number, after: number): 'UPHELD' | 'VARIED' | 'OVERTURNED' => {
  if (after === before) return 'UPHELD';
  return after === 0 || before === 0 ? 'OVERTURNED' : 'VARIED';
};

function ruledBy(by: string, order: Order, dispute: Dispute, data: Ruling) {
  const cap = awardCap(order);
  return {
    ...data,
    by,
    remedies: [...data.remedies],
    reasonCodes: [...data.reasonCodes],
    evidence: [...data.evidence],
    terms: [...data.terms],
    claimed: moneyOf(order, dispute.claimed),
    cap,
    award: moneyOf(order, awardOf(dispute.claimed, data.liability, cap.cap.amount)),
  };
}

/** Every rule that a determination, or the decision of an appeal, would break (rules 15–20 and 27). */
function rulingFaults(order: Order, dispute: Dispute, ruling: Ruling, revision: string): Fault[] {
  const { claimed } = dispute;
  const cap = awardCap(order).cap.amount;
  const award = awardOf(claimed, ruling.liability, cap);
  return [
    ...fileFaults(order, dispute, ruling, revision),
    ...remedyFaults(ruling.remedies, award, Math.min(claimed, cap)),
    ...(award > 0 ? meritFaults(order, dispute) : []),
  ];
}

/** Rule 27: reasons, and the file that they rest on. */
function fileFaults(order: Order, dispute: Dispute, ruling: Ruling, revision: string): Fault[] {
  const known = termIds(order.contract.terms);
  const unknownTerms = ruling.terms.filter((term) => !known.includes(term));
  const unknownEvidence = ruling.evidence.filter(
    (number) => !dispute.evidence.some(({ evidence }) => evidence === number),
  );
  const fault = (code: string, pointer: string, message: string, facts?: Fault['facts']): Fault => ({
    code: `DETERMINATION.${code}`,
    message,
    pointer,
    rule: 27,
    facts,
  });
  return faultsWhere(
    [
      ruling.reasonCodes.length === 0,
      fault('NO_REASON', '/reasonCodes', 'A determination gives at least one reason code.'),
    ],
    [
      ruling.evidence.length === 0 && ruling.terms.length === 0,
      fault('RESTS_ON_NOTHING', '/terms', 'A determination names the evidence and terms it rests on.'),
    ],
    [
      unknownTerms.length > 0,
      fault('UNKNOWN_TERM', '/terms', `The contract has no term ${unknownTerms.join(', ')}.`),
    ],
    [
      unknownEvidence.length > 0,
      fault('UNKNOWN_EVIDENCE', '/evidence', `The file has no evidence ${unknownEvidence.join(', ')}.`),
    ],
    [
      BigInt(ruling.fileRevision) > BigInt(revision),
      fault('UNSEEN_FILE', '/fileRevision', `The file stands at revision ${revision}.`, { revision }),
    ],
  );
}

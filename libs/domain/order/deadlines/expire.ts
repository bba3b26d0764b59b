import type { Instant } from '../../../kernel/instant.js';
import { cancelOrder, completeOrder } from '../completion.js';
import { closeDispute, escalate, executeRuling } from '../dispute/close.js';
import { liveDispute } from '../dispute/find.js';
import { receive } from '../fulfilment/decide.js';
import type { Deadline } from '../state.js';
import type { Turn } from '../turn.js';
import { nextOverdue, policyOf } from './decide.js';

/**
 * Records everything that is due and open at `now`, in due order, and what follows from it, each as of its due instant;
 * a deadline that is set on the way and is due already expires too. So nothing depends on how late anybody looked.
 */
export function expireOverdue(turn: Turn, now: Instant): void {
  for (let due = nextOverdue(turn.order, now); due !== undefined; due = nextOverdue(turn.order, now)) {
    const { deadline, kind, dispute, dueAt } = due;
    const then = turn.as(dueAt);
    then.emit({ type: 'DeadlineExpired', data: { deadline, kind, dispute, dueAt, firedAt: now } });
    follow(then, due);
  }
}

function follow(turn: Turn, deadline: Deadline): void {
  switch (deadline.kind) {
    case 'PaymentDue':
      return cancelOrder(turn, { by: null, reason: 'PAYMENT_OVERDUE' });
    case 'SupplierResponse':
      return policyOf(turn.order).silence === 'ESCALATE'
        ? escalateOpen(turn, deadline, 'SUPPLIER_SILENT')
        : undefined;
    case 'AutoEscalation':
      return escalateOpen(
        turn,
        deadline,
        hasResponded(turn, deadline) ? 'SETTLEMENT_EXPIRED' : 'SUPPLIER_SILENT',
      );
    case 'Settlement':
      return policyOf(turn.order).settlement.then === 'ESCALATE'
        ? escalateOpen(turn, deadline, 'SETTLEMENT_EXPIRED')
        : undefined;
    case 'Evidence':
      return missEvidence(turn, deadline);
    case 'Appeal':
      return executeRuling(turn, deadline.dispute ?? 0, 'DETERMINATION');
    case 'AutoReceipt':
      return receive(turn, 'clock');
    case 'ClaimWindow':
      return completeOrder(turn, 'CLAIM_WINDOW_CLOSED');
    // Recorded overdue; what they open is read from the state: a claim, a worklist's mark, a supplier's review.
    case 'ShipmentDue':
    case 'OfferExpiry':
    case 'DeterminationDue':
    case 'RecoveryDue':
      return undefined;
    default: {
      const _: never = deadline.kind;
      return undefined;
    }
  }
}

const hasResponded = (turn: Turn, { dispute }: Deadline): boolean =>
  liveDispute(turn.order, dispute)?.response !== undefined;

function escalateOpen(
  turn: Turn,
  { dispute }: Deadline,
  reason: 'SUPPLIER_SILENT' | 'SETTLEMENT_EXPIRED',
): void {
  const open = liveDispute(turn.order, dispute);
  if (open?.status === 'AWAITING_SUPPLIER' || open?.status === 'NEGOTIATING')
    escalate(turn, open.dispute, reason);
}

/** Rule 26: what the claimant misses closes the claim where the policy says so; all else, and an appeal, is decided on the file. */
function missEvidence(turn: Turn, { dispute, subject }: Deadline): void {
  const open = liveDispute(turn.order, dispute);
  const request = open?.requests.find((known) => String(known.request) === subject);
  if (open === undefined || open.status === 'UNDER_APPEAL' || request?.from !== 'buyer') return;
  if (policyOf(turn.order).missedEvidence !== 'CLOSE') return;
  closeDispute(turn, open.dispute, {
    outcome: 'NO_EVIDENCE',
    award: 0,
    remedies: ['NOTHING'],
    refund: 'DETERMINATION',
  });
}

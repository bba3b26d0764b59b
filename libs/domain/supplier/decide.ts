import type { Instant } from '../../kernel/instant.js';
import { isMoney } from '../../kernel/money.js';
import type { Fault } from '../../kernel/problem.js';
import { accept, refuse, type Caller, type Decision } from '../decision.js';
import type { SupplierCommand } from './commands.js';
import { releaseCoverage, reserveCoverage } from './coverage.js';
import type { SupplierEvent } from './events.js';
import type { Supplier } from './state.js';

/** All that a decision may depend on besides the stream's own history. */
export interface SupplierContext {
  readonly now: Instant;
  readonly caller: Caller;
}

type Outcome = Decision<SupplierEvent>;
type CommandOf<T extends SupplierCommand['type']> = Extract<SupplierCommand, { type: T }>;

/**
 * Rule 1 (enrolment, assessment, limit, suspension) and the coverage that orders and recoveries take from the limit
 * (rules 20 and 30). What has happened already is accepted again without an event where the engine asks for it, and is
 * the wrong state where a person does. Who may send what at all: permissions.ts.
 */
export function decideSupplier(
  supplier: Supplier | undefined,
  command: SupplierCommand,
  context: SupplierContext,
): Outcome {
  if (command.type === 'EnrolSupplier') return enrol(supplier, command, context);
  if (supplier === undefined) return refuse('not_found', NOT_ENROLLED);
  const { now, caller } = context;
  const { type, data } = command;
  switch (type) {
    case 'AssessSupplier': {
      const { tradeHistory, qualifications, legalStatus, note } = data;
      const qualified = tradeHistory && qualifications && legalStatus;
      const assessed = { tradeHistory, qualifications, legalStatus, qualified, note, assessedBy: caller.id };
      return accept(now, { type: 'SupplierAssessed', data: assessed });
    }
    case 'SetAssuranceLimit':
      if (!isMoney(data.limit) || data.limit.amount < 0) return refuse('rules', NO_AMOUNT);
      return accept(now, { type: 'AssuranceLimitSet', data: { limit: data.limit, setBy: caller.id } });
    case 'SuspendSupplier': {
      const already = supplier.suspensions.some(({ reason }) => reason === 'RISK');
      if (already) return refuse('wrong_state', ALREADY_SUSPENDED);
      const suspended = { reason: 'RISK', note: data.note, suspendedAt: now } as const;
      return accept(now, { type: 'SupplierSuspended', data: suspended });
    }
    case 'ReinstateSupplier':
      if (supplier.suspensions.length === 0) return refuse('wrong_state', NOT_SUSPENDED);
      return accept(now, { type: 'SupplierReinstated', data: { note: data.note, reinstatedBy: caller.id } });
    case 'ReserveCoverage':
      return reserveCoverage(supplier, data, now);
    case 'ReleaseCoverage':
      return releaseCoverage(supplier, data, now);
    case 'SuspendForRecovery': {
      const { orderId } = data;
      if (supplier.suspensions.some((known) => known.orderId === orderId)) return accept(now);
      const suspended = { reason: 'RECOVERY_OVERDUE', orderId, suspendedAt: now } as const;
      return accept(now, { type: 'SupplierSuspended', data: suspended });
    }
    default: {
      const _: never = type;
      return _;
    }
  }
}

function enrol(
  supplier: Supplier | undefined,
  { data }: CommandOf<'EnrolSupplier'>,
  { now, caller }: SupplierContext,
): Outcome {
  if (caller.role === 'supplier' && caller.id !== data.supplierId) return refuse('wrong_party', NOT_ITSELF);
  if (supplier !== undefined) return refuse('wrong_state', ALREADY_ENROLLED);
  const { supplierId, name, country } = data;
  return accept(now, { type: 'SupplierEnrolled', data: { supplierId, name, country, enrolledAt: now } });
}

const fault = (code: string, message: string, more: Partial<Fault> = {}): Fault => ({
  code: `SUPPLIER.${code}`,
  message,
  rule: 1,
  ...more,
});
const NOT_ENROLLED = fault('NOT_ENROLLED', 'The supplier is not enrolled.');
const NOT_ITSELF = fault('NOT_ITSELF', 'A supplier enrols nobody but itself.', { pointer: '/supplierId' });
const ALREADY_ENROLLED = fault('ALREADY_ENROLLED', 'The supplier is enrolled already.');
const ALREADY_SUSPENDED = fault('ALREADY_SUSPENDED', 'Risk has suspended the supplier already.');
const NOT_SUSPENDED = fault('NOT_SUSPENDED', 'The supplier is not suspended.');
const NO_AMOUNT = fault('LIMIT_NOT_MONEY', 'A limit is zero or more minor units of a known currency.', {
  pointer: '/limit',
  rule: 12,
});

import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import type { Terms } from '../../../libs/domain/order/contract/terms.js';
import type { DeadlineKind } from '../../../libs/domain/vocabulary.js';
import type { Preset } from './rules.js';

/** A small order, as the rule book tells it: no events, no history, instants in milliseconds. It is changed in place. */
export interface Model {
  readonly preset: Preset;
  readonly limit: number;
  status: 'DRAFT' | 'CONFIRMED' | 'PAID' | 'SHIPPED' | 'RECEIVED' | 'COMPLETED' | 'CANCELLED';
  terms: Terms;
  proposedBy: string;
  confirmedAt: number;
  shipDate: string;
  shipDue: number;
  overdue: boolean;
  revisions: { date: string; open: boolean }[];
  shipments: { id: string; at: number; late: boolean }[];
  clearedAt?: number;
  receivedAt?: number;
  receivedQuantity?: number;
  windowEnd?: number;
  waived: string[];
  feedback: string[];
  fees: string[];
  payments: ModelPayment[];
  received: number;
  held: number;
  released: number;
  refunded: number;
  chargedBack: number;
  chargebacks: string[];
  refunds: {
    id: string;
    amount: number;
    state: 'INSTRUCTED' | 'ISSUED' | 'FAILED' | 'REPLACED';
    dispute: number | null;
  }[];
  releases: { id: string; amount: number; state: 'INSTRUCTED' | 'RELEASED' | 'STOPPED' }[];
  recoveries: { id: string; owed: number }[];
  inspections: ModelInspection[];
  disputes: ModelDispute[];
  timers: Timer[];
  /** How many timers of a name there have been. */
  readonly named: Map<string, number>;
}

export interface ModelPayment {
  readonly id: string;
  readonly milestone: string;
  readonly method: string;
  readonly amount: number;
  readonly eligible: boolean;
  chargedBack: number;
}

export interface ModelInspection {
  readonly id: string;
  readonly stage: string;
  readonly by: string;
  readonly inspector?: string;
  readonly accepted: boolean;
  report?: { result: string; findings: readonly { term: string; conforms: boolean }[]; at: number };
}

export interface ModelDispute {
  readonly number: number;
  readonly ground: string;
  readonly desired: string;
  status: string;
  claimed: number;
  terms: readonly string[];
  answered: boolean;
  mayEscalate: Set<string>;
  offers: { by: string; amount: number; remedies: readonly string[]; open: boolean }[];
  requests: { from: string; kinds: readonly string[]; open: boolean }[];
  evidence: number;
  /** Those that were sealed, by whom they are sealed to. */
  seals: Map<number, string | undefined>;
  arbitrator?: string;
  appealArbitrator?: string;
  recused: Set<string>;
  determinedBy?: string;
  award?: number;
  outcome?: string;
}

export interface Timer {
  readonly kind: DeadlineKind;
  readonly dispute: number | null;
  /** The offer, the request or the recovery that it belongs to. */
  readonly subject?: string;
  /** `SupplierResponse.1`; a second one of the name is `SupplierResponse.1~2`. */
  readonly name: string;
  due: number;
}

/** Who sends a command, and when. */
export interface Attempt {
  readonly caller: Caller;
  readonly now: number;
  /** Of the order, before the command. */
  readonly revision: bigint;
}

export interface Step {
  readonly caller: Caller;
  readonly command: OrderCommand;
}

export const DAY = 86_400_000;

/** The last millisecond of a date where clocks are `ahead` hours ahead. */
export const endOfDay = (date: string, ahead: number): number =>
  Date.parse(`${date}T00:00:00Z`) + DAY - 1 - ahead * 3_600_000;

export const isOver = ({ status }: Model): boolean => status === 'COMPLETED' || status === 'CANCELLED';
export const isDisputed = ({ disputes }: Model): boolean =>
  disputes.some(({ status }) => status !== 'CLOSED');
export const bench = ({ status, arbitrator, appealArbitrator }: ModelDispute): string | undefined =>
  status === 'UNDER_APPEAL' ? appealArbitrator : arbitrator;

export function setTimer(
  model: Model,
  kind: DeadlineKind,
  due: number,
  dispute: number | null = null,
  subject?: string,
): void {
  const plain = [kind, dispute, subject].filter((part) => part !== null && part !== undefined).join('.');
  const count = (model.named.get(plain) ?? 0) + 1;
  model.named.set(plain, count);
  model.timers.push({ kind, dispute, subject, name: count === 1 ? plain : `${plain}~${count}`, due });
}

export function endTimers(model: Model, which: (timer: Timer) => boolean): void {
  model.timers = model.timers.filter((timer) => !which(timer));
}

export function draftedModel(preset: Preset, limit: number, terms: Terms): Model {
  return {
    preset,
    limit,
    status: 'DRAFT',
    terms,
    proposedBy: 'buyer',
    confirmedAt: 0,
    shipDate: terms.shipDate,
    shipDue: 0,
    overdue: false,
    revisions: [],
    shipments: [],
    waived: [],
    feedback: [],
    fees: [],
    payments: [],
    received: 0,
    held: 0,
    released: 0,
    refunded: 0,
    chargedBack: 0,
    chargebacks: [],
    refunds: [],
    releases: [],
    recoveries: [],
    inspections: [],
    disputes: [],
    timers: [],
    named: new Map(),
  };
}

import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { termsHash } from '../../../libs/domain/order/contract/decide.js';
import type { Terms } from '../../../libs/domain/order/contract/terms.js';
import { instantOf } from '../../../libs/kernel/instant.js';
import { DAY, bench, type Model, type ModelDispute } from './model.js';
import { capOf, leftOf } from './money.js';
import { SENDERS } from './rules.js';
import { sensibleNow } from './sensible.js';

/** Draws what happens next: mostly what makes sense, often enough what does not. */
export interface Chance {
  /** A whole number from 0 to `sides` − 1. */
  (sides: number): number;
}

/** A small generator of its own, so that a number tells a whole story again. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const pick = <Item>(chance: Chance, items: readonly Item[]): Item => items[chance(items.length)] as Item;

export const START = Date.parse('2026-03-01T00:00:00.000Z');
const usd = (amount: number) => ({ amount: Math.max(0, Math.floor(amount)), currency: 'USD' });
const HASH = 'c'.repeat(64);

export function randomTerms(chance: Chance, now: number = START): Terms {
  const initial = pick(chance, [300_000, 300_000, 1_000_000]);
  return {
    orderValue: usd(1_000_000),
    coveredAmount: usd(pick(chance, [1_000_000, 1_000_000, 250_000])),
    shipDate: instantOf(now + (3 + chance(20)) * DAY).slice(0, 10),
    coverageType: pick(chance, ['POST_DELIVERY', 'POST_DELIVERY', 'PRE_SHIPMENT']),
    qualitySafeguard: chance(5) > 0,
    product: 'brackets',
    quantity: { count: 500, unit: 'pieces', toleranceBasisPoints: 100 },
    specification: [
      { id: 'colour', aspect: 'COLOUR', text: 'RAL 9005', measurable: true },
      { id: 'finish', aspect: 'OTHER', text: 'pleasant', measurable: false },
    ],
    initialPayment: usd(initial),
    balance: usd(1_000_000 - initial),
  };
}

/** How much time passes: often none, sometimes up to the very edge of what falls due next. */
export function randomInstant(chance: Chance, { timers }: Model, now: number): number {
  if (chance(100) < 55) return now;
  const due = timers.map((timer) => timer.due).filter((instant) => instant > now);
  if (due.length > 0 && chance(100) < 60)
    return pick(chance, due) + pick(chance, [-1_000, -1, 0, 0, 1, 1_000]);
  return now + pick(chance, [1, 1_000, 3_600_000, DAY, 2 * DAY, 4 * DAY, 10 * DAY, 40 * DAY]);
}

const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  buyer: ['B1', 'B1', 'B1', 'B1', 'B1', 'B1', 'B2'],
  supplier: ['S1', 'S1', 'S1', 'S1', 'S1', 'S1', 'S2'],
  arbitrator: ['A1', 'A2'],
  appeal_arbitrator: ['A1', 'A2', 'A3'],
  inspector: ['I1', 'I1', 'I2'],
};
const ROLES = [
  'buyer',
  'supplier',
  'agent',
  'arbitrator',
  'appeal_arbitrator',
  'inspector',
  'payments',
  'logistics',
  'risk',
  'auditor',
  'policy_admin',
  'clock',
] as const;

export interface Step {
  readonly caller: Caller;
  readonly command: OrderCommand;
}

type Type = keyof typeof SENDERS;
const TYPES = Object.keys(SENDERS) as readonly Type[];

export function randomStep(chance: Chance, model: Model, now: number, revision: bigint): Step {
  const sensible = sensibleNow(model);
  const type = sensible.length > 0 && chance(100) < 80 ? pick(chance, sensible) : pick(chance, TYPES);
  const number =
    model.disputes.length === 0
      ? 1
      : chance(20) === 0
        ? model.disputes.length + 1
        : 1 + chance(model.disputes.length);
  const command = contentOf(type, { chance, model, now, revision, number });
  const role = chance(100) < 88 ? pick(chance, SENDERS[type]) : pick(chance, ROLES);
  const sitting = model.disputes[number - 1] && bench(model.disputes[number - 1]!);
  const arbitrates = role === 'arbitrator' || role === 'appeal_arbitrator';
  const id =
    arbitrates && sitting !== undefined && chance(10) > 0 ? sitting : pick(chance, PEOPLE[role] ?? [role]);
  return { caller: { role, id }, command };
}

interface Occasion {
  readonly chance: Chance;
  readonly model: Model;
  readonly now: number;
  readonly revision: bigint;
  /** The dispute that it is about. */
  readonly number: number;
}

function contentOf(type: Type, occasion: Occasion): OrderCommand {
  const { chance, model, now, number: dispute } = occasion;
  const one = model.disputes[dispute - 1];
  const any = <Item>(...items: readonly Item[]) => pick(chance, items);
  const idOf = (items: readonly { readonly id: string }[], kind: string) =>
    items.length > 0 && chance(8) > 0 ? any(...items).id : `${kind}-${1 + chance(30)}`;
  const terms = () => any(['colour'], ['finish'], ['colour', 'finish'], ['SHIP_DATE'], ['QUANTITY'], []);
  const part = (whole: number) => usd(any(whole, whole, whole / 2, whole / 3, whole + 1, 0));
  const when = () =>
    any(undefined, undefined, undefined, instantOf(now - DAY), instantOf(now - 5 * DAY), instantOf(now + 1));
  const inspection = {
    inspectionId: `insp-${1 + chance(6)}`,
    stage: any('PRE_SHIPMENT' as const, 'POST_DELIVERY' as const),
  };
  const claim = () => ({
    claimed: part(capOf(model)),
    statement: chance(20) === 0 ? ' ' : 'It is wrong.',
    terms: terms(),
  });
  switch (type) {
    case 'ProposeTerms': {
      const proposed = randomTerms(chance, now);
      return {
        type,
        data: { terms: chance(8) === 0 ? { ...proposed, coveredAmount: usd(1_000_001) } : proposed },
      };
    }
    case 'ConfirmContract':
      return { type, data: { termsHash: chance(10) === 0 ? HASH : termsHash(model.terms) } };
    case 'RequestShipDateRevision':
      return { type, data: { shipDate: instantOf(now + (chance(40) - 5) * DAY).slice(0, 10) } };
    case 'AgreeShipDateRevision':
    case 'DeclineShipDateRevision':
      return { type, data: { revision: any(model.revisions.length || 1, model.revisions.length || 1, 1) } };
    case 'CancelOrder':
    case 'CompleteOrder':
    case 'ExpireDeadlines':
      return { type, data: {} };
    case 'LeaveFeedback':
      return { type, data: { rating: 5, text: 'Good.' } };
    case 'RecordPayment':
      return { type, data: randomPayment(occasion) };
    case 'RecordRelease': {
      const known = model.releases.at(-1 - chance(2)) ?? { id: 'release-1', amount: 1 };
      return { type, data: { releaseId: known.id, amount: part(known.amount) } };
    }
    case 'RecordRefund': {
      const known = model.refunds.at(-1 - chance(2)) ?? { id: 'refund-1', amount: 1 };
      const amount = chance(6) === 0 ? part(known.amount) : usd(known.amount);
      return chance(3) === 0
        ? { type, data: { refundId: known.id, amount, outcome: 'FAILED', reason: 'closed' } }
        : { type, data: { refundId: known.id, amount, outcome: 'ISSUED' } };
    }
    case 'RetryRefund':
      return { type, data: { refundId: idOf(model.refunds, 'refund') } };
    case 'RecordFee':
      return {
        type,
        data: { feeId: `fee-${chance(9)}`, kind: 'PAYMENT', amount: usd(40), chargedTo: 'buyer' },
      };
    case 'ReportChargeback':
      return {
        type,
        data: {
          chargebackId: `cb-${chance(9)}`,
          paymentId: idOf(model.payments, 'pay'),
          amount: part(any(leftOf(model), 100_000, 1)),
        },
      };
    case 'RecordShipment':
      return { type, data: { shipmentId: `ship-${1 + chance(5)}`, carrier: 'Maersk', shippedAt: when() } };
    case 'RecordCustomsClearance':
      return { type, data: { clearedAt: when() } };
    case 'ConfirmReceipt':
      return { type, data: { quantity: any(undefined, 494, 495, 500) } };
    case 'WaiveNonconformity':
      return {
        type,
        data: {
          terms: any(['colour'], ['finish'], ['QUANTITY'], ['SHIP_DATE'], ['smell'], []),
          statement: 'Fine.',
        },
      };
    case 'BookInspection': {
      const by = any('SAMPLE' as const, 'BUYER' as const, 'THIRD_PARTY' as const, 'PLATFORM' as const);
      return { type, data: { ...inspection, by, inspectorId: any(undefined, 'I1', 'I1', 'I2', 'B1') } };
    }
    case 'ReportInspection': {
      const result = any('PASS' as const, 'FAIL' as const, 'FAIL' as const, 'CONDITIONAL' as const);
      const found = any<readonly string[]>([], ['colour'], ['finish'], ['colour', 'finish'], ['smell']);
      const findings = found.map((term) => ({
        term,
        conforms: result === 'FAIL' ? chance(4) === 0 : chance(8) > 0,
      }));
      const inspectionId = idOf(model.inspections, 'insp');
      return { type, data: { inspectionId, result, findings, reportHash: HASH, inspectedAt: when() } };
    }
    case 'CommissionInspection':
      return {
        type,
        data: {
          dispute,
          ...inspection,
          inspectorId: any('I1', 'I1', 'I2'),
          question: 'Black?',
          fee: any(undefined, usd(20_000)),
        },
      };
    case 'OpenDispute': {
      const ground = any(
        'LATE_SHIPMENT' as const,
        'LATE_SHIPMENT' as const,
        'QUALITY' as const,
        'QUALITY' as const,
        'QUANTITY' as const,
        'NOT_RECEIVED' as const,
      );
      const scoped = ground === 'QUALITY' ? claim() : { ...claim(), terms: [] };
      return {
        type,
        data: {
          ground,
          ...scoped,
          desiredRemedy: any('FULL_REFUND' as const, 'PARTIAL_REFUND' as const, 'REPLACEMENT' as const),
        },
      };
    }
    case 'AmendClaim':
      return { type, data: { dispute, ...claim() } };
    case 'RespondToDispute': {
      const statement = 'We see it otherwise.';
      const kind = chance(6);
      if (kind === 0) return { type, data: { dispute, response: 'ACCEPT', statement } };
      if (kind < 3)
        return { type, data: { dispute, response: 'COUNTER', statement, offer: randomOffer(occasion, one) } };
      return {
        type,
        data: {
          dispute,
          response: 'REJECT',
          statement,
          reasonCodes: chance(8) === 0 ? [] : ['GOODS_CONFORM'],
        },
      };
    }
    case 'ProposeSettlement':
      return { type, data: { dispute, ...randomOffer(occasion, one) } };
    case 'AcceptSettlement':
    case 'RejectSettlement':
      return { type, data: { dispute, offer: any(one?.offers.length || 1, one?.offers.length || 1, 1) } };
    case 'PostMessage':
      return { type, data: { dispute, text: 'Hello.' } };
    case 'SubmitEvidence': {
      const request = any(undefined, 1 + chance(3), one?.requests.length || undefined);
      const kind = any('PHOTO' as const, 'PHOTO' as const, 'OTHER' as const);
      const file = {
        sha256: HASH,
        size: chance(12) === 0 ? 0 : 10,
        mediaType: 'image/png',
        fileName: 'a.png',
      };
      return {
        type,
        data: { dispute, kind, ...file, request, terms: any(undefined, ['colour'], ['smell']) },
      };
    }
    case 'RequestEvidence':
      return {
        type,
        data: {
          dispute,
          from: any('buyer' as const, 'supplier' as const),
          kinds: any([], ['PHOTO' as const]),
          question: 'Any?',
        },
      };
    case 'EscalateDispute':
    case 'WithdrawDispute':
      return { type, data: { dispute } };
    case 'AssignArbitrator':
      return {
        type,
        data: {
          dispute,
          arbitrator: any('A1', 'A1', 'A2', 'A3', 'B1', 'S1'),
          conflicts: any(undefined, undefined, ['S9'], ['B1']),
        },
      };
    case 'RecuseArbitrator':
      return { type, data: { dispute, reason: 'I know them.' } };
    case 'IssueDetermination':
    case 'DecideAppeal':
      return { type, data: randomRuling(occasion, one) };
    case 'LodgeAppeal':
    case 'ReopenDispute':
      return { type, data: { dispute, statement: chance(12) === 0 ? '' : 'Look again.' } };
    case 'RecordRecovery': {
      const known = model.recoveries.at(-1) ?? { id: 'recovery-1', owed: 1 };
      return { type, data: { recoveryId: known.id, amount: part(known.owed) } };
    }
    case 'WriteOffRecovery':
      return { type, data: { recoveryId: idOf(model.recoveries, 'recovery'), reason: 'insolvent' } };
    case 'ExtendDeadline': {
      const timer = model.timers[chance(model.timers.length || 1)] ?? { name: 'Appeal.1', due: now };
      return {
        type,
        data: { deadline: timer.name, to: instantOf(timer.due + any(0, 1, DAY, 9 * DAY)), reason: 'strike' },
      };
    }
    default: {
      const _: never = type;
      throw new Error(`nothing to say for ${String(type)}`);
    }
  }
}

function randomPayment({
  chance,
  model,
}: Occasion): Extract<OrderCommand, { type: 'RecordPayment' }>['data'] {
  const { initialPayment, balance } = model.terms;
  const milestone = pick(chance, ['INITIAL', 'INITIAL', 'BALANCE'] as const);
  const whole = milestone === 'INITIAL' ? initialPayment.amount : balance.amount;
  return {
    paymentId: `pay-${1 + chance(12)}`,
    milestone,
    method: pick(chance, [
      'TELEGRAPHIC_TRANSFER',
      'TELEGRAPHIC_TRANSFER',
      'CARD',
      'CARD',
      'WESTERN_UNION',
      'E_CHECKING',
      'PAY_LATER',
      'OTHER',
    ] as const),
    amount:
      chance(30) === 0
        ? { amount: whole, currency: 'EUR' }
        : usd(pick(chance, [whole, whole, whole, whole / 2, 1, whole + 1])),
    payerAccountName: 'Hardware Direct LLC',
    payerCountry: pick(chance, ['US', 'US', 'DE']),
  };
}

function randomOffer({ chance, model, now }: Occasion, dispute: ModelDispute | undefined) {
  const full = Math.min(dispute?.claimed ?? 1, capOf(model));
  const amount = pick(chance, [full, Math.floor(full / 2), 0, 0, capOf(model) + 1]);
  const fitting = amount === 0 ? (['REPLACEMENT'] as const) : (['PARTIAL_REFUND'] as const);
  const remedies = pick(chance, [fitting, fitting, fitting, ['FULL_REFUND'] as const, ['NOTHING'] as const]);
  const expiresAt = pick(chance, [
    undefined,
    undefined,
    instantOf(now + DAY),
    instantOf(now + 9 * DAY),
    instantOf(now),
  ]);
  return { remedies, amount: usd(amount), expiresAt };
}

function randomRuling({ chance, model, revision, number }: Occasion, dispute: ModelDispute | undefined) {
  const liability = pick(chance, [10_000, 10_000, 5_000, 3_333, 0, 0, 1]);
  const award = Math.min(Math.floor(((dispute?.claimed ?? 0) * liability) / 10_000), capOf(model));
  const fitting = award > 0 ? (['PARTIAL_REFUND'] as const) : (['NOTHING'] as const);
  return {
    dispute: number,
    liability,
    remedies: pick(chance, [
      fitting,
      fitting,
      fitting,
      fitting,
      ['FULL_REFUND'] as const,
      ['CORRECTION'] as const,
    ]),
    reasonCodes: chance(15) === 0 ? [] : (['INSUFFICIENT_EVIDENCE'] as const),
    evidence: pick(chance, [[], [], [1]]),
    terms: pick(chance, [['SHIP_DATE'], ['colour'], ['colour'], []]),
    fileRevision: String(pick(chance, [revision, revision, 0n, revision + 1n])),
    statement: 'So it is.',
  };
}

import type { Action } from '../../libs/domain/order/actions.js';
import { termsHash } from '../../libs/domain/order/contract/decide.js';
import type { OrderCommand } from '../../libs/domain/order/commands.js';
import { awardCap, awardOf } from '../../libs/domain/order/dispute/cap.js';
import type { Order } from '../../libs/domain/order/state.js';
import {
  EVIDENCE_KINDS,
  GROUNDS,
  INSPECTION_RESULTS,
  INSPECTION_STAGES,
  MILESTONES,
  PARTIES,
} from '../../libs/domain/vocabulary.js';
import { epochMsOf, instantOf, type Instant } from '../../libs/kernel/instant.js';
import { money } from '../../libs/kernel/money.js';
import type { Dice } from './dice.js';

const DAY = 86_400_000;
const later = (instant: Instant, days: number): Instant => instantOf(epochMsOf(instant) + days * DAY);
const hash = '0'.repeat(64);

export interface Occasion {
  readonly order: Order;
  readonly now: Instant;
  /** Decimal text of the revision that the caller has seen. */
  readonly revision: string;
  /** Part of every id that the command makes up. */
  readonly unused: string;
  readonly dice: Dice;
}

/** Something that somebody might send as this command: often acceptable, not always. */
export function randomContent({ command, dispute = 1 }: Action, occasion: Occasion): OrderCommand {
  const { order, now, unused, dice } = occasion;
  const { currency, contract, funds } = order;
  const { terms } = contract;
  const amount = (minorUnits: number) => money(Math.max(0, Math.floor(minorUnits)), currency);
  const partOf = (whole: number) => amount(dice.pick([whole, whole / 2, whole / 3, 1, whole + 1]));
  const date = () => later(now, dice.roll(60)).slice(0, 10);
  const specified = terms.specification.map(({ id }) => id);
  const someTerms = () => (dice.chance(50) ? specified : [dice.pick(specified)]);
  const known = order.disputes.find((one) => one.dispute === dispute);
  const cap = awardCap(order).cap.amount;
  const idOf = <Item>(items: readonly Item[], id: (item: Item) => string) =>
    items.length === 0 ? 'none' : id(dice.pick(items));
  const offer = () => {
    const refund = partOf(dice.pick([0, Math.min(cap, known?.claimed ?? 0)]));
    const expiresAt = dice.chance(50) ? later(now, 1 + dice.roll(9)) : undefined;
    return {
      amount: refund,
      remedies: [refund.amount > 0 ? 'PARTIAL_REFUND' : 'REPLACEMENT'] as const,
      expiresAt,
    };
  };
  const claimed = () => ({
    claimed: partOf(cap),
    statement: 'It is not what was agreed.',
    terms: someTerms(),
  });
  switch (command) {
    case 'DraftOrder':
    case 'ExpireDeadlines':
      return { type: 'ExpireDeadlines', data: {} };
    case 'ProposeTerms':
      return { type: command, data: { terms: { ...terms, shipDate: date() } } };
    case 'ConfirmContract':
      return { type: command, data: { termsHash: termsHash(terms) } };
    case 'RequestShipDateRevision':
      return { type: command, data: { shipDate: date() } };
    case 'AgreeShipDateRevision':
    case 'DeclineShipDateRevision':
      return { type: command, data: { revision: contract.shipDateRevisions.length } };
    case 'CancelOrder':
    case 'CompleteOrder':
      return { type: command, data: {} };
    case 'LeaveFeedback':
      return { type: command, data: { rating: 1 + dice.roll(5), text: 'So be it.' } };
    case 'RecordPayment': {
      const milestone = dice.pick(MILESTONES);
      const whole = milestone === 'INITIAL' ? terms.initialPayment.amount : terms.balance.amount;
      return {
        type: command,
        data: {
          paymentId: `pay-${unused}`,
          milestone,
          method: dice.pick(['TELEGRAPHIC_TRANSFER', 'CARD', 'OTHER']),
          amount: partOf(whole),
          payerAccountName: 'Hardware Direct LLC',
          payerCountry: 'US',
        },
      };
    }
    case 'RecordRelease': {
      const release = funds.releases.at(-1);
      return {
        type: command,
        data: { releaseId: release?.releaseId ?? 'none', amount: amount(release?.amount ?? 0) },
      };
    }
    case 'RecordRefund': {
      const refund = funds.refunds.at(-1);
      const data = { refundId: refund?.refundId ?? 'none', amount: amount(refund?.amount ?? 0) };
      return dice.chance(30)
        ? { type: command, data: { ...data, outcome: 'FAILED', reason: 'Account closed' } }
        : { type: command, data: { ...data, outcome: 'ISSUED' } };
    }
    case 'RetryRefund':
      return { type: command, data: { refundId: idOf(funds.refunds, ({ refundId }) => refundId) } };
    case 'RecordFee':
      return {
        type: command,
        data: { feeId: `fee-${unused}`, kind: 'PAYMENT', amount: amount(3_000), chargedTo: 'buyer' },
      };
    case 'ReportChargeback': {
      const payment = funds.payments.length === 0 ? undefined : dice.pick(funds.payments);
      return {
        type: command,
        data: {
          chargebackId: `cb-${unused}`,
          paymentId: payment?.paymentId ?? 'none',
          amount: partOf(payment?.amount ?? 0),
        },
      };
    }
    case 'RecordShipment':
      return { type: command, data: { shipmentId: `ship-${unused}`, carrier: 'COSCO' } };
    case 'RecordCustomsClearance':
    case 'ConfirmReceipt':
      return { type: command, data: {} };
    case 'WaiveNonconformity':
      return {
        type: command,
        data: { terms: [dice.pick([...specified, 'QUANTITY', 'SHIP_DATE'])], statement: 'Never mind.' },
      };
    case 'BookInspection':
      return {
        type: command,
        data: {
          inspectionId: `insp-${unused}`,
          stage: dice.pick(INSPECTION_STAGES),
          by: 'THIRD_PARTY',
          inspectorId: 'I1',
        },
      };
    case 'ReportInspection': {
      const result = dice.pick(INSPECTION_RESULTS);
      return {
        type: command,
        data: {
          inspectionId: idOf(order.inspections, ({ inspectionId }) => inspectionId),
          result,
          findings: specified.map((term) => ({ term, conforms: result === 'PASS' || dice.chance(30) })),
          reportHash: hash,
        },
      };
    }
    case 'OpenDispute': {
      const ground = dice.pick(GROUNDS.slice(0, 4));
      const scope = ground === 'QUALITY' ? someTerms() : [];
      return { type: command, data: { ...claimed(), ground, terms: scope, desiredRemedy: 'PARTIAL_REFUND' } };
    }
    case 'AmendClaim':
      return {
        type: command,
        data: { ...claimed(), dispute, terms: known?.ground === 'QUALITY' ? someTerms() : [] },
      };
    case 'RespondToDispute': {
      const statement = 'We do not agree.';
      const response = dice.pick(['REJECT', 'REJECT', 'COUNTER', 'ACCEPT'] as const);
      if (response === 'COUNTER')
        return { type: command, data: { dispute, response, statement, offer: offer() } };
      if (response === 'ACCEPT') return { type: command, data: { dispute, response, statement } };
      return { type: command, data: { dispute, response, statement, reasonCodes: ['GOODS_CONFORM'] } };
    }
    case 'ProposeSettlement':
      return { type: command, data: { dispute, ...offer() } };
    case 'AcceptSettlement':
    case 'RejectSettlement':
      return { type: command, data: { dispute, offer: known?.offers.at(-1)?.offer ?? 1 } };
    case 'PostMessage':
      return { type: command, data: { dispute, text: 'Please be reasonable.' } };
    case 'SubmitEvidence': {
      const request = known?.requests.find(({ state }) => state === 'OPEN')?.request;
      return {
        type: command,
        data: {
          dispute,
          kind: dice.pick(EVIDENCE_KINDS),
          sha256: hash,
          size: 1_024,
          mediaType: 'image/png',
          fileName: 'photo.png',
          request: dice.chance(70) ? request : undefined,
        },
      };
    }
    case 'ChangeEvidenceSeal':
      return {
        type: command,
        data: {
          dispute,
          evidence: dice.pick([1, 2]),
          sealedTo: dice.pick([undefined, [], [dice.pick(PARTIES)]]),
          reason: 'it is a trade secret',
        },
      };
    case 'RequestEvidence':
      return {
        type: command,
        data: { dispute, from: dice.pick(PARTIES), kinds: [], question: 'Is there more?' },
      };
    case 'EscalateDispute':
      return { type: command, data: { dispute } };
    case 'AssignArbitrator':
      return { type: command, data: { dispute, arbitrator: dice.pick(['A1', 'A2', 'A3']) } };
    case 'RecuseArbitrator':
      return { type: command, data: { dispute, reason: 'I know them' } };
    case 'CommissionInspection':
      return {
        type: command,
        data: {
          dispute,
          inspectionId: `insp-${unused}`,
          stage: dice.pick(INSPECTION_STAGES),
          inspectorId: 'I1',
          question: 'What is it?',
          fee: amount(20_000),
        },
      };
    case 'IssueDetermination':
    case 'DecideAppeal': {
      const liability = dice.pick([0, 0, 5_000, 10_000]);
      const award = awardOf(known?.claimed ?? 0, liability, cap);
      const full = award > 0 && award >= (known?.claimed ?? 0);
      const refund = full ? 'FULL_REFUND' : 'PARTIAL_REFUND';
      return {
        type: command,
        data: {
          dispute,
          liability,
          remedies: [award === 0 ? 'NOTHING' : refund],
          reasonCodes: [award === 0 ? 'GOODS_CONFORM' : 'GOODS_NONCONFORMING'],
          evidence: known?.evidence.map(({ evidence }) => evidence) ?? [],
          terms: specified,
          fileRevision: occasion.revision,
          statement: 'So it is decided.',
        },
      };
    }
    case 'LodgeAppeal':
      return { type: command, data: { dispute, statement: 'That is wrong.' } };
    case 'WithdrawDispute':
      return { type: command, data: { dispute } };
    case 'ReopenDispute':
      return { type: command, data: { dispute, statement: 'Look again.' } };
    case 'RecordRecovery': {
      const recovery = order.recoveries.at(-1);
      return {
        type: command,
        data: { recoveryId: recovery?.recoveryId ?? 'none', amount: partOf(recovery?.outstanding ?? 0) },
      };
    }
    case 'WriteOffRecovery':
      return {
        type: command,
        data: { recoveryId: idOf(order.recoveries, ({ recoveryId }) => recoveryId), reason: 'Not worth it' },
      };
    case 'ExtendDeadline': {
      const open = order.deadlines.filter(({ state }) => state === 'OPEN');
      const deadline = open.length === 0 ? undefined : dice.pick(open);
      return {
        type: command,
        data: {
          deadline: deadline?.deadline ?? 'none',
          to: later(deadline?.dueAt ?? now, 1 + dice.roll(10)),
          reason: 'Holidays',
        },
      };
    }
    default:
      return command satisfies never;
  }
}

import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { termsHash } from '../../../libs/domain/order/contract/decide.js';
import { GROUNDS } from '../../../libs/domain/vocabulary.js';
import { instantOf } from '../../../libs/kernel/instant.js';
import { randomTerms } from './beginning.js';
import { mayOpen } from './claims.js';
import { DAY } from './model.js';
import { capOf, leftOf } from './money.js';
import { HASH, randomOffer, randomPayment, randomRuling, usd, type Occasion } from './random-parts.js';
import { pick } from './chance.js';
import type { SENDERS } from './rules.js';

type Type = keyof typeof SENDERS;

/** Something that somebody might send as this command. */
export function randomContent(type: Type, occasion: Occasion): OrderCommand {
  const { chance, model, now, number: dispute } = occasion;
  const one = model.disputes[dispute - 1];
  const any = <Item>(...items: readonly Item[]) => pick(chance, items);
  const idOf = (items: readonly { readonly id: string }[], kind: string) =>
    items.length > 0 && chance(8) > 0 ? any(...items).id : `${kind}-${1 + chance(30)}`;
  const terms = () => any(['colour'], ['finish'], ['colour', 'finish'], ['SHIP_DATE'], ['QUANTITY'], []);
  const part = (whole: number) =>
    usd(any(whole, whole, whole, whole, whole / 2, whole / 3, whole / 3, whole + 1, 0));
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
      const likely = (['LATE_SHIPMENT', 'QUALITY', 'QUANTITY'] as const).filter((ground) =>
        mayOpen(model, ground, now),
      );
      const ground = likely.length > 0 && chance(6) > 0 ? any(...likely) : any(...GROUNDS);
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
    case 'ChangeEvidenceSeal': {
      const evidence = any(one?.evidence || 1, 1, 2);
      return {
        type,
        data: { dispute, evidence, sealedTo: any(undefined, [], ['buyer']), reason: 'It must be.' },
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

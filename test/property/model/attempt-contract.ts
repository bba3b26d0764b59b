import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { termsHash } from '../../../libs/domain/order/contract/decide.js';
import { cancel, complete, continueWindow, receive } from './course.js';
import { termsOf } from './claims.js';
import { DAY, endOfDay, endTimers, isDisputed, setTimer, type Attempt, type Model } from './model.js';
import { DAYS } from './rules.js';

/** The contract, the goods and their inspection: rules 4 to 7 and 14 to 17. Undefined for what belongs elsewhere. */
export function attemptContract(
  model: Model,
  command: OrderCommand,
  { caller, now }: Attempt,
): boolean | undefined {
  const { status, preset, shipments, inspections } = model;
  const running = ['CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED'].includes(status);
  const movable = status === 'CONFIRMED' || status === 'PAID';
  const pending = model.revisions.findIndex(({ open }) => open);
  const asked = model.revisions[pending];
  const instant = (text: string | undefined) => (text === undefined ? now : Date.parse(text));
  const toCome = (date: string) => endOfDay(date, preset.ahead) >= now;
  const { type, data } = command;
  switch (type) {
    case 'ProposeTerms':
      if (
        status !== 'DRAFT' ||
        data.terms.coveredAmount.amount > data.terms.orderValue.amount ||
        !toCome(data.terms.shipDate)
      )
        return false;
      model.terms = data.terms;
      model.shipDate = data.terms.shipDate;
      model.proposedBy = caller.role;
      return true;
    case 'ConfirmContract':
      if (status !== 'DRAFT' || caller.role === model.proposedBy) return false;
      if (data.termsHash !== termsHash(model.terms) || !toCome(model.shipDate)) return false;
      model.status = 'CONFIRMED';
      model.confirmedAt = now;
      setTimer(model, 'PaymentDue', now + DAYS.payment * DAY);
      setShipDue(model);
      return true;
    case 'RequestShipDateRevision':
      if (!movable || pending >= 0 || data.shipDate <= model.shipDate || !toCome(data.shipDate)) return false;
      model.revisions.push({ date: data.shipDate, open: true });
      return true;
    case 'AgreeShipDateRevision':
      if (!movable || asked === undefined || data.revision !== pending + 1) return false;
      if (!toCome(asked.date)) return false;
      asked.open = false;
      model.shipDate = asked.date;
      endTimers(model, ({ kind }) => kind === 'ShipmentDue');
      setShipDue(model);
      return true;
    case 'DeclineShipDateRevision':
      if (!movable || asked === undefined || data.revision !== pending + 1) return false;
      asked.open = false;
      return true;
    case 'CancelOrder':
      if (status !== 'DRAFT' && (status !== 'CONFIRMED' || model.received > 0)) return false;
      cancel(model);
      return true;
    case 'CompleteOrder':
      if (status !== 'RECEIVED' || isDisputed(model)) return false;
      complete(model);
      return true;
    case 'LeaveFeedback':
      if (status !== 'COMPLETED' || model.feedback.includes(caller.role)) return false;
      model.feedback.push(caller.role);
      return true;
    case 'RecordShipment': {
      const at = instant(data.shippedAt);
      if (status !== 'PAID' && status !== 'SHIPPED') return false;
      if (shipments.some(({ id }) => id === data.shipmentId) || at > now || at < model.confirmedAt)
        return false;
      if (shipments.length === 0) setTimer(model, 'AutoReceipt', now + DAYS.autoReceipt * DAY);
      shipments.push({ id: data.shipmentId, at, late: at > model.shipDue });
      model.status = 'SHIPPED';
      endTimers(model, ({ kind }) => kind === 'ShipmentDue');
      return true;
    }
    case 'RecordCustomsClearance': {
      const at = instant(data.clearedAt);
      if ((status !== 'SHIPPED' && status !== 'RECEIVED') || model.clearedAt !== undefined) return false;
      if (at > now || at < shipments[0]!.at) return false;
      model.clearedAt = at;
      continueWindow(model, now);
      return true;
    }
    case 'ConfirmReceipt':
      if (status !== 'SHIPPED') return false;
      model.receivedQuantity = data.quantity;
      receive(model, now);
      return true;
    case 'WaiveNonconformity':
      if (!running || data.terms.length === 0 || !data.terms.every((term) => termsOf(model).includes(term)))
        return false;
      model.waived.push(...data.terms);
      return true;
    case 'BookInspection': {
      const { inspectionId: id, stage, by, inspectorId: inspector } = data;
      if (!running || inspections.some((known) => known.id === id)) return false;
      if ((by === 'THIRD_PARTY' || by === 'PLATFORM') && inspector === undefined) return false;
      if (inspector === 'B1' || inspector === 'S1' || (stage === 'PRE_SHIPMENT' && shipments.length > 0))
        return false;
      inspections.push({ id, stage, by, inspector, accepted: inspector === 'I1' });
      return true;
    }
    case 'ReportInspection': {
      const known = inspections.find(({ id }) => id === data.inspectionId);
      if (known === undefined || known.report !== undefined) return false;
      if (known.inspector === undefined ? caller.role === 'inspector' : caller.id !== known.inspector)
        return false;
      const { result, findings } = data;
      const at = instant(data.inspectedAt);
      const contradiction =
        (result === 'PASS' && findings.some(({ conforms }) => !conforms)) ||
        (result === 'FAIL' && findings.length > 0 && findings.every(({ conforms }) => conforms));
      if (contradiction || at > now || !findings.every(({ term }) => termsOf(model).includes(term)))
        return false;
      if (known.stage === 'PRE_SHIPMENT' && shipments.some((shipment) => shipment.at < at)) return false;
      known.report = { result, findings, at };
      return true;
    }
    case 'ExpireDeadlines':
      return true;
    case 'ExtendDeadline': {
      const timer = model.timers.find(({ name }) => name === data.deadline);
      const to = Date.parse(data.to);
      if (timer === undefined || to <= timer.due) return false;
      timer.due = to;
      if (timer.kind === 'ShipmentDue') model.shipDue = to;
      if (timer.kind === 'ClaimWindow') model.windowEnd = to;
      return true;
    }
    default:
      return undefined;
  }
}

/** Rules 7 and 15. */
function setShipDue(model: Model): void {
  model.shipDue = endOfDay(model.shipDate, model.preset.ahead);
  model.overdue = false;
  setTimer(model, 'ShipmentDue', model.shipDue);
}

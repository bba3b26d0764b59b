import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { attemptContract } from './attempt-contract.js';
import { attemptDispute } from './attempt-dispute.js';
import { attemptFunds } from './attempt-funds.js';
import { expire } from './course.js';
import type { Attempt, Model } from './model.js';
import { SENDERS } from './rules.js';

/** What the rule book says of a command: accepted, and then the model has changed, or refused. What was overdue expires either way. */
export function attempt(model: Model, command: OrderCommand, by: Attempt): boolean {
  expire(model, by.now);
  const { role, id } = by.caller;
  if (command.type === 'DraftOrder' || !SENDERS[command.type].includes(role)) return false;
  if ((role === 'buyer' && id !== 'B1') || (role === 'supplier' && id !== 'S1')) return false;
  if (role === 'inspector' && model.inspections.every(({ inspector }) => inspector !== id)) return false;
  return (
    attemptContract(model, command, by) ??
    attemptFunds(model, command, by) ??
    attemptDispute(model, command, by) ??
    false
  );
}

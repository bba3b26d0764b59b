import type { Accepted, CommandRequest } from '../../../libs/application/command-outcome.js';
import type { SupplierCommand } from '../../../libs/domain/supplier/commands.js';
import type { Supplier } from '../../../libs/domain/supplier/state.js';
import { writtenBy, type Answer } from '../http/command-answer.js';
import { supplierLinks } from './supplier-view.js';

/** The answer to a supplier's command: what was written, and what this caller may do next. */
export const supplierAnswer = (
  outcome: Accepted<Supplier>,
  { id, caller }: CommandRequest<SupplierCommand>,
): Answer => ({
  body: { supplierId: id, ...writtenBy(outcome), links: supplierLinks(outcome.state, caller) },
  location: `/v1/suppliers/${id}`,
});

import { mayRoleSend } from '../domain/permissions.js';
import type { SupplierCommand } from '../domain/supplier/commands.js';
import { decideSupplier, type SupplierContext } from '../domain/supplier/decide.js';
import type { SupplierEvent } from '../domain/supplier/events.js';
import { evolveSupplier } from '../domain/supplier/evolve.js';
import type { Supplier } from '../domain/supplier/state.js';
import { forbidden, notFound } from './refusals.js';
import type { StreamKind } from './stream-kind.js';

/** A supplier's standing is public (rule 1); who may change it hears plainly whether it may. */
export const supplierKind: StreamKind<Supplier, SupplierCommand, SupplierEvent, SupplierContext> = {
  name: 'supplier',
  decide: decideSupplier,
  evolve: evolveSupplier,
  admit(supplier, { type }, { role }) {
    if (!mayRoleSend(role, type)) return forbidden(role);
    return supplier === undefined && type !== 'EnrolSupplier' ? notFound('supplier') : undefined;
  },
  context: ({ now, caller }) => ({ now, caller }),
};

import type { Caller } from '../domain/decision.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type {
  HandedInFile,
  OrderContext,
  PublishedPolicy,
  SupplierStanding,
} from '../domain/order/context.js';
import { decideOrder } from '../domain/order/decide.js';
import type { OrderEvent } from '../domain/order/events.js';
import { evolveOrder } from '../domain/order/evolve.js';
import type { Order } from '../domain/order/state.js';
import { mayRoleSend } from '../domain/permissions.js';
import { forbidden, notFound } from './refusals.js';
import type { Facts, StreamKind } from './stream-kind.js';
import { maySee } from '../domain/order/visibility.js';

/** What an order's decider is told of other streams. `maxAgeMs` is how old it may be; 0 is as the store has it now. */
export interface OrderSources {
  policy(policyId: string, maxAgeMs: number): Promise<PublishedPolicy | undefined>;
  supplier(supplierId: string, currency: string, maxAgeMs: number): Promise<SupplierStanding | undefined>;
  /** Those of the ids that are accredited. */
  accredited(inspectorIds: readonly string[], maxAgeMs: number): Promise<readonly string[]>;
  /** Files that were handed in; absent where none are taken. */
  readonly files?: HandedInFiles;
}

export interface HandedInFiles {
  /** The file of that hash that the caller has handed in to the order. */
  find(orderId: string, caller: Caller, sha256: string): Promise<HandedInFile | undefined>;
  /** Evidence without its file is refused. */
  readonly required: boolean;
}

export type OrderKind = StreamKind<Order, OrderCommand, OrderEvent, OrderContext>;

/** Terms are only proposed under a policy that was published a moment ago; confirmation looks again. */
const RECENTLY = 1_000;

export const orderKind = (sources: OrderSources): OrderKind => ({
  name: 'order',
  decide: decideOrder,
  evolve: evolveOrder,

  admit(order, command, caller) {
    if (command.type === 'DraftOrder') {
      // That an id is taken is told to those only who may take one.
      if (!mayRoleSend(caller.role, 'DraftOrder')) return forbidden(caller.role);
      return order === undefined ? undefined : ORDER_EXISTS;
    }
    if (order === undefined) return notFound('order');
    return maySee(order, caller) ? undefined : notFound('order');
  },

  context(facts) {
    const own = { now: facts.now, caller: facts.caller, revision: String(facts.revision) };
    const more = fromOtherStreams(facts, sources);
    return more === undefined ? own : more.then((found) => ({ ...own, ...found }));
  },
});

const ORDER_EXISTS = {
  kind: 'wrong_state',
  faults: [{ code: 'ORDER.EXISTS', message: 'There is an order of this id already.', pointer: '/orderId' }],
} as const;

function fromOtherStreams(
  { state, command, caller, fresh }: Facts<Order, OrderCommand>,
  sources: OrderSources,
): Promise<Partial<OrderContext>> | undefined {
  const recently = fresh ? 0 : RECENTLY;
  switch (command.type) {
    case 'DraftOrder':
      return sources.policy(command.data.policyId, recently).then((policy) => ({ policy }));
    case 'ProposeTerms':
      return state && sources.policy(state.policyId, recently).then((policy) => ({ policy }));
    case 'ConfirmContract':
      return (
        state &&
        Promise.all([
          sources.policy(state.policyId, 0),
          sources.supplier(state.supplierId, state.currency, 0),
        ]).then(([policy, supplier]) => ({ policy, supplier }))
      );
    case 'BookInspection':
    case 'CommissionInspection':
      return accredited(command.data.inspectorId === undefined ? [] : [command.data.inspectorId], sources);
    case 'SubmitEvidence':
      return state && fileOf(state.orderId, caller, command.data.sha256, sources);
    case 'ReportInspection':
      return accredited(
        (state?.inspections ?? []).flatMap(({ inspectorId }) => inspectorId ?? []),
        sources,
      );
    default:
      return undefined;
  }
}

const accredited = async (ids: readonly string[], sources: OrderSources) => ({
  accreditedInspectors: ids.length === 0 ? [] : await sources.accredited(ids, 0),
});

/** Nothing to wait for where no files are taken. */
const fileOf = (orderId: string, caller: Caller, sha256: string, { files }: OrderSources) =>
  files
    ?.find(orderId, caller, sha256)
    .then((file) => ({ ...(file === undefined ? {} : { file }), filesRequired: files.required }));

import { LRUCache } from 'lru-cache';
import type { Order } from '../domain/order/state.js';
import type { PolicyParameters } from '../domain/policy/parameters.js';

/** Versions of policies that open orders have frozen in, generously. */
const MOST = 1_000;

/**
 * Gives orders that froze in equal policies (rule 4) one copy of it between them: in memory it is half of an order, and
 * whatever the collector finds alive it moves.
 */
export function sharedPolicies(): (order: Order) => Order {
  const copies = new LRUCache<string, PolicyParameters>({ max: MOST });
  return (order) => {
    const { contract } = order;
    const { confirmed } = contract;
    if (confirmed === undefined) return order;
    const text = JSON.stringify(confirmed.policy);
    const policy = copies.get(text);
    if (policy !== undefined)
      return { ...order, contract: { ...contract, confirmed: { ...confirmed, policy } } };
    copies.set(text, confirmed.policy);
    return order;
  };
}

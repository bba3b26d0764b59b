import type { Setup } from '../domain/order/fixture/scene.js';
import { confirmed } from '../domain/order/fixture/stories.js';
import type { OrderEvent } from '../domain/order/events.js';
import { evolveOrder } from '../domain/order/evolve.js';
import type { Order } from '../domain/order/state.js';
import { eventSchemas } from '../domain/registry.js';
import { createCodec } from '../event-store/codec.js';
import { GENESIS_HASH } from '../event-store/hash-chain.js';

const codec = createCodec(eventSchemas);
const at = '2026-03-01T00:00:00.000Z';
const metadata = {
  commandId: 'c-1',
  fingerprint: '0'.repeat(64),
  correlationId: 'c-1',
  causationId: 'c-1',
  actor: { role: 'buyer', id: 'B1' },
  recordedAt: at,
  occurredAt: at,
  prevHash: GENESIS_HASH,
};

/** A confirmed order as it comes out of the log, and as it went in. */
function stored(setup?: Setup): { readonly read: Order; readonly written: Order } {
  const { history, order } = confirmed(setup);
  const read = history.reduce<Order | undefined>((state, { type, data }, index) => {
    const place = { stream: 'order-O', revision: BigInt(index) };
    const { event } = codec.encode({ id: `e-${index}`, ...place, type, data, metadata });
    const { event: decoded } = codec.decode({ ...event, ...place, position: String(index), created: at });
    return evolveOrder(state, decoded as OrderEvent);
  }, undefined) as Order;
  return { read, written: order };
}
const policyIn = ({ contract }: Order) => contract.confirmed?.policy;

it('orders under equal policies have one copy of it, and nothing else of them is changed (rule 4)', () => {
  const [first, second] = [stored(), stored()];
  expect(policyIn(first.read)).toBeDefined();
  expect(policyIn(second.read)).toBe(policyIn(first.read));
  expect(second.read).toEqual(second.written);
});

it('every order keeps the policy that was frozen into it (rule 4)', () => {
  const usual = stored();
  const patient = stored({ policy: { supplierResponse: 'P9D' } });
  expect(policyIn(patient.read)).toEqual(policyIn(patient.written));
  expect(policyIn(patient.read)).not.toEqual(policyIn(usual.read));
});

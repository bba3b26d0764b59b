import { confirmed } from '../domain/order/fixture/stories.js';
import type { Order } from '../domain/order/state.js';
import { sharedPolicies } from './shared-policies.js';

/** As it comes out of the log: nothing of it is anything else's. */
const read = (order: Order): Order => structuredClone(order);
const policyIn = ({ contract }: Order) => contract.confirmed?.policy;

it('gives orders under equal policies one copy, and changes nothing else of them (rule 4)', () => {
  const share = sharedPolicies();
  const { order } = confirmed();
  const first = share(read(order));
  const second = share(read(order));
  expect(policyIn(second)).toBe(policyIn(first));
  expect(second).toEqual(order);
});

it('leaves every order the policy that was frozen into it', () => {
  const share = sharedPolicies();
  const usual = share(confirmed().order);
  const patient = confirmed({ policy: { supplierResponse: 'P9D' } }).order;
  expect(policyIn(share(read(patient)))).toEqual(policyIn(patient));
  expect(policyIn(usual)).not.toEqual(policyIn(patient));
});

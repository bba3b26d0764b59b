import { disputeVerbs, openDisputeVerb } from '../disputes/dispute-verbs.js';
import { accreditInspectorVerb, inspectorVerbs } from '../inspectors/inspector-verbs.js';
import { draftOrderVerb, orderVerbs } from '../orders/order-verbs.js';
import { createPolicyVerb, policyVerbs } from '../policies/policy-verbs.js';
import { enrolSupplierVerb, supplierVerbs } from '../suppliers/supplier-verbs.js';
import type { Verb } from './verb.js';

/** Every command that can be sent over HTTP. */
export const allVerbs: readonly Verb[] = [
  draftOrderVerb,
  ...orderVerbs,
  openDisputeVerb,
  ...disputeVerbs,
  enrolSupplierVerb,
  ...supplierVerbs,
  createPolicyVerb,
  ...policyVerbs,
  accreditInspectorVerb,
  ...inspectorVerbs,
];

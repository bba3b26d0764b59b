import { disputeVerbs, openDisputeVerb } from '../../apps/engine/disputes/dispute-verbs.js';
import { accreditInspectorVerb, inspectorVerbs } from '../../apps/engine/inspectors/inspector-verbs.js';
import { draftOrderVerb, orderVerbs } from '../../apps/engine/orders/order-verbs.js';
import { createPolicyVerb, policyVerbs } from '../../apps/engine/policies/policy-verbs.js';
import { enrolSupplierVerb, supplierVerbs } from '../../apps/engine/suppliers/supplier-verbs.js';
import type { Verb } from '../../apps/engine/http/verb.js';

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

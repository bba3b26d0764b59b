import type { PublishedPolicy } from '../../libs/domain/order/context.js';
import type { PolicyParameters } from '../../libs/domain/policy/parameters.js';
import { PRESETS } from '../../libs/domain/policy/presets.js';

/** The presets, and policies that make deadlines do what under the presets they never do. */
const PARAMETERS: Readonly<Record<string, PolicyParameters>> = {
  ...PRESETS,
  automatic: {
    ...PRESETS.standard,
    silence: 'AWAIT_AUTO_ESCALATION',
    autoEscalation: 'P7D',
    settlement: { period: 'P6D', then: 'ESCALATE' },
    autoReceipt: 'P20D',
    missedEvidence: 'DECIDE_ON_FILE',
    custody: 'DESIGNATED_ACCOUNT',
  },
  working: {
    ...PRESETS.current,
    days: { kind: 'WORKING', holidays: 'CN' },
    zone: 'Asia/Shanghai',
    determinationFinal: 'AT_ONCE',
    recoveryDue: 'P10D',
  },
};

export const POLICIES: readonly PublishedPolicy[] = Object.entries(PARAMETERS).map(
  ([policyId, parameters]) => ({
    policyId,
    version: 1,
    parameters,
  }),
);

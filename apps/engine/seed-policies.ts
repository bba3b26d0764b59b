import type { Runs } from '../../libs/application/commands.js';
import type { PolicyCommand } from '../../libs/domain/policy/commands.js';
import { presetCommands } from '../../libs/domain/policy/presets.js';

/**
 * Brings the three presets into a store that does not have them, by ordinary commands. The keys are fixed, so every
 * further start, also of several engines at once, gets the first answers again.
 */
export async function seedPolicies(policies: Runs<PolicyCommand>): Promise<void> {
  for (const { policyId, caller, command } of presetCommands) {
    const idempotencyKey = `preset:${policyId}:${command.type}`;
    const outcome = await policies.run({ id: policyId, caller, idempotencyKey, command });
    if (outcome.kind === 'refused') {
      throw new Error(
        `preset ${policyId}: ${outcome.refusal.faults.map(({ message }) => message).join(' ')}`,
      );
    }
  }
}

import { PRESETS, presetCommands } from '../../libs/domain/policy/presets.js';
import { AGENT, CLOCK, on, RISK, SUPPLIER, usd } from './cast.js';
import { earlyEndings } from './stories/early-endings.js';
import { lateShipment } from './stories/late-shipment.js';
import { otherPolicies } from './stories/other-policies.js';
import { qualityToAppeal } from './stories/quality-to-appeal.js';
import { settlements } from './stories/settlements.js';
import type { World } from './world.js';

/**
 * The golden stories: what a release records, from the publication of its policies to the last recovery. Together they
 * hold every event of the registry. They add, and are not rewritten: what older releases recorded stays as it is.
 */
export async function tellStories(world: World): Promise<void> {
  await foundation(world);
  await lateShipment(world);
  await qualityToAppeal(world);
  await settlements(world);
  await earlyEndings(world);
  await otherPolicies(world);
  await recoveryOverdue(world);
}

async function foundation(world: World): Promise<void> {
  world.on(on('01-01', '00:00'));
  for (const { policyId, caller, command } of presetCommands) await world.policy(policyId, caller, command);
  const admin = { role: 'policy_admin', id: 'P1' } as const;
  await world.policy('house', admin, {
    type: 'DraftPolicy',
    data: { policyId: 'house', title: 'House rules', parameters: { ...PRESETS.standard, appeal: 'P10D' } },
  });
  await world.policy('house', admin, { type: 'RetirePolicy', data: { version: 1, reason: 'Never wanted' } });

  await world.supplier('S1', SUPPLIER, {
    type: 'EnrolSupplier',
    data: { supplierId: 'S1', name: 'Hangzhou Umbrella Works', country: 'CN' },
  });
  await world.supplier('S1', RISK, {
    type: 'AssessSupplier',
    data: { tradeHistory: true, qualifications: true, legalStatus: true, note: 'Audited on site' },
  });
  await world.supplier('S1', RISK, { type: 'SetAssuranceLimit', data: { limit: usd(750_000) } });

  const accredit = (inspectorId: string, name: string) =>
    world.inspector(inspectorId, AGENT, {
      type: 'AccreditInspector',
      data: { inspectorId, name, fields: ['textile', 'consumer goods'] },
    });
  await accredit('I1', 'Sharp Eye Inspection');
  await accredit('I2', 'Blind Eye Inspection');
  await world.inspector('I2', AGENT, {
    type: 'WithdrawAccreditation',
    data: { reason: 'Reports without visits' },
  });
}

/** Rule 30, on the supplier's stream, as the engine keeps it. */
async function recoveryOverdue(world: World): Promise<void> {
  world.on(on('12-01'));
  const recovery = { orderId: 'late-shipment', kind: 'RECOVERY' } as const;
  await world.supplier('S1', CLOCK, { type: 'ReserveCoverage', data: { ...recovery, amount: usd(750_000) } });
  await world.supplier('S1', CLOCK, { type: 'SuspendForRecovery', data: { orderId: 'late-shipment' } });
  await world.supplier('S1', CLOCK, { type: 'ReleaseCoverage', data: recovery });
  await world.supplier('S1', RISK, { type: 'SuspendSupplier', data: { note: 'Under review' } });
  await world.supplier('S1', RISK, { type: 'ReinstateSupplier', data: { note: 'Has paid' } });
}

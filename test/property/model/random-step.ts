import { ROLES } from '../../../libs/domain/vocabulary.js';
import { pick, type Chance } from './chance.js';
import { DAY, bench, type Model, type Step } from './model.js';
import { randomContent } from './random-content.js';
import { SENDERS } from './rules.js';
import { sensibleNow } from './sensible.js';

/** How much time passes: often none, sometimes up to the very edge of what falls due next. */
export function randomInstant(chance: Chance, { timers }: Model, now: number): number {
  if (chance(100) < 80) return now;
  const due = timers.map((timer) => timer.due).filter((instant) => instant > now);
  if (due.length > 0 && chance(100) < 60)
    return pick(chance, due) + pick(chance, [-1_000, -1, 0, 0, 1, 1_000]);
  return now + pick(chance, [1, 1_000, 3_600_000, DAY, 2 * DAY, 4 * DAY, 10 * DAY, 40 * DAY]);
}

const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  buyer: ['B1', 'B1', 'B1', 'B1', 'B1', 'B1', 'B2'],
  supplier: ['S1', 'S1', 'S1', 'S1', 'S1', 'S1', 'S2'],
  arbitrator: ['A1', 'A2'],
  appeal_arbitrator: ['A1', 'A2', 'A3'],
  inspector: ['I1', 'I1', 'I2'],
};

type Type = keyof typeof SENDERS;
const TYPES = Object.keys(SENDERS) as readonly Type[];

export function randomStep(chance: Chance, model: Model, now: number, revision: bigint): Step {
  const sensible = sensibleNow(model);
  const type = sensible.length > 0 && chance(100) < 88 ? pick(chance, sensible) : pick(chance, TYPES);
  const number =
    model.disputes.length === 0
      ? 1
      : chance(20) === 0
        ? model.disputes.length + 1
        : 1 + chance(model.disputes.length);
  const command = randomContent(type, { chance, model, now, revision, number });
  const role = chance(100) < 94 ? pick(chance, SENDERS[type]) : pick(chance, ROLES);
  const sitting = model.disputes[number - 1] && bench(model.disputes[number - 1]!);
  const arbitrates = role === 'arbitrator' || role === 'appeal_arbitrator';
  const id =
    arbitrates && sitting !== undefined && chance(10) > 0 ? sitting : pick(chance, PEOPLE[role] ?? [role]);
  return { caller: { role, id }, command };
}

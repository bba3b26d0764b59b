import fc from 'fast-check';
import { decideOrder } from '../../libs/domain/order/decide.js';
import { awardCap } from '../../libs/domain/order/dispute/cap.js';
import type { OrderEvent } from '../../libs/domain/order/events.js';
import { evolveOrder } from '../../libs/domain/order/evolve.js';
import { balances } from '../../libs/domain/order/funds/ledger.js';
import type { Order } from '../../libs/domain/order/state.js';
import { PRESET_IDS, publishedPreset, type PresetId } from '../../libs/domain/policy/presets.js';
import { instantOf } from '../../libs/kernel/instant.js';
import { money } from '../../libs/kernel/money.js';
import { attempt } from './model/attempt.js';
import { draftedModel, type Model } from './model/model.js';
import { capOf } from './model/money.js';
import { START, chanceOf, randomInstant, randomStep, randomTerms } from './model/random-command.js';
import { PRESET_RULES } from './model/rules.js';

const SEQUENCES = 12_000;
const STEPS = 40;

/** What the engine and the model have to agree on after every command. */
const seenBy = {
  model: (model: Model) => ({
    status: model.status,
    shipDate: model.shipDate,
    received: model.received,
    held: model.held,
    released: model.released,
    refunded: model.refunded,
    chargedBack: model.chargedBack,
    cap: capOf(model),
    refunds: model.refunds.map(({ id, amount, state }) => `${id} ${amount} ${state}`).toSorted(),
    releases: model.releases.map(({ id, amount, state }) => `${id} ${amount} ${state}`),
    owed: model.recoveries.map(({ owed }) => owed),
    disputes: model.disputes.map(
      ({ ground, status, claimed, outcome }) => `${ground} ${status} ${claimed} ${outcome ?? ''}`,
    ),
    deadlines: model.timers.map(({ name, due }) => `${name} ${instantOf(due)}`).toSorted(),
  }),
  engine: ({ status, contract, funds, recoveries, disputes, deadlines }: Order, cap: number) => ({
    status,
    shipDate: contract.shipDate,
    received: funds.received,
    held: funds.held,
    released: funds.released,
    refunded: funds.refunded,
    chargedBack: funds.chargedBack,
    cap,
    refunds: funds.refunds.map(({ refundId, amount, state }) => `${refundId} ${amount} ${state}`).toSorted(),
    releases: funds.releases.map(({ releaseId, amount, state }) => `${releaseId} ${amount} ${state}`),
    owed: recoveries.map(({ outstanding }) => outstanding),
    disputes: disputes.map(
      ({ ground, status: at, claimed, closed }) => `${ground} ${at} ${claimed} ${closed?.outcome ?? ''}`,
    ),
    deadlines: deadlines
      .filter(({ state }) => state === 'OPEN')
      .map(({ deadline, dueAt }) => `${deadline} ${dueAt}`)
      .toSorted(),
  }),
};

interface Tally {
  accepted: number;
  refused: number;
  readonly outcomes: Map<string, number>;
}

/** Plays one story on both, and throws with the whole of it where they part. */
function play(preset: PresetId, seed: number, steps: number, tally: Tally): void {
  const chance = chanceOf(seed);
  const terms = randomTerms(chance);
  const limit = [750_000, 2_000_000, 100_000][chance(3)]!;
  const model = draftedModel(PRESET_RULES[preset], limit, terms);
  const story: string[] = [];
  let now = START;
  let revision = 0n;
  let order = drafted(preset, terms);
  for (let step = 0; step < steps; step++) {
    now = Math.max(now, randomInstant(chance, model, now));
    const { caller, command } = randomStep(chance, model, now, revision);
    const decision = decideOrder(order, command, {
      now: instantOf(now),
      caller,
      revision: String(revision),
      policy: publishedPreset(preset),
      supplier: {
        supplierId: 'S1',
        name: 'S',
        country: 'CN',
        enrolled: true,
        qualified: true,
        suspended: false,
        limit: money(limit, 'USD'),
      },
      accreditedInspectors: ['I1'],
    });
    const accepted = decision.refusal === undefined;
    const foretold = attempt(model, command, { caller, now, revision });
    const codes = decision.refusal?.faults.map(({ code }) => code).join(' ') ?? 'accepted';
    story.push(
      `${instantOf(now)} ${caller.role} ${caller.id} ${command.type} ${JSON.stringify(command.data)}: ${codes}`,
    );
    for (const { event, occurredAt } of [...decision.expired, ...decision.accepted]) {
      order = evolveOrder(order, event);
      revision += 1n;
      told(story, () =>
        expect({ [event.type]: balances(order.funds), occurredAt: occurredAt <= instantOf(now) }).toEqual({
          [event.type]: true,
          occurredAt: true,
        }),
      );
    }
    told(story, () =>
      expect({ accepted, ...seenBy.engine(order, awardCap(order).cap.amount) }).toEqual({
        accepted: foretold,
        ...seenBy.model(model),
      }),
    );
    if (accepted) tally.accepted++;
    else tally.refused++;
  }
  for (const { closed } of order.disputes) {
    const outcome = closed?.outcome ?? 'open';
    tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1);
  }
}

function told(story: readonly string[], check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\nThe story:\n${story.join('\n')}`, { cause: error });
  }
}

function drafted(preset: PresetId, terms: ReturnType<typeof randomTerms>): Order {
  const event: OrderEvent = {
    type: 'OrderDrafted',
    data: {
      orderId: 'O1',
      buyer: { id: 'B1', name: 'B', country: 'US' },
      supplierId: 'S1',
      draftedBy: 'buyer',
      policyId: preset,
      category: 'HARDWARE',
      currency: 'USD',
      terms,
    },
  };
  return evolveOrder(undefined, event);
}

describe.each(PRESET_IDS)(
  'An order under the %s policy and a small model of the rule book agree',
  (preset) => {
    const tally: Tally = { accepted: 0, refused: 0, outcomes: new Map() };

    test('on what is accepted, and on status, ledger, cap, disputes and deadlines after every command', () => {
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: STEPS }), (seed, steps) => {
          play(preset, seed, steps, tally);
        }),
        { numRuns: SEQUENCES / PRESET_IDS.length },
      );
    });

    test('in stories that go far enough to mean something', () => {
      expect(tally.accepted).toBeGreaterThan(tally.refused / 2);
      for (const outcome of [
        'SETTLED',
        'REFUNDED',
        'PARTIALLY_REFUNDED',
        'REJECTED',
        'WITHDRAWN',
        'LAPSED',
        'NO_EVIDENCE',
      ]) {
        expect({ outcome, seen: (tally.outcomes.get(outcome) ?? 0) > 0 }).toEqual({ outcome, seen: true });
      }
      console.log(preset, tally);
    });
  },
);

import fc from 'fast-check';
import { decideOrder } from '../../libs/domain/order/decide.js';
import { awardCap } from '../../libs/domain/order/dispute/cap.js';
import type { OrderEvent } from '../../libs/domain/order/events.js';
import { evolveOrder } from '../../libs/domain/order/evolve.js';
import { balances } from '../../libs/domain/order/funds/ledger.js';
import type { Order } from '../../libs/domain/order/state.js';
import { PRESET_IDS, publishedPreset, type PresetId } from '../../libs/domain/policy/presets.js';
import { CLOSE_OUTCOMES } from '../../libs/domain/vocabulary.js';
import { instantOf } from '../../libs/kernel/instant.js';
import { money } from '../../libs/kernel/money.js';
import { attempt } from './model/attempt.js';
import { draftedModel, isOver, type Model } from './model/model.js';
import { capOf } from './model/money.js';
import { START, prologue, randomTerms } from './model/beginning.js';
import { chanceOf } from './model/chance.js';
import { randomInstant, randomStep } from './model/random-step.js';
import { PRESET_RULES, SENDERS } from './model/rules.js';

const SEQUENCES = 18_000;
const STEPS = 60;

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

/** What the stories came to, so that a test can say whether they mean something. */
interface Tally {
  readonly accepted: Set<string>;
  readonly refused: Set<string>;
  readonly outcomes: Set<string>;
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
  const beginning = prologue(chance, model);
  for (let step = 0; step < beginning.length + steps && (!isOver(model) || step % 10 < 7); step++) {
    const begun = beginning[step];
    now = begun === undefined ? Math.max(now, randomInstant(chance, model, now)) : now + begun.after;
    const { caller, command } = begun ?? randomStep(chance, model, now, revision);
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
      if (!balances(order.funds) || occurredAt > instantOf(now))
        throw untrue(story, `${event.type} at ${occurredAt} breaks the ledger, or time`);
    }
    const engine = { accepted, ...seenBy.engine(order, awardCap(order).cap.amount) };
    const small = { accepted: foretold, ...seenBy.model(model) };
    if (JSON.stringify(engine) !== JSON.stringify(small)) throw untrue(story, differences(engine, small));
    tally[accepted ? 'accepted' : 'refused'].add(command.type);
  }
  for (const { closed } of order.disputes) if (closed !== undefined) tally.outcomes.add(closed.outcome);
}

const untrue = (story: readonly string[], what: string): Error =>
  new Error(`${what}\n\nThe story:\n${story.join('\n')}`);

const differences = (engine: object, model: object): string =>
  Object.keys(engine)
    .map((key) => [key, JSON.stringify(engine[key as never]), JSON.stringify(model[key as never])])
    .filter(([, one, other]) => one !== other)
    .map(([key, one, other]) => `${key}: the engine says ${one}, the model ${other}`)
    .join('\n');

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

describe('An order and a small model of the rule book agree', () => {
  const tally: Tally = { accepted: new Set(), refused: new Set(), outcomes: new Set() };

  test.each(PRESET_IDS)(
    'under the %s policy: on what is accepted, and on status, ledger, cap, disputes and deadlines after every command',
    (preset) => {
      fc.assert(
        fc.property(fc.noBias(fc.integer()), fc.integer({ min: 5, max: STEPS }), (seed, steps) => {
          play(preset, seed, steps, tally);
        }),
        { numRuns: SEQUENCES / PRESET_IDS.length },
      );
    },
  );

  test('in stories in which every command was accepted, and refused, and disputes ended in every way', () => {
    const types = Object.keys(SENDERS).toSorted();
    expect([...tally.accepted].toSorted()).toEqual(types);
    expect([...tally.refused].toSorted()).toEqual(types);
    expect([...tally.outcomes].toSorted()).toEqual(CLOSE_OUTCOMES.toSorted());
  });
});

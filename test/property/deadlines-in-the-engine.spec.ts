import fc from 'fast-check';
import { caseFile } from '../../projections/case-file/projection.js';
import { openCaseFile } from '../../projections/case-file/queries.js';
import { deadlineQueue } from '../../projections/deadline-queue/projection.js';
import { orders } from '../../projections/orders/projection.js';
import { worklist } from '../../projections/worklist/projection.js';
import { diceOf } from './dice.js';
import { playScript, scripts, type RandomHistory } from './random-histories.js';
import { runUnder } from './schedulers.js';
import { LONG_AFTER, wholeEngine } from './whole-engine.js';

/** For each way of scheduling so many times so many histories that run side by side. */
const RUNS = 2;
const ABREAST = 6;
const PATIENCE_MS = 300_000;

const PROJECTIONS = [deadlineQueue, worklist, orders, caseFile];
type Engine = Awaited<ReturnType<typeof wholeEngine>>;

/** What schedulers do between two commands, and beside one. */
const MODES = {
  /** None runs until the end. */
  none: async () => undefined,
  /** One fires everything on time. */
  onTime: async (engine: Engine, at: string) => void (await engine.schedule(at)),
  /** Two come late, now and then, and at the same time. */
  twoLate: async (engine: Engine, _at: string, chance: boolean) => void (chance && (await engine.schedule())),
} as const;
const modes = Object.keys(MODES) as (keyof typeof MODES)[];

/** The commands of all histories in the order in which they are sent. */
const merged = (histories: readonly RandomHistory[]) =>
  histories
    .flatMap(({ commands }, index) => commands.map((sent) => ({ index, sent })))
    .toSorted((one, other) => (one.sent.at < other.sent.at ? -1 : Number(one.sent.at > other.sent.at)));

const orderIdOf = (index: number) => `O${index}`;

async function play(
  engine: Engine,
  histories: readonly RandomHistory[],
  mode: keyof typeof MODES,
  numbers: number[],
) {
  const dice = diceOf(numbers);
  const outcomes = histories.map((): boolean[] => []);
  for (const { index, sent } of merged(histories)) {
    await MODES[mode](engine, sent.at, false);
    engine.passTo(sent.at);
    const beside = MODES[mode](engine, sent.at, dice.chance(30));
    outcomes[index]?.push(await engine.send(orderIdOf(index), sent));
    await beside;
  }
  await engine.schedule(LONG_AFTER);
  return outcomes;
}

describe('In the engine, with real log, commands, projections and schedulers', () => {
  it.each(modes)(
    'orders have the history that the decider alone gives them, and the read models tell it: %s',
    async (mode) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(scripts(12), { minLength: ABREAST, maxLength: ABREAST }),
          fc.array(fc.nat(1_000), { minLength: 5, maxLength: 20 }),
          async (chosen, numbers) => {
            const suppliers = chosen.map((_, index) => `S${index}`);
            const histories = chosen.map((script, index) =>
              playScript(script, { orderId: orderIdOf(index), supplierId: suppliers[index] ?? '' }),
            );
            const engine = await wholeEngine(PROJECTIONS, suppliers);
            try {
              const outcomes = await play(engine, histories, mode, numbers);
              for (const [index, history] of histories.entries()) {
                const alone = runUnder([], history);
                expect(outcomes[index]).toEqual(alone.outcomes.map((outcome) => outcome === 'accepted'));
                expect(await engine.content(orderIdOf(index))).toEqual(alone.content);
                await expectToBeTold(engine, orderIdOf(index));
              }
              expect(await engine.documents(deadlineQueue)).toEqual([]);
            } finally {
              await engine.dispose();
            }
          },
        ),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    PATIENCE_MS,
  );
});

/** The documents of an order say what its state says. */
async function expectToBeTold(engine: Engine, orderId: string): Promise<void> {
  const state = await engine.state(orderId);
  const row = await engine.readModels.documents(orders).get(orderId);
  const owed = state?.recoveries.reduce((sum, { outstanding }) => sum + outstanding, 0);
  expect([row?.status, row?.shipDate, row?.refunded]).toEqual([
    state?.status,
    state?.contract.shipDate,
    state?.funds.refunded,
  ]);
  expect(row?.owedBySupplier).toBe(owed);
  for (const { dispute, status, arbitrator, closed } of state?.disputes ?? []) {
    const { dispute: listed } =
      (await engine.readModels.documents(worklist).get(`${orderId}/${dispute}`)) ?? {};
    expect([listed?.status, listed?.arbitrator, listed?.closed]).toEqual([status, arbitrator, closed]);
    const file = await openCaseFile(engine.readModels.documents(caseFile), orderId, dispute, {
      now: LONG_AFTER,
    });
    expect([file?.status, file?.money.balanced, file?.revision]).toEqual([
      status,
      true,
      String((await engine.content(orderId)).length - 1),
    ]);
  }
}

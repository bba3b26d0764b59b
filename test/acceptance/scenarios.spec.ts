import type { PresetId } from '../../libs/domain/policy/presets.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { openStage, type Stage } from '../support/scenarios/play.js';
import { readDefaults, readScenarios, type Scenario } from '../support/scenarios/scenario.js';
import { chosenStores, PAIRS, type Stores } from '../support/stores.js';

/**
 * Whole stories over HTTP, on the virtual clock. Each is data (test/acceptance/scenarios): adding one needs no code. Those
 * on the same stores share an engine and its clock, which never goes back, and touch nothing of each other.
 */
const defaults = readDefaults();
const chosen = chosenStores();
const pairs = chosen === undefined ? PAIRS : [chosen];
const passed = new Map<string, number>();

function nameOf({ store, database }: Stores): string {
  const names = { sqlite: 'SQLite', eventstoredb: 'EventStoreDB', postgres: 'PostgreSQL' };
  return `(${names[store]}, ${names[database]})`;
}

const ruleList = (rules: readonly number[]) =>
  rules.length === 1 ? `rule ${rules[0]}` : `rules ${rules.slice(0, -1).join(', ')} and ${rules.at(-1)}`;

describe.each(pairs.map((pair) => [nameOf(pair), pair] as const))('on %s', (name, stores) => {
  let engine: TestEngine;
  let stage: Stage;
  beforeAll(async () => {
    engine = await startTestEngine({}, undefined, stores);
    stage = await openStage(engine, defaults);
  });
  afterAll(() => engine.stop());

  /** A story about certain days begins on its own, others go on where the last one ended. */
  async function play(preset: PresetId, scenario: Scenario): Promise<void> {
    if (scenario.startsAt === undefined) return stage.play(preset, scenario);
    const own = await startTestEngine({ RECOURSE_CLOCK_START: scenario.startsAt }, undefined, stores);
    try {
      await (await openStage(own, defaults)).play(preset, scenario);
    } finally {
      await own.stop();
    }
  }

  describe.each(readScenarios().map((file) => [file.preset, file.scenarios] as const))(
    '%s',
    (preset, scenarios) => {
      test.each(
        scenarios.map((scenario) => [`${ruleList(scenario.rules)}: ${scenario.name}`, scenario] as const),
      )('%s', async (_, scenario) => {
        await play(preset as PresetId, scenario);
        passed.set(name, (passed.get(name) ?? 0) + 1);
      });
    },
  );
});

test('as many pass on each pair of stores', () => {
  const lines = [...passed].map(([name, count]) => `  ${String(count).padStart(4)}  on ${name}`);
  process.stdout.write(`\nscenarios passed:\n${lines.join('\n')}\n`);
  const all = readScenarios().flatMap(({ scenarios }) => scenarios).length;
  expect([...passed]).toEqual(pairs.map((pair) => [nameOf(pair), all]));
});

test('there are at least sixty of them, under every preset', () => {
  const files = readScenarios();
  expect(files.flatMap(({ scenarios }) => scenarios).length).toBeGreaterThanOrEqual(60);
  expect(new Set(files.map(({ preset }) => preset))).toEqual(new Set(['standard', 'classic', 'current']));
});

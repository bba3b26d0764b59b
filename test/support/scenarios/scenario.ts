import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_BOOK } from '../../../libs/domain/rule-book.js';

/**
 * A story as data: what people send and how time passes, and what comes of it. See test/acceptance/scenarios/README.md
 * for how one is written.
 */
export interface Scenario {
  readonly name: string;
  /** Rules of the book that it shows. */
  readonly rules: readonly number[];
  /** A policy of the scenario's own: the file's preset with other parameters, published before the story begins. */
  readonly policy?: Readonly<Record<string, unknown>>;
  /** What the supplier is otherwise than a qualified one in China with a limit of 7,500.00 USD. */
  readonly supplier?: { readonly country?: string; readonly limit?: string };
  /** When its clock begins, for stories about certain days: such a scenario has an engine of its own. */
  readonly startsAt?: string;
  /** What the terms are otherwise. */
  readonly terms?: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

export interface Step {
  /** Somebody sends a command: a role, or `role:id`. */
  readonly as?: string;
  /** The verb, as in the address; `draft`, `open-dispute`, `policy/draft`, `supplier/suspend`. */
  readonly do?: string;
  /** Another order between the same parties: 2, 3 … */
  readonly order?: number;
  /** The dispute that it is about; 1 where nothing is said. */
  readonly dispute?: number;
  /** The body, as far as it is otherwise than in bodies.json. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** Steps of stories.json. */
  readonly play?: string;
  /** Time passes: a period. */
  readonly pass?: string;
  /** Time passes until a deadline of the order is due, or as long before (`-PT1S`) or after it. */
  readonly until?: string;
  readonly offset?: string;
  readonly expect?: Expectation;
}

export interface Expectation {
  /** The command is refused: with this status and these codes, in any order. */
  readonly refused?: { readonly status: number; readonly codes: readonly string[] };
  /** The types of all events since the step before, in order. */
  readonly events?: readonly string[];
  /** Among the events since the step before is each of these: a type, and data that has at least this. */
  readonly recorded?: readonly {
    readonly type: string;
    readonly data?: object;
    readonly occurredAt?: string;
  }[];
  /** What the order has at least. */
  readonly order?: object;
  /** The order's ledger in its own currency, `3000.00`; what is not named is nothing. */
  readonly balances?: Readonly<Partial<Record<Balance, string>>>;
  /** What a dispute of the order has at least, by its number. */
  readonly disputes?: Readonly<Record<string, object>>;
  /** The state of deadlines, by name. */
  readonly deadlines?: Readonly<Record<string, 'OPEN' | 'MET' | 'EXPIRED'>>;
  /** Links that a role is offered, or is not: `complete`, `1/escalate`. */
  readonly may?: Readonly<Record<string, readonly string[]>>;
  readonly mayNot?: Readonly<Record<string, readonly string[]>>;
  /** What the supplier's own page says at least. */
  readonly supplier?: object;
}

export const BALANCES = ['received', 'held', 'released', 'refunded', 'chargedBack'] as const;
export type Balance = (typeof BALANCES)[number];

export interface ScenarioFile {
  readonly preset: string;
  readonly scenarios: readonly Scenario[];
}

export interface Defaults {
  readonly bodies: Readonly<Record<string, object>>;
  readonly stories: Readonly<Record<string, readonly Step[]>>;
}

const FOLDER = 'test/acceptance/scenarios';
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

export const readDefaults = (): Defaults => ({ bodies: read('bodies.json'), stories: read('stories.json') });

/** Every file of scenarios, checked: a key that nobody reads would be an expectation that nobody holds. */
export function readScenarios(): readonly ScenarioFile[] {
  const files = readdirSync(FOLDER).filter((file) => /^scenarios\..+\.json$/.test(file));
  return files.map((file) => {
    const { preset, scenarios } = read(file) as ScenarioFile;
    for (const scenario of scenarios) check(scenario, `${file}: ${scenario.name}`);
    return { preset, scenarios };
  });
}

const SCENARIO_KEYS = ['name', 'rules', 'startsAt', 'policy', 'supplier', 'terms', 'steps'];
const STEP_KEYS = ['as', 'do', 'order', 'dispute', 'with', 'play', 'pass', 'until', 'offset', 'expect'];
const EXPECT_KEYS = [
  'refused',
  'events',
  'recorded',
  'order',
  'balances',
  'disputes',
  'deadlines',
  'may',
  'mayNot',
  'supplier',
];

function check(scenario: Scenario, where: string): void {
  onlyKeys(scenario, SCENARIO_KEYS, where);
  const unknown = scenario.rules.filter((rule) => RULE_BOOK[rule] === undefined);
  if (scenario.rules.length === 0 || unknown.length > 0)
    throw new Error(`${where}: which rules does it show?`);
  if (!scenario.steps.some(({ expect: expected }) => expected !== undefined))
    throw new Error(`${where}: expects nothing`);
  for (const step of scenario.steps) {
    onlyKeys(step, STEP_KEYS, where);
    onlyKeys(step.expect ?? {}, EXPECT_KEYS, where);
    const ways = [step.do, step.play, step.pass, step.until].filter((way) => way !== undefined);
    if (ways.length !== 1) throw new Error(`${where}: a step does one thing: ${JSON.stringify(step)}`);
  }
}

function onlyKeys(value: object, allowed: readonly string[], where: string): void {
  const unknown = Object.keys(value).filter((key) => !allowed.includes(key));
  if (unknown.length > 0) throw new Error(`${where}: nobody reads ${unknown.join(', ')}`);
}

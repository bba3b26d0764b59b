import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { loadSpecs, type Spec } from './specs.js';

/**
 * Runs the domain's specs for Stryker in one process that has them loaded already. Every mutant is compiled in and is
 * switched on by a variable, so a mutant costs the tests that cover it: some milliseconds. Stryker's Jest runner loads
 * Jest's environment and all related spec files for each mutant, which takes seconds.
 */
const SPECS = ['libs/domain/**/*.spec.ts', 'test/golden/catalogue.spec.ts'];
/** Tries every command in every state, longer than all the others together: it runs where nothing else would notice. */
const SLOW = 'libs/domain/order/actions.spec.ts';
const SUBJECT_OF_SLOW = SLOW.replace('.spec', '');

/**
 * Modules that remember what they computed. A mutant of theirs must find nothing remembered and leave nothing behind, and
 * one test that covers it may hide that others would: all specs beside it run, loaded anew.
 */
const REMEMBERS = 'libs/domain/calendar/';

/** Stryker allows a mutant to be passed a hundred times as often as by all tests together; one test gets a part of that. */
const TESTS_APART = 10;

/** What the compiled-in mutants look at. */
const stryker: InstrumenterContext = {};
Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: stryker });

function createRunner(): TestRunner {
  const folder = process.cwd();
  const files = globSync(SPECS)
    .map((file) => join(folder, file))
    .toSorted((one, other) => Number(one.includes('.property.')) - Number(other.includes('.property.')));
  let specs: readonly Spec[] = [];
  const load = (which: (file: string) => boolean = () => true) => {
    specs = loadSpecs(folder, files.filter(which));
  };

  return {
    capabilities: () => ({ reloadEnvironment: true }),

    async init() {
      compileOnce();
    },

    async dryRun() {
      load();
      const tests: TestResult[] = [];
      for (const spec of specs) {
        stryker.currentTestId = spec.id;
        tests.push(await resultOf(spec));
      }
      stryker.currentTestId = undefined;
      return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker.mutantCoverage };
    },

    async mutantRun(options) {
      const { activeMutant, disableBail, hitLimit, mutantActivation } = options;
      const remembers = activeMutant.fileName.includes(REMEMBERS);
      const whileLoading = mutantActivation === 'static';
      if (whileLoading) stryker.activeMutant = activeMutant.id;
      try {
        if (remembers) load((file) => file.includes(REMEMBERS));
        else if (whileLoading || specs.length === 0) load();
        stryker.activeMutant = activeMutant.id;
        const tests: TestResult[] = [];
        for (const spec of remembers ? specs : chosen(specs, options)) {
          if (hitLimit !== undefined)
            Object.assign(stryker, { hitCount: 0, hitLimit: hitLimit / TESTS_APART });
          tests.push(await resultOf(spec));
          if (!disableBail && tests.at(-1)?.status === TestStatus.Failed) break;
        }
        const endless = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
        return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests }, disableBail);
      } catch (error) {
        if (!whileLoading) throw error;
        // A spec file that doesn't even load has noticed.
        const test = { id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed as const };
        const tests = [{ ...test, failureMessage: String(error) }];
        return toMutantRunResult({ status: DryRunStatus.Complete, tests }, false);
      } finally {
        Object.assign(stryker, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
        if (remembers || whileLoading) specs = [];
      }
    },
  };
}

/** The tests that cover the mutant, those beside it first: they are the likeliest to notice. */
function chosen(specs: readonly Spec[], { testFilter, activeMutant: { fileName } }: MutantRunOptions) {
  const ids = new Set(testFilter);
  const covering = testFilter === undefined ? specs : specs.filter(({ id }) => ids.has(id));
  const quick = covering.filter(({ file }) => file !== SLOW);
  const isBeside = ({ file }: Spec) => fileName.includes(`${dirname(file)}/`);
  return (quick.length === 0 || fileName.endsWith(SUBJECT_OF_SLOW) ? covering : quick).toSorted(
    (one, other) => Number(isBeside(other)) - Number(isBeside(one)),
  );
}

async function resultOf({ id, file, run }: Spec): Promise<TestResult> {
  const started = performance.now();
  const base = () => ({ id, name: id, fileName: file, timeSpentMs: performance.now() - started });
  try {
    await run();
    return { ...base(), status: TestStatus.Success };
  } catch (error) {
    return { ...base(), status: TestStatus.Failed, failureMessage: String(error) };
  }
}

/** Loading anew does not compile anew. */
function compileOnce(): void {
  const compiled = new Map<string, ReturnType<Parameters<typeof registerHooks>[0]['load'] & {}>>();
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.ts')) return nextLoad(url, context);
      const result = compiled.get(url) ?? nextLoad(url, context);
      compiled.set(url, result);
      return result;
    },
  });
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', createRunner)];

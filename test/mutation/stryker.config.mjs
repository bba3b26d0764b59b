/**
 * `npm run mutation`: how many small faults, put into the rule book one at a time, its specs notice.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [
    'libs/domain/**/*.ts',
    '!libs/domain/**/*.spec.ts',
    // What specs are told with, not rules.
    '!libs/domain/spec.ts',
    '!libs/domain/order/fixture/**',
  ],
  // What the specs need; nothing else is copied.
  ignorePatterns: [
    '**',
    '!libs/**',
    '!test/{support,golden}/**',
    '!docs/event-catalogue.md',
    '!.swcrc',
    '!{package,tsconfig}.json',
  ],
  plugins: ['./test/mutation/runner.ts'],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--require', './test/support/ts-register.cjs'],
  checkerNodeArgs: ['--require', './test/support/ts-register.cjs'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Endless loops are noticed by how often they pass the mutant; this is for a machine that has other things to do.
  timeoutMS: 8_000,
  // A table at the top of a module takes all modules and all tests anew, for each of its words.
  ignoreStatic: true,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { reportTests: false, reportMutants: false, allowColor: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  incrementalFile: 'reports/mutation-incremental.json',
  thresholds: { high: 90, low: 85, break: 85 },
};

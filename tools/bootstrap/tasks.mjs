/**
 * What `node tools/bootstrap.mjs <task>` can do. `steps` are command lines for the pinned Node (paths are relative to
 * the top of the repository); further arguments go to the last step. `build` brings dist/ up to date first. Tasks run at
 * the top of the repository, except where the arguments may name files of the caller's folder.
 */
const jest = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
];
const compiled = (file, ...args) => ['--enable-source-maps', `dist/${file}`, ...args];
const source = (file) => ['--require', './test/support/ts-register.cjs', file];

export const tasks = {
  // Pretenuring: V8 remembers of which literals the objects lived long while history was read, and puts all that follow from
  // them into the old generation at once. Dead there, they still keep their texts alive in the young one, which then carries
  // nine tenths of itself around instead of next to nothing.
  start: {
    build: true,
    steps: [['--no-allocation-site-pretenuring', ...compiled('apps/engine/main.js')]],
  },
  build: { build: true, steps: [] },
  test: { build: true, steps: [jest] },
  'test:browser': { build: true, steps: [[...jest, '--config', 'jest.browser.config.cjs']] },
  crash: { build: true, env: { RECOURSE_KILLS: '200' }, steps: [[...jest, 'test/crash']] },
  cluster: { build: true, env: { RECOURSE_KILLS: '50' }, steps: [[...jest, 'test/cluster/kill']] },
  faults: { build: true, env: { RECOURSE_FAULTS_SECONDS: '60' }, steps: [[...jest, 'test/cluster/faults']] },
  takeover: { build: true, env: { RECOURSE_EVENTS: '1000000' }, steps: [[...jest, 'test/cluster/takeover']] },
  demo: { build: true, steps: [compiled('apps/cli/main.js', 'demo')] },
  bench: { build: true, steps: [compiled('bench/main.js')] },
  cli: { build: true, inCallersFolder: true, steps: [compiled('apps/cli/main.js')] },
  'eventstore-double': { build: true, steps: [compiled('test/support/eventstore-double/main.js')] },
  golden: { steps: [source('test/golden/record.ts'), source('test/golden/catalogue.ts')] },
  rules: { steps: [source('test/rules/main.ts')] },
  mutation: {
    steps: [
      [
        ...source('node_modules/@stryker-mutator/core/bin/stryker.js'),
        'run',
        'test/mutation/stryker.config.mjs',
      ],
    ],
  },
  catalogue: { steps: [source('test/golden/catalogue.ts')] },
  client: { build: true, steps: [['tools/client/generate.mjs']] },
  lint: {
    steps: [
      ['node_modules/oxlint/bin/oxlint', '--deny-warnings'],
      ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        'apps',
        'libs',
        'projections',
        'test',
        'bench',
      ],
    ],
  },
  format: { steps: [['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.']] },
  typecheck: {
    steps: [
      ['node_modules/typescript/bin/tsc', '-p', '.'],
      ['node_modules/typescript/bin/tsc', '-p', 'apps/console'],
      ['node_modules/typescript/bin/tsc', '-p', 'test/browser'],
    ],
  },
};

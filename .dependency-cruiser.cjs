// Who may import whom: ARCHITECTURE.md, "The house". One rule a sentence; test/lint/import-rules.spec.ts shows that they bite.

const SPEC = '\\.spec\\.ts$';
/** Suites that every adapter passes. */
const CONTRACT = '^libs/[^/]+/contract(/|\\.ts$)';
/** Where adapters live: whoever imports one has chosen it. */
const ADAPTERS = [
  '^libs/event-store/(sqlite|eventstoredb|memory)/',
  '^libs/projection/.*/(sqlite|postgres)-',
  '^libs/evidence/(disk|clamd)/',
];
/** What an event store is, without any store. */
const PORT = '^libs/event-store/[^/]+\\.ts$';

/** Layer → what of ours it may import beside itself. Specs may also set up what they need. */
const onlyImports = (name, layer, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: layer, pathNot: SPEC },
  to: { path: '^(apps|libs|projections|test|bench)/', pathNot: [layer, ...allowed] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    onlyImports(
      'kernel-imports-nothing-of-ours',
      '^libs/kernel/',
      [],
      'The kernel is what everything else stands on.',
    ),
    onlyImports(
      'domain-imports-only-kernel',
      '^libs/domain/',
      ['^libs/kernel/'],
      'The rule book knows nothing of what stores, serves or shows it.',
    ),
    {
      name: 'domain-without-nest',
      comment: 'Rules are functions; Nest is for the edges.',
      severity: 'error',
      from: { path: '^libs/domain/' },
      to: { path: '(^|node_modules/)@nestjs/' },
    },
    {
      name: 'domain-without-io',
      comment: 'Nothing of Node: no files, no sockets, no clock, no randomness. Time and ids are passed in.',
      severity: 'error',
      from: { path: '^libs/domain/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-uses-few-packages',
      comment: 'Schemas, calendar arithmetic and holiday calendars are all that the rules need from others.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: SPEC },
      to: { path: 'node_modules/', pathNot: 'node_modules/(@types/)?(typebox|luxon|date-holidays)/' },
    },
    onlyImports(
      'event-store-imports-only-kernel',
      '^libs/event-store/',
      ['^libs/kernel/'],
      'A store moves text; it does not know what the events mean.',
    ),
    onlyImports(
      'projection-imports-only-kernel-and-port',
      '^libs/projection/',
      ['^libs/kernel/', PORT],
      'The engine of folds reads events through the port, and knows none of them.',
    ),
    onlyImports(
      'projections-read-events',
      '^projections/',
      [
        '^libs/kernel/',
        '^libs/projection/',
        '^libs/event-store/envelope\\.ts$',
        '^libs/domain/.*(events|terms|vocabulary|parameters|schema|state|evolve|ledger|cap|ruling|seal|streams)\\.ts$',
        '^libs/domain/(.*narrate|prose|rule-book|decision)\\.ts$',
      ],
      'A projection folds what happened; it does not decide, and does not run what decides.',
    ),
    onlyImports(
      'identity-imports-domain',
      '^libs/identity/',
      ['^libs/kernel/', '^libs/domain/'],
      'Who may do what is said in the words of the domain.',
    ),
    onlyImports(
      'application-imports-domain-and-port',
      '^libs/application/',
      ['^libs/kernel/', '^libs/domain/', '^libs/identity/', PORT],
      'Commands run against the port, whichever store stands behind it.',
    ),
    onlyImports(
      'deadlines-import-domain-and-port',
      '^libs/deadlines/',
      ['^libs/kernel/', '^libs/domain/', '^libs/projection/', PORT],
      'The scheduler is given its queue and how to send a command; the queue’s leases lie beside the read models.',
    ),
    onlyImports(
      'audit-imports-domain-and-port',
      '^libs/audit/',
      ['^libs/kernel/', '^libs/domain/', PORT],
      'An auditor can verify with this library alone.',
    ),
    onlyImports(
      'evidence-imports-only-kernel',
      '^libs/evidence/',
      ['^libs/kernel/'],
      'It keeps and judges bytes; whose they may be, and what for, others say.',
    ),
    {
      name: 'audit-without-nest',
      comment: 'Usable without Nest: in the CLI, in another service.',
      severity: 'error',
      from: { path: '^libs/audit/' },
      to: { path: '(^|node_modules/)@nestjs/' },
    },
    {
      name: 'only-apps-choose-adapters',
      comment: 'Everything else is written against the ports. An adapter may use its own files.',
      severity: 'error',
      from: { path: '^(libs|projections)/([^/]+/[^/]+)', pathNot: [SPEC, ...ADAPTERS] },
      to: { path: ADAPTERS, pathNot: '^$1/$2/' },
    },
    {
      name: 'nothing-imports-apps',
      comment: 'An app is where things are put together: only tests and benches of the whole come after it.',
      severity: 'error',
      from: { pathNot: '^(apps|test|bench)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-stand-alone',
      comment: 'What two apps share is a library.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'sources-without-tests',
      comment: 'What runs in production does not lean on test support.',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: SPEC },
      to: { path: '(^test/|\\.spec\\.ts$)' },
    },
    {
      name: 'no-cycles',
      comment: 'Also not of types alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'A typing mistake, or a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'What package.json does not name is here by chance.',
      severity: 'error',
      from: { path: '^(apps|libs|projections|test|bench)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'production-without-dev-packages',
      comment: 'A production install leaves devDependencies out.',
      severity: 'error',
      from: {
        path: '^(apps|libs|projections)/',
        pathNot: [SPEC, CONTRACT, '^apps/console/'],
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench/peers|apps/console)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'types', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
  },
};

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '../..');
const CONFIGURATION = [
  'tools',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'tsconfig.json',
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
  '.prettierrc.json',
  '.prettierignore',
];

/** What domain code may look like, and all that it may import. */
const CLEAN = {
  'libs/kernel/instant.ts': 'export type Instant = string;\n',
  'libs/domain/order/clean.ts': [
    "import { DateTime } from 'luxon';",
    "import type { Instant } from '../../kernel/instant.js';",
    '',
    'export const dayOf = (now: Instant) => DateTime.fromISO(now).toISODate();',
    '',
  ].join('\n'),
};

const READS_A_CLOCK: readonly [file: string, source: string][] = [
  ['date-now', 'export const at = () => Date.now();'],
  ['new-date', 'export const at = () => new Date();'],
  ['hidden-date', 'export const at = () => globalThis.Date.now();'],
  ['performance-now', 'export const at = () => performance.now();'],
  ['luxon-now', "import { DateTime } from 'luxon';\nexport const at = () => DateTime.now();"],
  ['luxon-local', "import { DateTime } from 'luxon';\nexport const at = () => DateTime.local();"],
  ['luxon-utc', "import { DateTime } from 'luxon';\nexport const at = () => DateTime.utc();"],
  ['timer', 'export const later = (f: () => void) => setTimeout(f, 1);'],
  ['math-random', 'export const dice = () => Math.random();'],
  ['random-uuid', 'export const id = () => crypto.randomUUID();'],
  ['environment', 'export const zone = () => process.env.TZ;'],
];

const IMPORTS_TOO_MUCH: readonly [rule: string, file: string, source: string][] = [
  ['domain-without-nest', 'libs/domain/a.ts', "export { Injectable } from '@nestjs/common';"],
  ['domain-without-io', 'libs/domain/b.ts', "export { randomUUID } from 'node:crypto';"],
  ['domain-without-io', 'libs/domain/c.ts', "export const timers = () => import('timers/promises');"],
  ['domain-uses-few-packages', 'libs/domain/d.ts', "export { SignJWT } from 'jose';"],
  ['domain-imports-only-kernel', 'libs/domain/e.ts', "export type { Store } from '../event-store/port.js';"],
  ['kernel-imports-nothing-of-ours', 'libs/kernel/a.ts', "export { b } from '../domain/f.js';"],
  ['event-store-imports-only-kernel', 'libs/event-store/a.ts', "export { b } from '../domain/f.js';"],
  ['projection-imports-only-kernel-and-port', 'libs/projection/a.ts', "export { b } from '../domain/f.js';"],
  ['projections-read-events', 'projections/x/a.ts', "export { b } from '../../libs/domain/f.js';"],
  ['deadlines-import-domain-and-port', 'libs/deadlines/a.ts', "export { b } from '../application/a.js';"],
  [
    'application-imports-domain-and-port',
    'libs/application/b.ts',
    "export { x } from '../../projections/x/b.js';",
  ],
  ['audit-imports-domain-and-port', 'libs/audit/b.ts', "export { b } from '../application/a.js';"],
  ['audit-without-nest', 'libs/audit/a.ts', "export { Injectable } from '@nestjs/common';"],
  [
    'only-apps-choose-adapters',
    'libs/application/a.ts',
    "export { b } from '../event-store/sqlite/store.js';",
  ],
  ['nothing-imports-apps', 'libs/identity/a.ts', "export { main } from '../../apps/engine/main.js';"],
  ['apps-stand-alone', 'apps/cli/main.ts', "export { main } from '../engine/main.js';"],
  ['sources-without-tests', 'libs/identity/b.ts', "export { given } from '../../test/support/given.js';"],
  ['no-cycles', 'libs/domain/cycle.ts', "import type { B } from './cyclic.js';\nexport type A = B | 1;"],
  ['no-unresolvable', 'libs/identity/c.ts', "export { nothing } from './nowhere.js';"],
  ['no-undeclared-packages', 'libs/identity/d.ts', "export { parse } from 'acorn';"],
  ['production-without-dev-packages', 'libs/identity/e.ts', "export { default as fc } from 'fast-check';"],
];

const IMPORTED = {
  'libs/domain/f.ts': 'export const b = 1;',
  'libs/domain/cyclic.ts': "import type { A } from './cycle.js';\nexport type B = A | 2;",
  'libs/event-store/port.ts': 'export interface Store { readonly b: 1 }',
  'libs/event-store/sqlite/store.ts': 'export const b = 1;',
  'projections/x/b.ts': 'export const x = 1;',
  'apps/engine/main.ts': 'export const main = 1;',
  'test/support/given.ts': 'export const given = 1;',
};

describe('npm run lint', () => {
  let tree: string;

  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'recourse-lint-'));
    for (const name of CONFIGURATION) cpSync(join(repository, name), join(tree, name), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(tree, 'node_modules'));
    writeFileSync(join(tree, '.gitignore'), 'node_modules\n');
    for (const folder of ['apps', 'libs', 'projections', 'test', 'bench']) mkdirSync(join(tree, folder));
    write(CLEAN);
  });

  afterEach(() => rmSync(tree, { recursive: true }));

  it('passes when the domain uses its own packages and is told the time', () => {
    const { status, output } = node('tools/bootstrap.mjs', 'lint');
    expect({ status, output }).toEqual({ status: 0, output: '' });
  });

  it('fails when the domain imports Nest', () => {
    write({ 'libs/domain/order/nest.ts': "export { Injectable } from '@nestjs/common';\n" });
    const { status, output } = node('tools/bootstrap.mjs', 'lint');
    expect(output).toContain('domain-without-nest');
    expect(status).not.toBe(0);
  });

  it('fails when the domain reads a clock', () => {
    write({ 'libs/domain/order/clock.ts': 'export const at = () => Date.now();\n' });
    const { status, output } = node('tools/bootstrap.mjs', 'lint');
    expect(output).toContain('libs/domain/order/clock.ts');
    expect(status).not.toBe(0);
  });

  it('knows every way to read a clock, in the domain and in projections, and nowhere else', () => {
    const pure = ['libs/domain/order', 'projections/case-file'];
    for (const folder of [...pure, 'libs/application'])
      write(
        Object.fromEntries(READS_A_CLOCK.map(([name, source]) => [`${folder}/${name}.ts`, `${source}\n`])),
      );
    const { stdout } = node('node_modules/oxlint/bin/oxlint', '--format', 'json');
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    const found = diagnostics.filter(({ code }) => /no-restricted-(globals|properties)/.test(code));
    const expected = pure.flatMap((folder) => READS_A_CLOCK.map(([name]) => `${folder}/${name}.ts`));
    expect([...new Set(found.map(({ filename }) => filename))].toSorted()).toEqual(expected.toSorted());
  });

  it('knows who may import whom', () => {
    write({ ...IMPORTED, ...Object.fromEntries(IMPORTS_TOO_MUCH.map(([, file, source]) => [file, source])) });
    const cruise = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
    const { stdout } = node(cruise, '--output-type', 'json', 'apps', 'libs', 'projections', 'test');
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    const found = new Set(summary.violations.map(({ from, rule }) => `${rule.name} ${from}`));
    expect(IMPORTS_TOO_MUCH.filter(([rule, file]) => !found.has(`${rule} ${file}`))).toEqual([]);
    const guilty = new Set([...IMPORTS_TOO_MUCH.map(([, file]) => file), 'libs/domain/cyclic.ts']);
    expect(summary.violations.filter(({ from }) => !guilty.has(from))).toEqual([]);
  });

  function write(files: Readonly<Record<string, string>>) {
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), source);
    }
  }

  function node(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
    return {
      status,
      stdout,
      output: `${stdout}${stderr}`.replace(/^(Found 0|Finished in|✔ no dependency).*\n|^\s*\n/gm, ''),
    };
  }
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { notRun, rulesHeld, rulesIn, type HeldRule, type JestReport } from './holding.js';

/**
 * `npm run rules`: runs the specs that hold rules and prints, for each rule of the book, its sentence and how many tests
 * hold it. `--verbose` names them, `--json` prints data. Fails when a rule has no test, or one that fails.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { verbose: { type: 'boolean' }, json: { type: 'boolean' } } });
  const report = await runSpecs(specsThatHoldRules());
  const rules = rulesHeld(report);
  const broken = notRun(report);
  if (values.json === true) console.log(JSON.stringify(rules, null, 2));
  else print(rules, values.verbose === true);
  for (const problem of broken) console.error(`recourse: could not run ${problem}`);
  if (broken.length > 0 || rules.some(({ held }) => !held)) process.exitCode = 1;
}

const specsThatHoldRules = (): readonly string[] =>
  globSync('libs/**/*.spec.ts').filter((path) => rulesIn(readFileSync(path, 'utf8')).length > 0);

/** Runs the specs in a process of their own, with jest's own progress on the error output. */
async function runSpecs(paths: readonly string[]): Promise<JestReport> {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-rules-'));
  const output = join(folder, 'report.json');
  try {
    const jest = [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${output}`,
    ];
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...jest, '--runTestsByPath', ...paths],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await once(child, 'exit');
    return JSON.parse(readFileSync(output, 'utf8')) as JestReport;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(rules: readonly HeldRule[], verbose: boolean): void {
  const table = new Table({
    head: ['rule', 'what it says', 'tests', 'held'],
    colWidths: [6, 90, 7, 6],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { rule, sentence, tests, held } of rules) {
    table.push([rule, sentence, tests.length, held ? 'yes' : 'NO']);
    if (!verbose) continue;
    for (const { name, passed } of tests) table.push(['', `${passed ? '✓' : '✗'} ${name}`, '', '']);
  }
  console.log(table.toString());
  const held = rules.filter((rule) => rule.held).length;
  console.log(`${held} of ${rules.length} rules are held.`);
}

void main();

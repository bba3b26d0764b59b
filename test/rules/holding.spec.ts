import { notRun, rulesHeld, rulesIn, type JestReport } from './holding.js';

const report = (...tests: readonly (readonly [string, string])[]): JestReport => ({
  testResults: [
    { name: 'a.spec.ts', assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) },
  ],
});
const verdict = (number: number, of: JestReport) => rulesHeld(of).find(({ rule }) => rule === number);

describe('Which rules a test holds', () => {
  test.each([
    ['The ledger rule 12: balances', [12]],
    ['Rule 1: enrolment › twice', [1]],
    ['rules 7 and 15: agreed late', [7, 15]],
    ['rules 1, 2 and 3: every reason', [1, 2, 3]],
    ['rules 15–18: merits', [15, 16, 17, 18]],
    ['Rule 1: limits rule 12: is money', [1, 12]],
    ['rule 7: and rule 7 again', [7]],
    ['the rulers of rule-making', []],
  ])('%s', (name, numbers) => {
    expect(rulesIn(name)).toEqual(numbers);
  });
});

describe('The rules that are held', () => {
  test('all of the book’s, each with its sentence', () => {
    const rules = rulesHeld(report());
    expect(rules.map(({ rule }) => rule)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    expect(rules.every(({ sentence, held }) => sentence.endsWith('.') && !held)).toBe(true);
  });

  test('by a test that passes', () => {
    expect(verdict(12, report(['rule 12: balances', 'passed']))).toMatchObject({ held: true });
  });

  test('not when one of its tests fails, or none ran', () => {
    expect(verdict(12, report(['rule 12: a', 'passed'], ['rule 12: b', 'failed']))).toMatchObject({
      held: false,
    });
    expect(verdict(12, report(['rule 12: a', 'pending'], ['rule 12: b', 'todo']))).toMatchObject({
      held: false,
      tests: [],
    });
    expect(verdict(12, report(['rule 13: a', 'passed']))).toMatchObject({ held: false });
  });

  test('a spec that cannot run is named', () => {
    expect(
      notRun({ testResults: [{ name: 'a.spec.ts', message: 'SyntaxError', assertionResults: [] }] }),
    ).toEqual(['a.spec.ts: SyntaxError']);
    expect(notRun(report(['rule 1: a', 'passed']))).toEqual([]);
  });
});

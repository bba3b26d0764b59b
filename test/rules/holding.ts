import { RULE_BOOK } from '../../libs/domain/rule-book.js';

/** The part of `jest --json` that is read here. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** One rule of the book with the tests whose names say that they hold it. */
export interface HeldRule {
  readonly rule: number;
  readonly sentence: string;
  readonly tests: readonly { readonly name: string; readonly passed: boolean }[];
  /** True when there is a test that ran, and every one passed. */
  readonly held: boolean;
}

const MENTION = /\brules? (\d+(?:(?:, | and |–)\d+)*)/gi;

/** `rule 7: …`, `rules 7 and 15: …`, `rules 1, 2 and 3: …`, `rules 15–18: …` → the numbers, once each. */
export function rulesIn(name: string): readonly number[] {
  const numbers = [...name.matchAll(MENTION)].flatMap(([, list = '']) =>
    list.split(/, | and /).flatMap((part) => {
      const [from = 0, to = from] = part.split('–').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );
  return [...new Set(numbers)];
}

/** Every rule of the book. What was skipped, or could not run, holds nothing. */
export function rulesHeld({ testResults }: JestReport): readonly HeldRule[] {
  const ran = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ fullName, status }) => ({
      name: fullName,
      passed: status === 'passed',
      rules: rulesIn(fullName),
    }));
  return Object.entries(RULE_BOOK).map(([number, sentence]) => {
    const rule = Number(number);
    const tests = ran
      .filter(({ rules }) => rules.includes(rule))
      .map(({ name, passed }) => ({ name, passed }));
    return { rule, sentence, tests, held: tests.length > 0 && tests.every(({ passed }) => passed) };
  });
}

/** Specs that could not even run, with why: they may have held anything. */
export const notRun = ({ testResults }: JestReport): readonly string[] =>
  testResults
    .filter(({ assertionResults, message = '' }) => assertionResults.length === 0 && message !== '')
    .map(({ name, message }) => `${name}: ${message}`);

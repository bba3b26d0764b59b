import { RULE_BOOK, ruleSentence } from './rule-book.js';

describe('The rule book', () => {
  test('has 32 rules, each a sentence', () => {
    expect(Object.keys(RULE_BOOK)).toEqual(Array.from({ length: 32 }, (_, index) => String(index + 1)));
    expect(Object.values(RULE_BOOK).filter((sentence) => !/^[A-Z].+\.$/.test(sentence))).toEqual([]);
  });

  test('cites a rule by its number and what it says; a number that it does not have stands alone', () => {
    expect(ruleSentence(18)).toBe('Rule 18: There is no refund for conforming goods.');
    expect(ruleSentence(33)).toBe('Rule 33');
  });
});

import { accounts, closed, moved, opened, owners } from './contract/fixture.js';
import { projecting } from './spec.js';

describe('projecting(…).given(…)', () => {
  const history = [opened('a', 'Ann', 'first'), moved('a', 'Ann', 3), opened('b', 'Ann'), closed('b', 'Ann')];

  test('then a document is what its events made of it', () => {
    projecting(accounts)
      .given(...history)
      .thenDocument('a', { account: 'a', owner: 'Ann', note: 'first', balance: 3, amounts: [3] })
      .thenNoDocument('b')
      .thenColumns('a', { owner: 'Ann', balance: 3 });
    expect(
      projecting(owners)
        .given(...history)
        .ids(),
    ).toEqual(['Ann']);
  });

  test('then a document that is another, or a column that is not there, fails', () => {
    const then = projecting(accounts).given(...history);
    expect(() =>
      then.thenDocument('b', { account: 'b', owner: 'Ann', note: null, balance: 0, amounts: [] }),
    ).toThrow('strictly deep-equal');
    expect(() => then.thenNoDocument('a')).toThrow('strictly');
    expect(() => then.thenColumns('a', { balance: 4 })).toThrow('strictly deep-equal');
    expect(() => then.thenColumns('a', { colour: 'red' })).toThrow('strictly deep-equal');
  });

  test('an event that begins a document anew, and asks what it was before, is found out', () => {
    const wrong = { ...accounts, anew: ['AmountMoved'] };
    expect(() => projecting(wrong).given(opened('a', 'Ann'), moved('a', 'Ann', 3))).toThrow('deep-equal');
  });

  test('events of other types are passed over, and what JSON cannot hold does not survive to the next event', () => {
    const seen: unknown[] = [];
    const dates = {
      ...accounts,
      evolve: (document: object | undefined) => {
        seen.push(document);
        return { at: new Date(0), gone: undefined };
      },
      columns: [],
    };
    projecting(dates).given({ type: 'OfNoInterest', data: {} }, moved('a', 'Ann', 1), moved('a', 'Ann', 2));
    expect(seen).toEqual([undefined, { at: '1970-01-01T00:00:00.000Z' }]);
  });
});

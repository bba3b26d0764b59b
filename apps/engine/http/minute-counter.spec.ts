import { MinuteCounter } from './minute-counter.js';

describe('Counting by the minute', () => {
  it('says how long to wait once it was too much, each key for itself, and begins anew after a minute', () => {
    let now = 0;
    const counter = new MinuteCounter(2, () => now);
    expect([counter.count('a'), counter.count('a'), counter.count('b')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    now = 10_000;
    expect(counter.count('a')).toBe(50);
    expect(counter.count('b')).toBeUndefined();
    now = 60_000;
    expect(counter.count('a')).toBeUndefined();
  });
});

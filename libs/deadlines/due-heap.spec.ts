import fc from 'fast-check';
import { instantOf } from '../kernel/instant.js';
import { dueHeap } from './due-heap.js';
import { LATENESS_BUCKETS_MS, lateness, quantileMs } from './lateness.js';
import { LONGEST_TIMEOUT_MS, timeoutOf } from './timeout.js';

describe('The heap of what is due', () => {
  it('gives everything that is due, in due order, and nothing else, whatever came and went', () => {
    const steps = fc.array(fc.record({ add: fc.array(fc.nat(100), { maxLength: 5 }), take: fc.nat(100) }));
    fc.assert(
      fc.property(steps, (all) => {
        const heap = dueHeap<{ dueAt: string }>();
        let held: { dueAt: string }[] = [];
        for (const { add, take } of all) {
          const added = add.map((ms) => ({ dueAt: instantOf(ms) }));
          added.forEach((item) => heap.add(item));
          held.push(...added);
          const due = held.filter(({ dueAt }) => dueAt <= instantOf(take));
          held = held.filter((item) => !due.includes(item));
          const taken = heap.take(instantOf(take));
          expect(taken.map(({ dueAt }) => dueAt)).toEqual(due.map(({ dueAt }) => dueAt).toSorted());
          expect(new Set(taken)).toEqual(new Set(due));
          expect(heap.size).toBe(held.length);
          expect(heap.next).toBe(held.map(({ dueAt }) => dueAt).toSorted()[0]);
        }
        expect(new Set(heap.clear())).toEqual(new Set(held));
        expect(heap.size).toBe(0);
      }),
    );
  });
});

describe('Lateness', () => {
  it('is counted by buckets, each holding those before it', () => {
    const late = lateness();
    [0, 1, 2, 3, 50, 10_000_000].forEach((ms) => late.add(ms));
    const reading = late.read();
    expect(reading).toMatchObject({ count: 6, sumMs: 10_000_056, maxMs: 10_000_000 });
    expect(reading.atMost[0]).toBe(2);
    expect(reading.atMost[LATENESS_BUCKETS_MS.indexOf(50)]).toBe(5);
    expect(reading.atMost.at(-1)).toBe(5);
  });

  it('has quantiles: a bound that so many keep to', () => {
    const late = lateness();
    for (let ms = 1; ms <= 100; ms += 1) late.add(ms);
    expect(quantileMs(late.read(), 0.5)).toBe(50);
    expect(quantileMs(late.read(), 0.99)).toBe(100);
    late.add(9_999_999);
    expect(quantileMs(late.read(), 1)).toBe(9_999_999);
    expect(quantileMs(lateness().read(), 0.99)).toBe(0);
  });
});

describe('A timeout', () => {
  it.each([
    [-1, 0],
    [0.2, 1],
    [LONGEST_TIMEOUT_MS, LONGEST_TIMEOUT_MS],
    [LONGEST_TIMEOUT_MS + 1, LONGEST_TIMEOUT_MS],
    [Infinity, LONGEST_TIMEOUT_MS],
  ])('of %d ms waits %d ms', (ms, expected) => {
    expect(timeoutOf(ms)).toBe(expected);
  });
});

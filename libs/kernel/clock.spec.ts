import { SystemClock, VirtualClock } from './clock.js';
import { instantOf, isInstant } from './instant.js';

describe('The virtual clock', () => {
  it('stands still until it is moved', () => {
    const clock = new VirtualClock('2026-03-01T00:00:00.000Z');
    expect(clock.now()).toBe('2026-03-01T00:00:00.000Z');
    clock.moveTo('2026-03-06T00:00:00.000Z');
    expect(clock.now()).toBe('2026-03-06T00:00:00.000Z');
  });

  it('never moves back', () => {
    const clock = new VirtualClock('2026-03-01T00:00:00.000Z');
    clock.moveTo('2026-02-01T00:00:00.000Z');
    expect(clock.now()).toBe('2026-03-01T00:00:00.000Z');
  });
});

describe('The system clock', () => {
  it('tells the present as an instant', () => {
    const before = instantOf(Date.now());
    const now = new SystemClock().now();
    expect(isInstant(now)).toBe(true);
    expect(before <= now && now <= instantOf(Date.now())).toBe(true);
  });
});

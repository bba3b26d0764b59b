import { epochMsOf, instantOf, type Instant } from './instant.js';

/** The only source of the present. Whoever needs to know the time is given one. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): Instant {
    return instantOf(Date.now());
  }
}

/** A clock that stands still until it is moved, and never moves back. */
export class VirtualClock implements Clock {
  private current: Instant;

  constructor(start: Instant) {
    this.current = instantOf(epochMsOf(start));
  }

  now(): Instant {
    return this.current;
  }

  /** Moves to `instant`; an earlier instant than the present leaves the clock where it is. */
  moveTo(instant: Instant): void {
    const wanted = instantOf(epochMsOf(instant));
    if (wanted > this.current) this.current = wanted;
  }
}

import { epochMsOf, instantOf, type Instant } from './instant.js';

/** The only source of the present. Whoever needs to know the time is given one. */
export interface Clock {
  now(): Instant;
}

export class SystemClock implements Clock {
  now(): Instant {
    return instantOf(Date.now());
  }
}

/** A clock that stands still until it is moved, and never moves back. */
export class VirtualClock implements Clock {
  private current: number;

  constructor(start: Instant) {
    this.current = epochMsOf(start);
  }

  now(): Instant {
    return instantOf(this.current);
  }

  /** Moves to `instant`; an earlier instant than the present leaves the clock where it is. */
  moveTo(instant: Instant): void {
    this.current = Math.max(this.current, epochMsOf(instant));
  }
}

import { Instant, Revision } from './answer.js';

/** Where something is written, and when it took effect. */
export const cited = { revision: Revision, at: Instant };

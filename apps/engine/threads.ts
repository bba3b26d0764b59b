import { extname } from 'node:path';
import type { EngineConfig } from './config.js';

/** Which threads an engine has beside the one that answers. */

/** Sources that are run without a build (specs) do everything in the thread that answers. */
const BUILT = extname(__filename) === '.js';

export const FOLDS_IN_ITS_OWN_THREAD = BUILT;

/** A server's log is written by the server: there is little left to take off the thread that answers. */
export const decidesInItsOwnThread = ({ eventStoreUrl }: EngineConfig): boolean =>
  BUILT && eventStoreUrl === undefined;

/**
 * What a thread that decides or folds may have. Its young generation is collected in some 10 ms: Node's own, four times as
 * large, takes a twentieth less of the processor, which the thread that answers is left to have, and lets a deadline that is
 * due wait for 30 ms.
 */
export const THREAD_LIMITS = { maxYoungGenerationSizeMb: 48 } as const;

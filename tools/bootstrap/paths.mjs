import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The top of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** An absolute path below the top of the repository. */
export const under = (...parts) => join(root, ...parts);

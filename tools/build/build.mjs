import { buildConsole } from './console.mjs';
import { compile } from './compile.mjs';

/**
 * Brings dist/ up to date with the sources; does nothing when it is. The layout is that of the repository:
 * apps/engine/main.ts becomes dist/apps/engine/main.js. What it says goes to stderr: stdout belongs to the task.
 */
export async function build(node) {
  await compile();
  await buildConsole(node);
}

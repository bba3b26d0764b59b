import { startEngine } from '../apps/cli/engine-process.js';
import { embedded, type Deployment } from './deployment.js';

/** Milliseconds from the start of the process until it answers that it is ready, on a log that is there already. */
export async function start(
  dataDir: string,
  events: number,
  on: Deployment = embedded,
): Promise<{ events: number; readyMs: number }> {
  const settings = await on.settings(dataDir);
  const started = performance.now();
  const engine = await startEngine(dataDir, settings);
  const readyMs = Math.round(performance.now() - started);
  await engine.stop();
  return { events, readyMs };
}

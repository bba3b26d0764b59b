import { rm } from 'node:fs/promises';
import { populate } from '../../apps/cli/demo/populate.js';
import { castAt, startBuiltEngine } from './engine.js';

/**
 * One engine for the whole run, filled by commands as `npm run demo -- --keep` fills it. Resolves with how to let go of it; where
 * it is stands in the environment, for the tests' own processes.
 */
export async function startSharedEngine(): Promise<() => Promise<void>> {
  const engine = await startBuiltEngine(undefined, { RECOURSE_CLOCK_START: '2026-03-01T08:30:00.000Z' });
  const orders = await populate(await castAt(engine));
  console.log(`\nThe browser looks at ${orders} orders on ${engine.url}`);
  process.env.RECOURSE_BROWSER_URL = engine.url;
  process.env.RECOURSE_BROWSER_DATA = engine.dataDir;
  return async () => {
    await engine.stop();
    await rm(engine.dataDir, { recursive: true, force: true });
  };
}

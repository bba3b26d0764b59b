import type { Cast } from '../../apps/cli/demo/cast.js';
import { castAt } from './engine.js';

/** The engine that the run has started and filled: see shared-engine.ts. */
export interface Populated {
  readonly url: string;
  readonly dataDir: string;
  readonly cast: Cast;
}

export async function populated(): Promise<Populated> {
  const { RECOURSE_BROWSER_URL: url, RECOURSE_BROWSER_DATA: dataDir } = process.env;
  if (url === undefined || dataDir === undefined) throw new Error('run it by npm run test:browser');
  return { url, dataDir, cast: await castAt({ url, dataDir }) };
}

/** Moves the virtual clock; answers when everything that fell due has happened. */
export async function pass({ cast }: Populated, by: string): Promise<void> {
  const agent = await cast.as('agent', 'agent-mori');
  await agent.send('/v1/test-clock/advance', { by });
}

export interface Listed {
  readonly orderId: string;
  readonly dispute: number;
  readonly arbitrator: string | null;
  readonly buyer: string;
  readonly supplier: string;
}

/** Cases as the list has them, by its own query. */
export async function casesOf({ cast }: Populated, query: string): Promise<readonly Listed[]> {
  const agent = await cast.as('agent', 'agent-mori');
  return (await agent.get<{ readonly items: readonly Listed[] }>(`/v1/case-files?${query}`)).items;
}

export async function caseOf(engine: Populated, query: string, place = 0): Promise<Listed> {
  const found = (await casesOf(engine, query))[place];
  if (found === undefined) throw new Error(`no case for ${query}`);
  return found;
}

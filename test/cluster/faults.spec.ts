import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INNOCENT } from '../crash/judge.js';
import { until } from '../support/until.js';
import { startCluster, type Cluster } from './cluster.js';
import { figures, inquest } from './inquest.js';
import { startLoad } from './load.js';

/** `npm run faults` goes on for a minute; a run of all tests, to end in good time, less. */
const SECONDS = Number(process.env.RECOURSE_FAULTS_SECONDS ?? 10);
const SEED = Number(process.env.RECOURSE_SEED ?? 1);
const CLIENTS = 4;
const RESUMES_WITHIN_MS = process.env.RECOURSE_FAULTS_SECONDS === undefined ? 30_000 : 5_000;

describe(`a cluster whose event store fails at random for ${SECONDS} s`, () => {
  let dataDir: string;
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recourse-faults-'));
    cluster = await startCluster(dataDir);
  }, 600_000);
  afterAll(async () => {
    await cluster?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('appends again within five seconds, loses nothing, has no effect twice, and fires each deadline once', async () => {
    const { urls, faultsUrl, ...rest } = cluster as Cluster;
    const load = await startLoad(urls, dataDir, CLIENTS);
    let counts: Readonly<Record<string, number>>;
    try {
      await Promise.race([load.failed, until(() => load.acknowledged.length > 0)]);
      counts = await Promise.race([load.failed, randomFaults(faultsUrl)]);
      const then = load.acknowledged.length;
      await Promise.race([load.failed, until(() => load.acknowledged.length > then)]);
    } finally {
      await load.stop();
    }
    const longestMs = load.longestSilence();
    const found = await inquest(rest, load.acknowledged);
    expect(found.verdict).toEqual(INNOCENT);
    expect(found.log.expired).toBeGreaterThan(0);
    expect(found.rebuilt).toEqual(found.live);
    expect(longestMs).toBeLessThan(RESUMES_WITHIN_MS);
    process.stdout.write(
      `${SECONDS} s of faults (${Object.entries(counts)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ')}); ${figures(found, load.acknowledged)}; ` +
        `longest time without an acknowledgement ${Math.round(longestMs)} ms\n`,
    );
  }, 600_000);
});

/** Resolves, when they are over, with how often each fault came. */
async function randomFaults(url: string): Promise<Readonly<Record<string, number>>> {
  const response = await fetch(`${url}/random-faults`, {
    method: 'POST',
    body: JSON.stringify({ seed: SEED, forMs: SECONDS * 1_000 }),
  });
  return ((await response.json()) as { counts: Readonly<Record<string, number>> }).counts;
}

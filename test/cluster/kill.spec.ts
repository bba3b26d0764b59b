import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { INNOCENT } from '../crash/judge.js';
import { until } from '../support/until.js';
import { startCluster, type Cluster, type Member } from './cluster.js';
import { figures, inquest } from './inquest.js';
import { startLoad, type Load } from './load.js';

/** `npm run cluster` kills 50 times; a run of all tests, to end in good time, each member once. */
const KILLS = Number(process.env.RECOURSE_KILLS ?? 8);
const CLIENTS = 4;
/** A kill falls at any moment of this long after work was seen to go on. */
const WITHIN_MS = 120;

describe(`a cluster whose processes are killed ${KILLS} times in turn under load`, () => {
  let dataDir: string;
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recourse-cluster-'));
    cluster = await startCluster(dataDir);
  }, 600_000);
  afterAll(async () => {
    await cluster?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('loses no acknowledged command, has no effect twice, fires each deadline once, and rebuilds what it shows', async () => {
    const { members, urls, ...rest } = cluster as Cluster;
    const load = await startLoad(urls, dataDir, CLIENTS);
    const outages = new Map<string, number[]>();
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const member = members[kill % members.length] as Member;
        const ms = await Promise.race([load.failed, killAndStart(member, load)]);
        outages.set(member.name, [...(outages.get(member.name) ?? []), ms]);
        if (KILLS > members.length) process.stderr.write(`kill ${kill + 1} of ${KILLS}: ${member.name}\n`);
      }
    } finally {
      await load.stop();
    }
    const found = await inquest(rest, load.acknowledged);
    expect(found.verdict).toEqual(INNOCENT);
    expect(found.log.expired).toBeGreaterThan(0);
    expect(found.rebuilt).toEqual(found.live);
    expect(load.acknowledged.some(({ attempts }) => attempts > 1)).toBe(true);
    const longest = [...outages].map(([name, each]) => `${name} ${Math.round(Math.max(...each))}`).join(', ');
    process.stdout.write(
      `${KILLS} kills; ${figures(found, load.acknowledged)}; ` +
        `longest until the next acknowledgement after a kill, in ms: ${longest}\n`,
    );
  }, 2_400_000);
});

/** Resolves with how long after the kill the next command was acknowledged, once the member runs again. */
async function killAndStart(member: Member, { acknowledged }: Load): Promise<number> {
  const before = acknowledged.length;
  await until(() => acknowledged.length > before);
  await sleep(Math.random() * WITHIN_MS);
  await member.kill();
  const killed = performance.now();
  const then = acknowledged.length;
  const resumed = until(() => acknowledged.length > then).then(() => performance.now() - killed);
  await member.start();
  return resumed;
}

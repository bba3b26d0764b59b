import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localIssuer } from '../../libs/identity/local-issuer.js';
import { png, sha256Of } from '../support/evidence-samples.js';
import type { TestEngine } from '../support/engine.js';
import { evidenceOnDisk, handingIn, type HandingIn } from '../support/hand-in.js';
import { disputed, openMarketplace } from '../support/marketplace.js';
import { until } from '../support/until.js';
import { doomedEngine } from './doomed-engine.js';

const KILLS = Number(process.env.RECOURSE_EVIDENCE_KILLS ?? 8);
/** A kill falls at any moment of this long after files began to come. */
const WITHIN_MS = 60;
const SIZE = 400_000;
const PATH = '/v1/orders/O-1/disputes/1/evidence-files';

describe(`an engine that is killed ${KILLS} times while it receives files`, () => {
  let dataDir: string;
  let folder: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recourse-evidence-crash-'));
    folder = join(dataDir, 'evidence');
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('loses no file that it took, has none in part, and none that nobody handed in', async () => {
    const engine = await doomedEngine(dataDir, {
      RECOURSE_CLOCK: 'virtual',
      RECOURSE_CLOCK_START: '2026-03-01T00:00:00.000Z',
    });
    const issuer = await localIssuer(dataDir);
    const token: TestEngine['token'] = (role, name) =>
      issuer.issue({
        ...(role === 'buyer' || role === 'supplier' ? { role, party: name } : { role, sub: name }),
        lifetimeSeconds: 86_400,
      });
    await engine.start();
    const market = await openMarketplace({ url: engine.url, token } as TestEngine);
    await disputed(market, 'O-1');
    const buyer = handingIn(engine.url, await token('buyer', 'B1'), PATH);
    const supplier = handingIn(engine.url, await token('supplier', 'S1'), PATH);

    const taken: { readonly sha256: string; readonly by: HandingIn }[] = [];
    let halves = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const half = await buyer.begin(png(randomBytes(SIZE)).subarray(0, SIZE / 2), SIZE);
      await until(async () => (await evidenceOnDisk(folder)).incoming! > 0);
      const sending = [buyer, supplier, supplier].map(async (by) => {
        const bytes = png(randomBytes(SIZE));
        const answer = await by.send(bytes).catch(() => undefined);
        if (answer?.status === 201) taken.push({ sha256: sha256Of(bytes), by });
      });
      await sleep(Math.random() * WITHIN_MS);
      await engine.kill();
      halves += (await evidenceOnDisk(folder)).incoming!;
      half.abort();
      await Promise.all(sending);
      await engine.start();

      expect((await evidenceOnDisk(folder)).incoming).toBe(0);
      const kept = await filesIn(folder);
      expect(kept.filter(({ name, hash }) => name !== hash)).toEqual([]);
      const known = await uploadsIn(folder);
      expect(kept.filter(({ name }) => !known.has(name))).toEqual([]);
    }
    for (const [client, by] of [
      [market.buyer, buyer],
      [market.supplier, supplier],
    ] as const) {
      const { items } = (await client.get(PATH)).body as { items: { sha256: string }[] };
      const waiting = new Set(items.map(({ sha256 }) => sha256));
      expect(taken.filter((file) => file.by === by && !waiting.has(file.sha256))).toEqual([]);
    }
    await engine.stop();
    // Each kill found something half received, and some found more than what was never to be finished.
    expect(halves).toBeGreaterThanOrEqual(KILLS);
  }, 300_000);
});

async function filesIn(folder: string) {
  const entries = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name, parentPath }) => ({
        name,
        hash: createHash('sha256')
          .update(await readFile(join(parentPath, name)))
          .digest('hex'),
      })),
  );
}

/** Hashes that somebody's upload names. */
async function uploadsIn(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(join(folder, 'waiting'), { recursive: true });
  return new Set(names.filter((name) => name.endsWith('.json')).map((name) => name.slice(-69, -5)));
}

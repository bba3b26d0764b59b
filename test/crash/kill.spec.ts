import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '../../libs/domain/vocabulary.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';
import { localIssuer } from '../../libs/identity/local-issuer.js';
import { doomedEngine } from './doomed-engine.js';
import { INNOCENT, judge } from './judge.js';
import { enrol, runClient, type Acknowledged, type LoadPorts } from './load.js';
import { readLog } from './read-log.js';
import { documentsOf } from './read-models.js';

/** `npm run crash` kills 200 times; a run of all tests, to end in good time, fewer. */
const KILLS = Number(process.env.RECOURSE_KILLS ?? 20);
const CLIENTS = 6;
/** A kill falls at any moment of this long after the engine has come to work again. */
const WITHIN_MS = 120;

describe(`an engine that is killed ${KILLS} times under load`, () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recourse-crash-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('loses no acknowledged command, applies none twice, and leaves gapless, chained streams and true read models', async () => {
    const engine = await doomedEngine(dataDir, {
      RECOURSE_CLOCK: 'virtual',
      RECOURSE_CLOCK_START: '2026-03-01T00:00:00.000Z',
    });
    const issuer = await localIssuer(dataDir);
    const acknowledged: Acknowledged[] = [];
    let killing = true;
    const ports: LoadPorts = {
      urls: [engine.url],
      token: (role, party) => issuer.issue({ role: role as Role, party, lifetimeSeconds: 86_400 }),
      goOn: () => killing,
      onAcknowledged: (command) => acknowledged.push(command),
    };
    await engine.start();
    await enrol(ports);
    const clients = Array.from({ length: CLIENTS }, (_, index) => runClient(`c${index}`, ports));
    const failed = Promise.all(clients).then(() => undefined);
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const before = acknowledged.length;
        await Promise.race([failed, workResumes(() => acknowledged.length > before)]);
        await sleep(Math.random() * WITHIN_MS);
        await engine.kill();
        await engine.start();
      }
    } finally {
      killing = false;
      await Promise.all(clients);
    }
    await advance(ports, 'P8D');
    await engine.stop();

    const store = await openSqliteEventStore({ file: join(dataDir, 'events.db'), readOnly: true });
    const log = await readLog(store).finally(() => store.close());
    expect(judge(log, acknowledged)).toEqual(INNOCENT);
    const resent = acknowledged.filter(({ attempts }) => attempts > 1).length;
    expect(resent).toBeGreaterThan(0);

    const live = documentsOf(join(dataDir, 'read-models.db'));
    await rm(join(dataDir, 'read-models.db'), { force: true });
    await rm(join(dataDir, 'read-models.db-wal'), { force: true });
    await rm(join(dataDir, 'read-models.db-shm'), { force: true });
    await engine.start();
    await advance(ports, 'PT1S');
    await engine.stop();
    const rebuilt = documentsOf(join(dataDir, 'read-models.db'));
    expect([...rebuilt.keys()].toSorted()).toEqual([...live.keys()].toSorted());
    for (const [projection, documents] of live)
      expect([projection, rebuilt.get(projection)]).toEqual([projection, documents]);
    process.stdout.write(
      `${KILLS} kills, ${acknowledged.length} commands acknowledged (${resent} sent more than once), ` +
        `${log.events} events in ${log.heads.size} streams, ${log.expired} deadlines fired\n`,
    );
  }, 2_400_000);
});

async function workResumes(resumed: () => boolean): Promise<void> {
  while (!resumed()) await sleep(1);
}

async function advance({ urls, token }: LoadPorts, by: string): Promise<void> {
  const headers = {
    authorization: `Bearer ${await token('agent')}`,
    'content-type': 'application/json',
    'idempotency-key': `advance-${by}`,
  };
  const response = await fetch(`${urls[0]}/v1/test-clock/advance`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ by }),
  });
  if (!response.ok) throw new Error(`advance: ${response.status} ${await response.text()}`);
}

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '../../../libs/event-store/sqlite/event-store.js';
import { allProjections } from '../../../projections/every-projection.js';
import { cli } from '../../../test/support/cli.js';
import { decidedDispute } from '../../../test/support/example-history.js';
import { readSide, type ReadSide } from '../../../test/support/read-side.js';

// Processes start slowly on a busy machine; what is waited for are conditions.
jest.setTimeout(300_000);

/** `recourse rebuild` and `recourse parked`, beside a process that projects and where none does. */
let side: ReadSide;
/** The same log, where nobody projects. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-cli-'));
  side = await readSide(allProjections);
  await side.record('order-O1', decidedDispute);
  const unreadable = { id: randomUUID(), type: 'OrderDrafted', data: '{}', metadata: '{}' };
  await side.store.append('order-bad', [unreadable], 'no_stream');
  await side.idle();
  const copy = await openSqliteEventStore({ file: join(folder, 'events.db') });
  for await (const { stream, revision, id, type, data, metadata } of side.store.readAll()) {
    const expected = revision === 0n ? 'no_stream' : revision - 1n;
    await copy.append(stream, [{ id, type, data, metadata }], expected);
  }
  await copy.close();
});
afterAll(async () => {
  await side.dispose();
  await rm(folder, { recursive: true, force: true });
});

const tableOf = async (projection: string) =>
  (await side.readModels.generations()).find((one) => one.active && one.projection === projection)?.table;

test('a process that projects builds what the command asks for, and lets it take over', async () => {
  const before = await tableOf('case-file');
  const { code, stdout } = await cli(['rebuild', 'case-file', '--data-dir', side.folder, '--json']);
  expect(code).toBe(0);
  const table = await tableOf('case-file');
  expect(table).not.toBe(before);
  expect(JSON.parse(stdout)).toMatchObject({ rebuilt: [{ projection: 'case-file', table }] });
});

test('where nobody projects, the command fills and rebuilds every read model', async () => {
  const { code, stdout, stderr } = await cli(['rebuild', '--data-dir', folder]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  for (const { name } of allProjections) expect(stdout).toContain(name);
  expect(stdout).toContain('there is nothing to switch');
  const models = new Database(join(folder, 'read-models.db'), { readonly: true });
  const { count } = models.prepare('select count(*) as count from orders_v1_2').get() as { count: number };
  models.close();
  expect(count).toBe(1);
});

test('a projection that there is not is refused with those that there are', async () => {
  const { code, stderr } = await cli(['rebuild', 'case-files', '--data-dir', folder]);
  expect(code).toBe(1);
  expect(stderr).toContain('there is no case-files; there are deadline-queue, case-file');
});

test('what is parked is listed with its reason', async () => {
  const { code, stdout } = await cli(['parked', 'orders', '--data-dir', folder, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    documents: [
      {
        projection: 'orders',
        kind: 'stream',
        id: 'order-bad',
        revision: '0',
        type: 'OrderDrafted',
        attempts: 0,
      },
    ],
    orders: [],
  });
  const table = await cli(['parked', 'orders', '--data-dir', folder]);
  expect(table.stdout).toContain('stream order-bad');
  expect((await cli(['parked', 'policies', '--data-dir', folder])).stdout).toBe('Nothing is parked.\n');
});

test('a retry that fails again says so; one whose cause is gone leaves nothing parked', async () => {
  const retry = async () => cli(['parked', '--retry', 'order-bad', '--data-dir', folder, '--json']);
  const failed = await retry();
  expect(failed.code).toBe(1);
  const { documents } = JSON.parse(failed.stdout) as { documents: { id: string; attempts: number }[] };
  expect(documents.length).toBeGreaterThan(1);
  expect(documents).toEqual(documents.map((one) => ({ ...one, id: 'order-bad', attempts: 1 })));

  const log = new Database(join(folder, 'events.db'));
  log.exec(
    `update log set type = 'OfNoConcern' where stream = (select id from streams where name = 'order-bad')`,
  );
  log.close();
  const mended = await retry();
  expect({ code: mended.code, ...(JSON.parse(mended.stdout) as object) }).toEqual({
    code: 0,
    documents: [],
    orders: [],
  });
  expect((await retry()).stderr).toBe('recourse: nothing of these ids is parked\n');
});

test('an order whose deadlines were given up is listed, and let go on', async () => {
  const models = new Database(join(folder, 'read-models.db'));
  models.exec(`insert into deadline_failures (order_id, attempts, reason, failed_at, retry_at, parked)
    values ('O9', 8, 'it has no supplier', 1770000000000, 1770000000000, 1)`);
  models.close();
  const listed = await cli(['parked', '--data-dir', folder]);
  expect(listed.stdout).toContain('it has no supplier');
  const retried = await cli(['parked', '--retry-all', '--data-dir', folder]);
  expect(retried).toMatchObject({ code: 0, stdout: 'Nothing is parked.\n' });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/port.js';
import { openSqliteEventStore } from '../../../libs/event-store/sqlite/event-store.js';
import { writeChainedLog } from '../../../test/support/chained-log.js';
import { cli, startCli } from '../../../test/support/cli.js';
import {
  startDoubleOnSqlite,
  type DoubleOnSqlite,
} from '../../../test/support/eventstore-double/on-sqlite.js';
import { randomFrom } from '../../../test/support/eventstore-double/random-faults.js';
import { until } from '../../../test/support/until.js';

// Processes start slowly on a busy machine; what is waited for are conditions.
jest.setTimeout(300_000);

/** `recourse store …` as an operator runs it: a process of its own, files, and a server over a socket. */
let folder: string;
let double: DoubleOnSqlite;
let file: string;
let events: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-copy-'));
  file = join(folder, 'events.db');
  double = await startDoubleOnSqlite();
});
afterEach(async () => {
  await double.dispose();
  await rm(folder, { recursive: true, force: true });
});

const write = async (appends: number, padding = 0) => {
  const store = await openSqliteEventStore({ file });
  events = await writeChainedLog(store, { streams: 300, appends, random: randomFrom(17), padding });
  await store.close();
};
const copy = (from: string, to: string) => ['store', 'copy', '--from', from, '--to', to, '--json'];

async function eventsOf(log: string): Promise<Omit<RecordedEvent, 'position' | 'created'>[]> {
  const store = await openSqliteEventStore({ file: log, readOnly: true });
  const all = [];
  for await (const { position: _, created: __, ...event } of store.readAll()) all.push(event);
  await store.close();
  return all;
}

const tamper = (sql: string) => {
  const database = new Database(file);
  database.exec(sql);
  database.close();
};

test('killed at three places the copy goes on to the end, and back again all is as it was', async () => {
  await write(9_000, 600);
  for (const share of [0.1, 0.4, 0.7]) {
    const run = startCli(copy(`sqlite:${file}`, double.url));
    await until(async () => Number((await double.store.head()) || 0) > share * events);
    run.kill();
    expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(Number(await double.store.head())).toBeLessThan(events);
  }
  const there = await cli(copy(`sqlite:${file}`, double.url));
  expect(there).toMatchObject({ code: 0 });
  const copied = JSON.parse(there.stdout) as { found: number; copied: number; heads: string };
  expect(copied.found).toBeGreaterThan(0.7 * events);
  expect(copied.found + copied.copied).toBe(events);

  const returned = join(folder, 'returned.db');
  const back = startCli(copy(double.url, returned));
  await back.ended;
  expect(await eventsOf(returned)).toEqual(await eventsOf(file));
  const verdicts = await Promise.all(
    [file, double.url, returned].map(async (address) => cli(['store', 'verify', address, '--json'])),
  );
  for (const { code, stdout } of verdicts) {
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 0,
      intact: true,
      events,
      heads: copied.heads,
    });
  }
});

test('a copy into a file is killed half-way, and goes on', async () => {
  await write(12_000);
  const target = join(folder, 'target.db');
  const run = startCli(copy(file, target));
  const held = () => {
    const database = new Database(target, { readonly: true, fileMustExist: true });
    try {
      return database.prepare<[], number>('select count(*) from log').pluck().get() ?? 0;
    } finally {
      database.close();
    }
  };
  await until(() => {
    try {
      return held() > 0;
    } catch {
      return false;
    }
  });
  run.kill();
  await run.ended;
  expect(held()).toBeLessThan(events);
  expect(JSON.parse((await cli(copy(file, target))).stdout)).toMatchObject({ events });
  expect(await eventsOf(target)).toEqual(await eventsOf(file));
});

test('a source that was tampered with is copied up to the broken link, which is named', async () => {
  await write(200);
  tamper(`update log set data = '{"text":"forged"}' where position = 150`);
  const copied = await cli(['store', 'copy', '--from', file, '--to', double.url]);
  expect(copied.code).toBe(1);
  expect(copied.stderr).toMatch(
    /the chain of order-\d+ at revision \d+ \(position 0+150\) is broken: .*BROKEN_CHAIN/s,
  );
  expect(Number(await double.store.head())).toBe(149);
  const verified = await cli(['store', 'verify', file]);
  expect(verified.code).toBe(1);
  expect(verified.stdout).toMatch(/CHAIN BROKEN in order-\d+ at revision \d+, position 0+150: HASH_MISMATCH/);
});

test('a target with other events is refused, and nothing is written', async () => {
  await write(50);
  await double.store.append(
    'order-other',
    [{ id: crypto.randomUUID(), type: 'Other', data: '{}', metadata: '{}' }],
    'no_stream',
  );
  const { code, stdout } = await cli(copy(file, double.url));
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'TARGET_DIFFERS', message: expect.stringContaining('order-other at revision 0') },
  });
  expect(Number(await double.store.head())).toBe(1);
});

test('what cannot be opened is said in a line', async () => {
  const missing = await cli(['store', 'copy', '--from', join(folder, 'none.db'), '--to', double.url]);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^recourse: .*\n$/) });
  const strange = await cli(['store', 'verify', 'http://127.0.0.1']);
  expect(strange).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('sqlite:<file>, a file, or esdb://'),
  });
});

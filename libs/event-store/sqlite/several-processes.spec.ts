import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAppending, type Acknowledged } from '../../../test/support/sqlite-log/appenders.js';
import { collect, eventsIn, listen } from '../contract/support.js';
import type { EventStore, RecordedEvent } from '../port.js';
import { openSqliteEventStore } from './event-store.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-log-'));
  file = join(folder, 'events.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every acknowledged append is in the log where it was said to be; every stream is gapless; positions strictly increase. */
function expectToHold(log: readonly RecordedEvent[], acknowledged: readonly Acknowledged[]): void {
  const positions = log.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].toSorted());
  const streams = Map.groupBy(log, ({ stream }) => stream);
  for (const events of streams.values()) {
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => BigInt(index)));
  }
  for (const { stream, revision, position, ids } of acknowledged) {
    const events = streams.get(stream) ?? [];
    const last = Number(revision);
    expect(events.slice(last - ids.length + 1, last + 1).map(({ id }) => id)).toEqual(ids);
    expect(events[last]?.position).toBe(position);
  }
}

const wholeLog = async (store: EventStore) => collect(store.readAll());

test('two processes append to one file at once; a third sees every event, live and in order', async () => {
  const store = await openSqliteEventStore({ file });
  const listener = listen(store, {});
  const [first, second] = [startAppending(file, 'first', 8), startAppending(file, 'second', 8)];
  await Promise.all([first.until(400), second.until(400)]);
  await Promise.all([first.stop(), second.stop()]);

  const log = await wholeLog(store);
  expectToHold(log, [...first.acknowledged, ...second.acknowledged]);
  await listener.until((messages) => eventsIn(messages).length >= log.length);
  expect(listener.events()).toEqual(log);
  await listener.stop();
  await store.close();
});

test('a process that is killed at any moment loses no append that it had acknowledged', async () => {
  const acknowledged: Acknowledged[] = [];
  for (let round = 0; round < 6; round++) {
    const victim = startAppending(file, `victim-${round}`, 16);
    const survivor = round % 2 === 0 ? undefined : startAppending(file, `survivor-${round}`, 4);
    await victim.until(50 + Math.floor(Math.random() * 500));
    await victim.kill();
    if (survivor !== undefined) {
      await survivor.until(survivor.acknowledged.length + 50);
      await survivor.stop();
    }
    acknowledged.push(...victim.acknowledged, ...(survivor?.acknowledged ?? []));

    const store = await openSqliteEventStore({ file });
    expectToHold(await wholeLog(store), acknowledged);
    await store.close();
  }
});

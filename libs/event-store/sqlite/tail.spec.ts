import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf } from '../contract/support.js';
import type { EventStore } from '../port.js';
import { openForReading } from './database.js';
import { openSqliteEventStore } from './event-store.js';
import { readerOf } from './log-reader.js';
import { tailOf } from './tail.js';

let folder: string;
let file: string;
let others: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-log-'));
  file = join(folder, 'events.db');
  others = await openSqliteEventStore({ file });
  // The tail's own; whatever else the store does takes the time that it takes.
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
    ],
  });
});
afterEach(async () => {
  jest.useRealTimers();
  await others.close();
  rmSync(folder, { recursive: true });
});

test('a log that lay still is looked at every 50 ms, and at once when others are known to have appended', async () => {
  const database = openForReading({ file, readOnly: true, busyTimeout: 100 });
  const tail = tailOf(readerOf(database));
  let told = 0;
  tail.watch({ notify: () => told++, place: () => tail.known() });
  // 5, 10, 20, 40, and from now on 50.
  jest.advanceTimersByTime(75);
  await others.append('s', [eventOf()], 'no_stream');
  jest.advanceTimersByTime(40);
  expect(told).toBe(0);
  tail.hasten();
  jest.advanceTimersByTime(1);
  expect(told).toBe(1);
  tail.close();
  database.close();
});

test('of what others appended two who watch share a copy, and one alone has none made', async () => {
  const database = openForReading({ file, readOnly: true, busyTimeout: 100 });
  const tail = tailOf(readerOf(database));
  const watcher = { notify: () => undefined, place: () => 0 };
  tail.watch(watcher);
  await others.append('s', [eventOf()], 'no_stream');
  jest.advanceTimersByTime(50);
  expect(tail.known()).toBe(1);
  expect(tail.recent(0)).toBeUndefined();
  tail.watch({ ...watcher });
  await others.append('s', [eventOf()], 0n);
  jest.advanceTimersByTime(50);
  const shared = tail.recent(1);
  expect(shared).toMatchObject([{ stream: 's', revision: 1n }]);
  expect(tail.recent(1)?.[0]).toBe(shared?.[0]);
  tail.close();
  database.close();
});

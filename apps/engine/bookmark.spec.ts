import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START } from '../../libs/event-store/port.js';
import { sqliteDatabase } from '../../libs/projection/read-models/sqlite-database.js';
import { bookmarkIn } from './bookmark.js';

describe('A bookmark', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-bookmark-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('begins at the start, is kept, and never goes back', async () => {
    const database = sqliteDatabase(join(folder, 'read-models.db'));
    try {
      const bookmark = bookmarkIn(database, 'follower');
      expect(await bookmark.load()).toBe(START);
      await bookmark.save('0007');
      expect(await bookmark.load()).toBe('0007');
      const other = bookmarkIn(database, 'follower');
      await other.load();
      await other.save('0005');
      expect(await other.load()).toBe('0007');
    } finally {
      await database.close();
    }
  });

  it('tells its follower that the database failed, who loads it again; nobody else hears of it', async () => {
    const database = sqliteDatabase(join(folder, 'read-models.db'));
    let down = true;
    const write: typeof database.write = (statements) =>
      down ? Promise.reject(new Error('down')) : database.write(statements);
    try {
      const bookmark = bookmarkIn({ ...database, write }, 'follower');
      await expect(bookmark.load()).rejects.toThrow('down');
      down = false;
      expect(await bookmark.load()).toBe(START);
    } finally {
      await database.close();
    }
  });
});

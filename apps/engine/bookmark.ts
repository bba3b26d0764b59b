import { sql } from 'kysely';
import type { Bookmark } from '../../libs/application/coverage-keeper.js';
import { START } from '../../libs/event-store/port.js';
import type { ReadModelDatabase, Statement } from '../../libs/projection/read-models/database.js';

/** Followers read a little again after a crash; writing at every step would cost more. */
const AT_MOST_EVERY_MS = 1_000;

/**
 * A follower's place in the log, kept beside the read models and lost with them at no harm. Nothing is asked of the
 * database before the follower loads it, which tries again when that fails.
 */
export function bookmarkIn({ kysely, write }: ReadModelDatabase, name: string): Bookmark {
  const compiled = (text: ReturnType<typeof sql>): Statement => text.compile(kysely);
  let savedAt = 0;
  return {
    async load() {
      await write([
        compiled(sql`create table if not exists bookmarks (name text primary key, position text not null)`),
      ]);
      const { rows } = await sql<{
        position: string;
      }>`select position from bookmarks where name = ${name}`.execute(kysely);
      return rows[0]?.position ?? START;
    },
    async save(position) {
      if (performance.now() < savedAt + AT_MOST_EVERY_MS) return;
      savedAt = performance.now();
      await write([
        compiled(sql`
          insert into bookmarks (name, position) values (${name}, ${position})
          on conflict (name) do update set position = excluded.position where excluded.position > bookmarks.position`),
      ]);
    },
  };
}

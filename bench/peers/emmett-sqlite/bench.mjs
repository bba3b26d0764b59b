// Emmett's SQLite store. Its writers refuse one another with SQLITE_BUSY when they come together, so the callers queue:
// its best case.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandHandler } from '@event-driven-io/emmett';
import { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite';
import { measure } from '../work.mjs';

const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-peer-'));
const store = getSQLiteEventStore({
  fileName: join(folder, 'emmett.db'),
  schema: { autoMigration: 'CreateOrUpdate' },
});
await measure({ CommandHandler, store, orders: 200, commands: 3_000, warmUp: 300, concurrent: 1 });
rmSync(folder, { recursive: true, force: true });

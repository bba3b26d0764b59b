/**
 * A process that projects until it is killed: `projecting-process.ts <log> <read models: a file or a PostgreSQL URL>`.
 * Its batches are small, so that a kill hits it anywhere.
 */
import { openSqliteEventStore } from '../../../libs/event-store/sqlite/event-store.js';
import { decode, PROJECTIONS } from '../../../libs/projection/contract/fixture.js';
import { postgresLock } from '../../../libs/projection/lock/postgres-lock.js';
import { sqliteLock } from '../../../libs/projection/lock/sqlite-lock.js';
import { startProjector } from '../../../libs/projection/projector/projector.js';
import { postgresDatabase } from '../../../libs/projection/read-models/postgres-database.js';
import { openReadModels } from '../../../libs/projection/read-models/read-models.js';
import { sqliteDatabase } from '../../../libs/projection/read-models/sqlite-database.js';

const [log = '', place = ''] = process.argv.slice(2);

function database() {
  if (!place.startsWith('postgresql:')) {
    const sqlite = sqliteDatabase(place);
    return { opened: sqlite, lock: sqliteLock(sqlite, { leaseMs: 300 }) };
  }
  const postgres = postgresDatabase(place);
  return { opened: postgres, lock: postgresLock(postgres, { retryMs: 20 }) };
}

async function main() {
  const store = await openSqliteEventStore({ file: log, readOnly: true });
  const { opened, lock } = database();
  const readModels = await openReadModels(opened, PROJECTIONS);
  startProjector({
    store,
    readModels,
    projections: PROJECTIONS,
    decode,
    lock,
    batchSize: 40,
    pageSize: 20,
    onFault: (error) => process.send?.({ fault: String(error) }),
  });
}

// Whoever started it has ended, and so does this process.
process.on('disconnect', () => process.exit());

void main();

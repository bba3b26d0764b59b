import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { eventSchemas } from '../../libs/domain/registry.js';
import { createCodec } from '../../libs/event-store/codec.js';
import { eventId } from './event-id.js';
import { GENESIS_HASH } from '../../libs/event-store/hash-chain.js';
import { caughtUp } from '../../libs/projection/lag.js';
import type { ProjectionLock } from '../../libs/projection/lock/lock.js';
import { sqliteLock } from '../../libs/projection/lock/sqlite-lock.js';
import type { Projection } from '../../libs/projection/projection.js';
import { startProjector } from '../../libs/projection/projector/projector.js';
import type { ReadModelDatabase } from '../../libs/projection/read-models/database.js';
import { openReadModels } from '../../libs/projection/read-models/read-models.js';
import { sqliteDatabase } from '../../libs/projection/read-models/sqlite-database.js';
import type { Step } from './example-history.js';
import { freshLog } from './fresh-log.js';

/** Where read models are kept. */
export interface ReadModelPlace {
  open(folder: string): ReadModelDatabase;
  lock(database: ReadModelDatabase): ProjectionLock;
}

const ON_SQLITE: ReadModelPlace = {
  open: (folder) => sqliteDatabase(join(folder, 'read-models.db')),
  lock: sqliteLock,
};

/** A log (SQLite) and read models of a test's own, with a projector that keeps them level. */
export async function readSide(
  projections: readonly Projection<object>[],
  place: ReadModelPlace = ON_SQLITE,
) {
  const { store, folder, dispose: disposeLog } = await freshLog();
  const codec = createCodec(eventSchemas);
  const database = place.open(folder);
  const readModels = await openReadModels(database, projections);
  const projector = startProjector({
    store,
    readModels,
    projections,
    decode: codec.decode,
    lock: place.lock(database),
  });
  const chains = new Map<string, { revision: bigint; hash: string }>();

  return {
    store,
    codec,
    folder,
    database,
    readModels,
    /** The read models' database as one more process would open it. */
    open: () => place.open(folder),
    /** Appends steps to one stream, after those that were recorded there before. */
    async record(stream: string, steps: readonly Step[]) {
      const before = chains.get(stream) ?? { revision: -1n, hash: GENESIS_HASH };
      const commandId = randomUUID();
      let { revision, hash } = before;
      const events = steps.map(({ by, at, event: { type, data } }, index) => {
        const metadata = {
          commandId,
          fingerprint: '0'.repeat(64),
          correlationId: commandId,
          causationId: commandId,
          actor: by,
          recordedAt: at,
          occurredAt: at,
          prevHash: hash,
        };
        revision += 1n;
        const encoded = codec.encode({
          id: eventId(commandId, index),
          stream,
          revision,
          type,
          data,
          metadata,
        });
        hash = encoded.envelope.metadata.hash;
        return encoded.event;
      });
      const expected = before.revision < 0n ? 'no_stream' : before.revision;
      await store.append(stream, events, expected);
      chains.set(stream, { revision, hash });
    },
    /** Resolves when the projections hold all that is in the log. */
    idle: () => caughtUp({ store, readModels, projections }),
    async dispose() {
      await projector.stop();
      await readModels.close();
      await disposeLog();
    },
  };
}

export type ReadSide = Awaited<ReturnType<typeof readSide>>;

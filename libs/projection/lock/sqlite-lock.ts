import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadModelDatabase } from '../read-models/database.js';
import type { HeldLock, ProjectionLock } from './lock.js';

export interface SqliteLockOptions {
  /** How long after its last sign of life a holder keeps the lock. Default 5,000 ms. */
  readonly leaseMs?: number;
  /** Milliseconds since 1970, the same for all processes of the machine. */
  now?(): number;
}

/** A lease: a row that its holder prolongs with every write and, when it has none, by the clock. */
export function sqliteLock(
  database: ReadModelDatabase,
  { leaseMs = 5_000, now = Date.now }: SqliteLockOptions = {},
): ProjectionLock {
  const { kysely } = database;

  const take = async (name: string, holder: string): Promise<number | undefined> => {
    const row = { name, token: 0, holder: '', expires_at: 0 };
    const make = kysely
      .insertInto('locks')
      .values(row)
      .onConflict((conflict) => conflict.doNothing());
    const seize = kysely
      .updateTable('locks')
      .set((eb) => ({ token: eb('token', '+', 1), holder, expires_at: now() + leaseMs }))
      .where('name', '=', name)
      .where('expires_at', '<=', now())
      .returning('token');
    const [, rows = []] = await database.write([make.compile(), seize.compile()]);
    return rows[0] === undefined ? undefined : Number(rows[0]['token']);
  };

  return {
    async acquire(name, signal) {
      const holder = `${process.pid} ${randomUUID()}`;
      for (;;) {
        signal.throwIfAborted();
        const token = await take(name, holder);
        if (token !== undefined) return hold(name, token);
        await sleep(Math.min(leaseMs / 4, 250), undefined, { signal });
      }
    },
  };

  function hold(name: string, token: number): HeldLock {
    const losing = new AbortController();
    const mine = kysely.updateTable('locks').where('name', '=', name).where('token', '=', token);
    const { sql } = mine.set({ expires_at: 0 }).compile();
    const fence = () => ({ sql, parameters: [now() + leaseMs, name, token], fence: true });
    const prolong = () => database.write([fence()]).catch((error: unknown) => losing.abort(error));
    const timer = setInterval(prolong, leaseMs / 3);
    return {
      name,
      token,
      lost: losing.signal,
      fence,
      async release() {
        clearInterval(timer);
        await database.write([mine.set({ holder: '', expires_at: 0 }).compile()]);
      },
    };
  }
}

import type { HeldLock, ProjectionLock } from '../lock/lock.js';
import { accounts, expected, ledger, moved, opened, owners, stored } from './fixture.js';
import { codeOf, until, type Stage } from './support.js';

export function fencing(stage: () => Stage): void {
  test('of several processes one projects, and when it stops another does', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    const engines = await Promise.all([engine(), engine(), engine()]);
    const leading = () => engines.filter(({ projector }) => projector.leading);
    let amount = 0;
    for (let left = engines.length; left > 0; left -= 1) {
      await until(() => leading().length === 1);
      const position = await record(
        ...(amount === 0 ? [opened('a', 'Ann')] : []),
        moved('a', 'Ann', (amount += 1)),
      );
      for (const { readModels } of engines) await readModels.waitFor(['accounts', 'owners'], position);
      expect(leading()).toHaveLength(1);
      await leading()[0]?.stop();
    }
    const readModels = await stage().models();
    expect(await stored(readModels, accounts)).toEqual(await expected(store, accounts));
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
  });

  test('tokens grow with each holder, and what an old holder writes is refused and changes nothing', async () => {
    const { models, lockOf } = stage();
    const { database } = await models();
    const other = await models();
    const old = await lockOf(database).acquire('projector', new AbortController().signal);
    await database.write([old.fence()]);
    await old.release();
    const next = await lockOf(other.database).acquire('projector', new AbortController().signal);
    expect(next.token).toBeGreaterThan(old.token);
    const write = (held: HeldLock, position: string) => [
      held.fence(),
      database.kysely
        .updateTable('checkpoints')
        .set({ position })
        .where('projection', '=', 'owners')
        .compile(),
    ];
    await other.database.write(write(next, '1'));
    expect(await codeOf(database.write(write(old, '2')))).toBe('LOCK_LOST');
    const owner = (await other.generations()).find(({ projection }) => projection === 'owners');
    expect(owner?.position).toBe('1');
    await next.release();
  });

  test('a holder who was overtaken without knowing it folds nothing twice, and takes its turn again', async () => {
    const { store, engine, lockOf } = stage();
    const { record } = ledger(store);
    const overtaken: { held?: HeldLock } = {};
    const first = await engine({ lock: (database) => unaware(lockOf(database), overtaken) });
    await first.readModels.waitFor(
      ['owners', 'accounts'],
      await record(opened('a', 'Ann'), moved('a', 'Ann', 1)),
    );
    // Another one comes to hold the lock, while the first still believes to hold it.
    await overtaken.held?.release();
    const second = await engine();
    await until(() => second.projector.leading);
    await first.readModels.waitFor(['owners', 'accounts'], await record(moved('a', 'Ann', 2)));
    await until(() => first.faults.length > 0);
    expect(first.faults[0]).toMatchObject({ code: 'LOCK_LOST' });
    await second.stop();
    await first.readModels.waitFor(['owners', 'accounts'], await record(moved('a', 'Ann', 3)));
    expect(await stored(first.readModels, accounts)).toEqual(await expected(store, accounts));
    expect(await stored(first.readModels, owners)).toEqual(await expected(store, owners));
  });

  test('waiting for the lock ends when it is told to', async () => {
    const { models, lockOf } = stage();
    const { database } = await models();
    const held = await lockOf(database).acquire('projector', new AbortController().signal);
    const abort = new AbortController();
    const waiting = lockOf(database).acquire('projector', abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toBeDefined();
    await held.release();
  });

  test('locks of different names are held at a time', async () => {
    const { models, lockOf } = stage();
    const { database } = await models();
    const { signal } = new AbortController();
    const all = await Promise.all(['a', 'b'].map((name) => lockOf(database).acquire(name, signal)));
    await database.write(all.map((held) => held.fence()));
    await Promise.all(all.map((held) => held.release()));
  });
}

/** A lock whose holder is not told that he lost it. */
function unaware(lock: ProjectionLock, holding: { held?: HeldLock }): ProjectionLock {
  const never = new AbortController().signal;
  return {
    async acquire(name, signal) {
      const held = await lock.acquire(name, signal);
      holding.held = held;
      return { ...held, lost: never };
    },
  };
}

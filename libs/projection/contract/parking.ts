import {
  accounts,
  broken,
  closed,
  expected,
  ledger,
  mishap,
  moved,
  opened,
  owners,
  stored,
} from './fixture.js';
import { codeOf, type Stage } from './support.js';

export function parking(stage: () => Stage): void {
  const settled = async (engine: Awaited<ReturnType<Stage['engine']>>) =>
    engine.readModels.waitFor(['accounts', 'owners'], await stage().store.head());

  const asFolded = async ({ readModels }: Awaited<ReturnType<Stage['engine']>>) => {
    expect(await stored(readModels, accounts)).toEqual(await expected(stage().store, accounts));
    expect(await stored(readModels, owners)).toEqual(await expected(stage().store, owners));
  };

  test('a document that fails stops where it was, says why, and stops nobody else', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    broken.add('accounts');
    const running = await engine();
    await record(opened('a', 'Ann'), moved('a', 'Ann', 1));
    const position = await record(mishap('a', 'Ann', 'accounts'));
    await record(moved('a', 'Ann', 2), opened('b', 'Ann'), moved('b', 'Ann', 3));
    await settled(running);
    const { readModels } = running;
    expect(await readModels.documents(accounts).get('a')).toMatchObject({ amounts: [1] });
    expect(await readModels.documents(accounts).get('b')).toMatchObject({ amounts: [3] });
    expect(await readModels.documents(owners).get('Ann')).toMatchObject({ events: 6, moved: 6 });
    expect(await readModels.parked()).toEqual([
      {
        projection: 'accounts',
        serving: true,
        kind: 'document',
        id: 'a',
        stream: 'account-a',
        revision: 2n,
        position,
        type: 'MishapStruck',
        message: 'accounts cannot fold this',
        pending: 1,
        attempts: 0,
      },
    ]);
    expect(running.faults).toEqual([]);
  });

  test('what is parked stays parked over a restart, and later events are counted', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    broken.add('owners');
    const first = await engine();
    await record(opened('a', 'Ann'), mishap('a', 'Ann', 'owners'), opened('b', 'Bob'));
    await settled(first);
    await first.stop();
    broken.clear();
    const second = await engine();
    await record(moved('a', 'Ann', 1), moved('b', 'Bob', 1), moved('a', 'Ann', 1));
    await settled(second);
    expect(await second.readModels.parked()).toMatchObject([{ projection: 'owners', id: 'Ann', pending: 2 }]);
    expect(await second.readModels.documents(owners).get('Bob')).toMatchObject({ events: 2 });
  });

  test('a replay folds the document from all its streams, and it is live again', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    broken.add('owners');
    const running = await engine({ pageSize: 2 });
    await record(opened('a', 'Ann'), opened('b', 'Ann'), mishap('b', 'Ann', 'owners'), moved('a', 'Ann', 4));
    await settled(running);
    expect(await running.readModels.replay('owners', 'Ann')).toMatchObject({
      id: 'Ann',
      attempts: 1,
      pending: 1,
    });
    broken.clear();
    expect(await running.readModels.replay('owners', 'Ann')).toBeUndefined();
    expect(await running.readModels.parked()).toEqual([]);
    await record(moved('b', 'Ann', 6));
    await settled(running);
    expect(await running.readModels.documents(owners).get('Ann')).toEqual({
      events: 5,
      moved: 10,
      accounts: ['a', 'b'],
    });
    await asFolded(running);
  });

  test('a replay that is asked for while nobody projects is done by who projects next', async () => {
    const { store, engine, models } = stage();
    const { record } = ledger(store);
    broken.add('accounts');
    const first = await engine();
    await record(opened('a', 'Ann'), mishap('a', 'Ann', 'accounts'), moved('a', 'Ann', 1));
    await settled(first);
    await first.stop();
    broken.clear();
    const operator = await models();
    const replayed = operator.replay('accounts', 'a');
    const second = await engine();
    expect(await replayed).toBeUndefined();
    await asFolded(second);
  });

  test('an event that cannot be decoded parks its stream, for nobody knows which documents it touches', async () => {
    const { store, engine } = stage();
    const { record, garbage } = ledger(store);
    broken.add('decode');
    const running = await engine({ pageSize: 3 });
    await record(opened('a', 'Ann'), opened('b', 'Ann'));
    await garbage('a', 'Ann');
    await record(moved('a', 'Ann', 1), moved('b', 'Ann', 2), moved('a', 'Bob', 3));
    await settled(running);
    const { readModels } = running;
    expect(await readModels.parked({ projection: 'owners' })).toMatchObject([
      { kind: 'stream', id: 'account-a', revision: 1n, message: 'cannot be decoded', pending: 2 },
    ]);
    expect(await readModels.documents(owners).get('Ann')).toMatchObject({ events: 3, moved: 2 });
    expect(await readModels.replay('owners', 'account-a')).toMatchObject({ kind: 'stream', attempts: 1 });
    broken.clear();
    expect(await readModels.replay('owners', 'account-a')).toBeUndefined();
    expect(await readModels.replay('accounts', 'account-a')).toBeUndefined();
    await asFolded(running);
  });

  test('a document that cannot be stored is parked too', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    const running = await engine();
    await record(opened('a', 'Ann'), moved('a', 'Ann', 0.5), opened('b', 'Ann'));
    await settled(running);
    expect(await running.readModels.parked()).toMatchObject([
      { projection: 'accounts', id: 'a', message: 'column balance is no integer: 0.5' },
      { projection: 'owners', id: 'Ann' },
    ]);
    expect(await running.readModels.documents(accounts).get('b')).toBeDefined();
    expect(await running.readModels.replay('accounts', 'a')).toMatchObject({
      type: 'AmountMoved',
      attempts: 1,
    });
    await record(closed('a', 'Ann'));
    await settled(running);
    expect(await running.readModels.replay('accounts', 'a')).toBeUndefined();
    expect(await running.readModels.documents(accounts).get('a')).toBeUndefined();
  });

  test('what is not parked, or not projected, cannot be replayed', async () => {
    const { readModels } = await stage().engine();
    expect(await codeOf(readModels.replay('accounts', 'a'))).toBe('NOT_PARKED');
    expect(await codeOf(readModels.replay('nothing', 'a'))).toBe('UNKNOWN_PROJECTION');
  });
}

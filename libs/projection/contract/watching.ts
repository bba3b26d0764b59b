import { VirtualClock } from '../../kernel/clock.js';
import { instantOf } from '../../kernel/instant.js';
import { caughtUp, lag } from '../lag.js';
import { accounts, broken, ledger, mishap, moved, opened, owners, PROJECTIONS } from './fixture.js';
import { codeOf, type Stage } from './support.js';

export function watching(stage: () => Stage): void {
  test('a wait ends when every projection is there, in this process and in any other', async () => {
    const { store, engine, models } = stage();
    const { record } = ledger(store);
    const { readModels } = await engine();
    const elsewhere = await models();
    for (let amount = 0; amount < 5; amount += 1) {
      const position = await record(...(amount === 0 ? [opened('a', 'Ann')] : []), moved('a', 'Ann', 1));
      await Promise.all([readModels, elsewhere].map((one) => one.waitFor(['accounts', 'owners'], position)));
      expect(await elsewhere.documents(accounts).get('a')).toMatchObject({ balance: amount + 1 });
      expect(await readModels.documents(owners).get('Ann')).toMatchObject({ moved: amount + 1 });
    }
  });

  test('a wait that takes too long rejects with WAIT_TIMED_OUT and names who is late', async () => {
    const { store, engine, models } = stage();
    const position = await ledger(store).record(opened('a', 'Ann'));
    const { readModels } = await engine({ projections: [accounts] });
    await models(PROJECTIONS);
    await readModels.waitFor(['accounts'], position);
    const late = readModels.waitFor(['accounts', 'owners'], position, { timeoutMs: 20 });
    await expect(late).rejects.toMatchObject({ code: 'WAIT_TIMED_OUT', message: /^owners did not reach/ });
    const abort = new AbortController();
    const given = readModels.waitFor(['owners'], position, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
  });

  test('caught up is when all is folded that was in the log when asked', async () => {
    const { store, engine } = stage();
    const { record } = ledger(store);
    const { readModels } = await engine();
    await caughtUp({ store, readModels, projections: PROJECTIONS });
    await record(opened('a', 'Ann'), moved('a', 'Ann', 1));
    await caughtUp({ store, readModels, projections: PROJECTIONS });
    expect(await readModels.documents(accounts).get('a')).toMatchObject({ balance: 1 });
    const nobody = caughtUp(
      { store, readModels, projections: [{ ...accounts, name: 'nobody' }] },
      { timeoutMs: 10 },
    );
    expect(await codeOf(nobody)).toBe('WAIT_TIMED_OUT');
  });

  test('the lag says who is where, for how long, and what is parked', async () => {
    const { store, engine, models } = stage();
    const { record } = ledger(store);
    broken.add('owners');
    const running = await engine();
    await record(opened('a', 'Ann'), mishap('a', 'Ann', 'owners'));
    const head = await store.head();
    await running.readModels.waitFor(['accounts', 'owners'], head);
    const readModels = await models();
    const clock = new VirtualClock(instantOf(Date.now() + 3_600_000));
    const sources = { store, readModels, projections: PROJECTIONS, clock };
    const level = { version: 1, state: 'live', position: head, events: 2, seconds: 0 };
    expect(await lag(sources)).toMatchObject([
      { projection: 'accounts', ...level, parked: 0 },
      { projection: 'owners', ...level, parked: 1 },
    ]);
    await running.stop();
    await record(moved('a', 'Ann', 1));
    const [behind] = await lag(sources);
    expect(behind).toMatchObject({ state: 'catching-up', events: 2, position: head });
    expect(behind?.seconds).toBeGreaterThan(3_500);
    expect(behind?.seconds).toBeLessThan(3_700);
    // What is asked of the store is answered by its next event: also for one whose own types never come again.
    const asked: (readonly string[] | undefined)[] = [];
    const readAll: typeof store.readAll = (options) => {
      asked.push(options?.filter?.types);
      return store.readAll(options);
    };
    const rare = { ...owners, types: ['Never'] };
    const both = await lag({
      ...sources,
      projections: [accounts, rare],
      store: { head: store.head, readAll },
    });
    expect(both.map(({ seconds }) => seconds)).toEqual([behind?.seconds, behind?.seconds]);
    expect(asked).toEqual([[...accounts.types, 'Never']]);
    const superseded = await lag({ ...sources, projections: [{ ...accounts, version: 0 }] });
    expect(superseded[0]?.state).toBe('superseded');
    const rebuilt = readModels.rebuild(['accounts']);
    const rebuilding = async () => (await lag(sources))[0]?.building !== undefined;
    while (!(await rebuilding())) await new Promise((resolve) => setImmediate(resolve));
    expect((await lag(sources))[0]).toMatchObject({
      state: 'rebuilding',
      building: { version: 1, events: 0 },
    });
    const last = await engine();
    await rebuilt;
    await caughtUp({ store, readModels: last.readModels, projections: PROJECTIONS });
    expect((await lag(sources)).map(({ state }) => state)).toEqual(['live', 'live']);
  });
}

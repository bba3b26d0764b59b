import { collect, eventOf, fill, freshPrefix, idsOf, listen, type Subject } from './support.js';

export function lifecycle(subject: Subject): void {
  test('a store that can be reached answers a ping', async () => {
    await expect(subject().store.ping()).resolves.toBeUndefined();
  });

  test('a closed store refuses every call with STORE_UNAVAILABLE; closing again does nothing', async () => {
    const store = await subject().another();
    await store.append(freshPrefix(), [eventOf()], 'no_stream');
    await store.close();
    await store.close();
    const unavailable = { code: 'STORE_UNAVAILABLE' };
    await expect(store.append(freshPrefix(), [eventOf()], 'no_stream')).rejects.toMatchObject(unavailable);
    await expect(collect(store.readStream(freshPrefix()))).rejects.toMatchObject(unavailable);
    await expect(collect(store.readAll())).rejects.toMatchObject(unavailable);
    await expect(collect(store.subscribe({ signal: new AbortController().signal }))).rejects.toMatchObject(
      unavailable,
    );
    await expect(store.head()).rejects.toMatchObject(unavailable);
    await expect(store.ping()).rejects.toMatchObject(unavailable);
  });

  test('closing a store ends its subscriptions with SUBSCRIPTION_LOST, never silently', async () => {
    const store = await subject().another();
    const listener = listen(store, { after: await store.head() });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    await store.close();
    await expect(listener.ended).rejects.toMatchObject({ code: 'SUBSCRIPTION_LOST' });
  });

  test('closing waits for appends under way: each is durable or refused, and the log agrees', async () => {
    const store = await subject().another();
    const prefix = freshPrefix();
    const after = await store.head();
    const events = Array.from({ length: 20 }, () => eventOf());
    const appends = events.map((event, index) => store.append(`${prefix}${index}`, [event], 'no_stream'));
    const outcomes = Promise.allSettled(appends);
    await store.close();
    const durable: string[] = [];
    for (const [index, outcome] of (await outcomes).entries()) {
      if (outcome.status === 'fulfilled') durable.push(...idsOf(events.slice(index, index + 1)));
      else expect(['STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN']).toContain(outcome.reason.code);
    }
    const held = idsOf(
      await collect(subject().store.readAll({ after, filter: { streamPrefixes: [prefix] } })),
    );
    expect(held).toEqual(expect.arrayContaining(durable));
  });

  test('what was appended is there after the store is opened again', async () => {
    const stream = freshPrefix();
    const first = await subject().another();
    const { events } = await fill(first, stream, 120);
    await first.close();
    const second = await subject().another();
    try {
      expect(idsOf(await collect(second.readStream(stream)))).toEqual(idsOf(events));
    } finally {
      await second.close();
    }
  });
}

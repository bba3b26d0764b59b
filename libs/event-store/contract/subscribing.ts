import { MOST_EVENTS_A_MESSAGE, START } from '../port.js';
import {
  collect,
  eventOf,
  eventsIn,
  eventsOf,
  fill,
  freshPrefix,
  idsOf,
  listen,
  reached,
  type Subject,
} from './support.js';

export function subscribing(subject: Subject): void {
  const store = () => subject().store;

  test('from the start: history first, then caughtUp, then what is appended live', async () => {
    const prefix = freshPrefix();
    const filter = { streamPrefixes: [prefix] };
    const { events, last } = await fill(store(), `${prefix}a`, 250);
    const listener = listen(store(), { after: START, filter });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    expect(idsOf(listener.events())).toEqual(idsOf(events));
    const caughtUp = listener.messages.find(({ kind }) => kind === 'caughtUp');
    expect(caughtUp?.kind === 'caughtUp' && caughtUp.position >= last.position).toBe(true);

    const live = eventsOf(3);
    await store().append(`${prefix}b`, live, 'no_stream');
    await listener.until((messages) => eventsIn(messages).length >= 253);
    expect(idsOf(listener.events())).toEqual(idsOf([...events, ...live]));
    await listener.stop();
  });

  test('after a position: exclusively what comes later', async () => {
    const prefix = freshPrefix();
    const { events } = await fill(store(), `${prefix}a`, 10);
    const fourth = (await collect(store().readStream(`${prefix}a`, { from: 3n, limit: 1 })))[0];
    const listener = listen(store(), { after: fourth?.position, filter: { streamPrefixes: [prefix] } });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    expect(idsOf(listener.events())).toEqual(idsOf(events).slice(4));
    await listener.stop();
  });

  test('at the head: catches up at once and then sees every live append, once and in order', async () => {
    const prefix = freshPrefix();
    const listener = listen(store(), { after: await store().head(), filter: { streamPrefixes: [prefix] } });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    expect(listener.events()).toEqual([]);
    const appended = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const events = eventsOf(2);
        const { position } = await store().append(`${prefix}${index}`, events, 'no_stream');
        return { position, ids: idsOf(events) };
      }),
    );
    await listener.until((messages) => eventsIn(messages).length >= 80);
    const inOrder = appended.toSorted((a, b) => (a.position < b.position ? -1 : 1)).flatMap(({ ids }) => ids);
    expect(idsOf(listener.events())).toEqual(inOrder);
    await listener.stop();
  });

  test('no event is missed or doubled between history and live', async () => {
    const prefix = freshPrefix();
    const filter = { streamPrefixes: [prefix] };
    const after = await store().head();
    const writing = fill(store(), `${prefix}a`, 2_000);
    const listeners = Array.from({ length: 4 }, () => listen(store(), { after, filter }));
    const { events } = await writing;
    for (const listener of listeners) {
      await listener.until((messages) => eventsIn(messages).length >= events.length);
      expect(idsOf(listener.events())).toEqual(idsOf(events));
      await listener.stop();
    }
  });

  test('a checkpoint comes only after all earlier events, and never goes back', async () => {
    const prefix = freshPrefix();
    const after = await store().head();
    const { last } = await fill(store(), `${prefix}a`, 1_500);
    const listener = listen(store(), { after, filter: { streamPrefixes: [prefix] } });
    await fill(store(), `${prefix}b`, 300);
    const { position } = await store().append(`${prefix}c`, [eventOf()], 'no_stream');
    await listener.until(
      (messages) => reached(messages) >= position && messages.some(({ kind }) => kind !== 'events'),
    );
    await listener.stop();
    let furthest = after;
    for (const message of listener.messages) {
      if (message.kind === 'events') {
        for (const { position: at } of message.events) {
          expect(at > furthest).toBe(true);
          furthest = at;
        }
      } else {
        expect(message.position >= furthest).toBe(true);
        furthest = message.position;
      }
    }
    expect(furthest >= last.position).toBe(true);
    expect(listener.events()).toHaveLength(1_801);
  });

  test('events come together, at least one and never more than the port allows', async () => {
    const prefix = freshPrefix();
    const { events } = await fill(store(), `${prefix}a`, MOST_EVENTS_A_MESSAGE + 200);
    const listener = listen(store(), { filter: { streamPrefixes: [prefix] } });
    await listener.until((messages) => eventsIn(messages).length >= events.length);
    await listener.stop();
    const sizes = listener.messages.flatMap((message) =>
      message.kind === 'events' ? [message.events.length] : [],
    );
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_EVENTS_A_MESSAGE);
    expect(sizes.length).toBeLessThan(events.length / 2);
  });

  test('checkpoints move over events that do not pass the filter, as far as the last, in history', async () => {
    const prefix = freshPrefix();
    const after = await store().head();
    const { last } = await fill(store(), `${prefix}other`, 700);
    const listener = listen(store(), { after, filter: { streamPrefixes: [`${prefix}mine`] } });
    await listener.until((messages) => reached(messages) >= last.position);
    expect(listener.events()).toEqual([]);
    await listener.stop();
  });

  test('checkpoints move over events that do not pass the filter, as far as the last, live', async () => {
    const prefix = freshPrefix();
    const listener = listen(store(), { after: await store().head(), filter: { types: [`${prefix}Mine`] } });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    const { last } = await fill(store(), `${prefix}other`, 3);
    await listener.until((messages) => reached(messages) >= last.position);
    const mine = eventOf({ type: `${prefix}Mine` });
    const { position } = await store().append(`${prefix}other`, [eventOf(), mine, eventOf()], last.revision);
    await listener.until((messages) => reached(messages) >= position);
    expect(idsOf(listener.events())).toEqual([mine.id]);
    await listener.stop();
  });

  test('a slow consumer loses nothing', async () => {
    const prefix = freshPrefix();
    let letGo = () => undefined as void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const listener = listen(
      store(),
      { after: await store().head(), filter: { streamPrefixes: [prefix] } },
      async (message) => {
        if (message.kind === 'events') await held;
      },
    );
    const { events } = await fill(store(), `${prefix}a`, 3_000);
    letGo();
    await listener.until((messages) => eventsIn(messages).length >= events.length);
    expect(idsOf(listener.events())).toEqual(idsOf(events));
    await listener.stop();
  });

  test('many subscriptions at a time each get everything', async () => {
    const prefix = freshPrefix();
    const after = await store().head();
    const listeners = Array.from({ length: 24 }, () =>
      listen(store(), { after, filter: { streamPrefixes: [prefix] } }),
    );
    const { events } = await fill(store(), `${prefix}a`, 200);
    for (const listener of listeners) {
      await listener.until((messages) => eventsIn(messages).length >= events.length);
      expect(idsOf(listener.events())).toEqual(idsOf(events));
    }
    await Promise.all(listeners.map((listener) => listener.stop()));
  });

  test('what another store on the same log appends comes through', async () => {
    const prefix = freshPrefix();
    const other = await subject().another();
    try {
      const listener = listen(store(), { after: await store().head(), filter: { streamPrefixes: [prefix] } });
      await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
      const mixed: string[] = [];
      for (let index = 0; index < 10; index++) {
        const events = eventsOf(2);
        await (index % 2 === 0 ? other : store()).append(`${prefix}${index}`, events, 'no_stream');
        mixed.push(...idsOf(events));
      }
      await listener.until((messages) => eventsIn(messages).length >= 20);
      expect(idsOf(listener.events())).toEqual(mixed);
      await listener.stop();
    } finally {
      await other.close();
    }
  });

  test('abort ends the iteration normally: while idle, in the midst of history, and before it began', async () => {
    const prefix = freshPrefix();
    await fill(store(), `${prefix}a`, 600);
    const idle = listen(store(), { after: await store().head() });
    await idle.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    await idle.stop();

    const controller = new AbortController();
    let seen = 0;
    for await (const message of store().subscribe({
      filter: { streamPrefixes: [prefix] },
      signal: controller.signal,
    })) {
      expect(controller.signal.aborted).toBe(false);
      if (message.kind !== 'events') continue;
      seen += message.events.length;
      controller.abort();
    }
    expect(seen).toBeGreaterThan(0);

    expect(await collect(store().subscribe({ signal: AbortSignal.abort() }))).toEqual([]);
  });

  test('a consumer may leave the loop, and subscribe again from its last position', async () => {
    const prefix = freshPrefix();
    const filter = { streamPrefixes: [prefix] };
    let at = await store().head();
    const { events } = await fill(store(), `${prefix}a`, 30);
    const seen: string[] = [];
    while (seen.length < events.length) {
      for await (const message of store().subscribe({
        after: at,
        filter,
        signal: new AbortController().signal,
      })) {
        if (message.kind !== 'events') continue;
        const some = message.events.slice(0, 10);
        seen.push(...idsOf(some));
        at = some.at(-1)?.position ?? at;
        break;
      }
    }
    expect(seen).toEqual(idsOf(events));
  });
}

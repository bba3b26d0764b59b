import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Member } from '../../../test/support/eventstore-double/node.js';
import {
  startDoubleOnSqlite,
  type DoubleOnSqlite,
} from '../../../test/support/eventstore-double/on-sqlite.js';
import type { EventStoreDouble } from '../../../test/support/eventstore-double/server.js';
import { selfSignedCertificate } from '../../../test/support/self-signed-certificate.js';
import { until } from '../../../test/support/until.js';
import { collect, eventOf, fill, freshPrefix, idsOf, listen } from '../contract/support.js';
import { openEventStoreDb } from './event-store.js';
import type { Settings } from './settings.js';

test('a connection string that is none is refused at once', () => {
  expect(() => openEventStoreDb({ url: 'http://127.0.0.1:2113' })).toThrow('esdb://');
});

describe('TLS and credentials, from the connection string', () => {
  let folder: string;
  let double: DoubleOnSqlite;
  const certificate = selfSignedCertificate();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-tls-'));
    await writeFile(join(folder, 'ca.pem'), certificate.cert);
    double = await startDoubleOnSqlite({
      tls: certificate,
      users: {
        admin: { password: 'change:it', groups: ['$admins'] },
        clerk: { password: 'secret' },
      },
    });
  });
  afterAll(async () => {
    await double.dispose();
    await rm(folder, { recursive: true });
  });

  const open = (login: string, ca = 'ca.pem') =>
    openEventStoreDb({
      url: `esdb://${login}localhost:${double.port}?tls=true&tlsCAFile=${join(folder, ca)}`,
      connectMs: 1_000,
      giveUpMs: 1_500,
    });

  test('whoever is known may append, read and subscribe', async () => {
    const store = open('admin:change%3Ait@');
    const stream = freshPrefix();
    const { events } = await fill(store, stream, 3);
    expect(idsOf(await collect(store.readStream(stream)))).toEqual(idsOf(events));
    const listener = listen(store, { filter: { streamPrefixes: [stream] } });
    await listener.until(() => listener.events().length === 3);
    await listener.stop();
    await store.close();
  });

  test.each([
    ['nobody', ''],
    ['a wrong password', 'admin:wrong@'],
    ['an unknown user', 'someone:secret@'],
  ])('ACCESS_DENIED for %s', async (_, login) => {
    const store = open(login);
    const denied = { code: 'ACCESS_DENIED' };
    await expect(store.append(freshPrefix(), [eventOf()], 'no_stream')).rejects.toMatchObject(denied);
    await expect(collect(store.readStream(freshPrefix()))).rejects.toMatchObject(denied);
    await expect(collect(store.readAll())).rejects.toMatchObject(denied);
    const { signal } = new AbortController();
    await expect(collect(store.subscribe({ signal }))).rejects.toMatchObject(denied);
    await expect(store.ping()).rejects.toMatchObject(denied);
    await store.close();
  });

  test('ACCESS_DENIED for what a user may not do, and for nothing else', async () => {
    const store = open('clerk:secret@');
    await store.append(freshPrefix(), [eventOf()], 'no_stream');
    const refused = store.append('$settings', [eventOf()], 'no_stream');
    const beside = store.append(freshPrefix(), [eventOf()], 'no_stream');
    await expect(refused).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    await expect(beside).resolves.toBeDefined();
    await expect(store.head()).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    await store.close();
  });

  test('STORE_UNAVAILABLE for a certificate that is not trusted', async () => {
    await writeFile(join(folder, 'other.pem'), selfSignedCertificate().cert);
    const store = open('admin:change%3Ait@', 'other.pem');
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await store.close();
  });
});

describe('a cluster', () => {
  let first: DoubleOnSqlite;
  let second: EventStoreDouble;
  let leader: 'first' | 'second';
  let alive: { first: boolean; second: boolean };
  const member = (name: 'first' | 'second', { host, port }: EventStoreDouble): Member => ({
    host,
    port,
    state: leader === name ? 'leader' : 'follower',
    alive: alive[name],
  });
  const cluster = () => [member('first', first), member('second', second)];

  beforeEach(async () => {
    leader = 'first';
    alive = { first: true, second: true };
    first = await startDoubleOnSqlite({ cluster });
    second = await first.another({ cluster });
  });
  afterEach(() => first.dispose());

  const open = (query = '', settings: Partial<Settings> = {}) =>
    openEventStoreDb({
      url: `esdb://127.0.0.1:${second.port},127.0.0.1:${first.port}?tls=false${query}`,
      attemptMs: 500,
      ...settings,
    });

  test('the leader is found by gossip', async () => {
    const store = open();
    const listener = listen(store, { after: await store.head() });
    await until(() => first.faults.openSubscriptions === 1);
    await store.append(freshPrefix(), [eventOf()], 'no_stream');
    expect(second.openCalls()).toBe(0);
    await listener.stop();
    await store.close();
  });

  test('by a name, too', async () => {
    const store = openEventStoreDb({ url: `esdb+discover://localhost:${second.port}?tls=false` });
    await store.append(freshPrefix(), [eventOf()], 'no_stream');
    expect(first.openCalls()).toBe(1);
    await store.close();
  });

  test('appends follow the leader when another is elected', async () => {
    const store = open();
    const stream = freshPrefix();
    await store.append(stream, [eventOf()], 'no_stream');
    leader = 'second';
    expect(await store.append(stream, [eventOf()], 0n)).toMatchObject({ revision: 1n });
    leader = 'first';
    expect(await store.append(stream, [eventOf()], 1n)).toMatchObject({ revision: 2n });
    await store.close();
  });

  test.each(['is gone', 'is frozen'])(
    'a leader that %s: appends, reads and subscriptions go on at the next',
    async (how) => {
      const store = open();
      const stream = freshPrefix();
      const listener = listen(store, { filter: { streamPrefixes: [stream] } });
      const { events } = await fill(store, stream, 5);
      await listener.until(() => listener.events().length === 5);
      if (how === 'is gone') await first.stop();
      else first.faults.inject({ kind: 'frozen' });
      leader = 'second';
      alive.first = false;
      const more = eventOf();
      expect(await store.append(stream, [more], 4n)).toMatchObject({ revision: 5n });
      expect(idsOf(await collect(store.readStream(stream)))).toEqual(idsOf([...events, more]));
      await listener.until(() => listener.events().length === 6);
      await listener.stop();
      await store.close();
    },
  );

  test('all nodes gone: STORE_UNAVAILABLE; when one returns, appends and subscriptions go on', async () => {
    const impatient = open('&maxDiscoverAttempts=2', { giveUpMs: 1_000 });
    const store = open('&maxDiscoverAttempts=2', { giveUpMs: 30_000 });
    const stream = freshPrefix();
    const listener = listen(store, { filter: { streamPrefixes: [stream] } });
    await store.append(stream, [eventOf()], 'no_stream');
    await impatient.ping();
    await Promise.all([first.stop(), second.stop()]);
    const waiting = store.append(stream, [eventOf()], 0n);
    await expect(impatient.append(stream, [eventOf()], 0n)).rejects.toMatchObject({
      code: expect.stringMatching('STORE_UNAVAILABLE|OUTCOME_UNKNOWN') as string,
    });
    await expect(impatient.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const back = await first.another({ cluster, port: first.port });
    expect(await waiting).toMatchObject({ revision: 1n });
    await listener.until(() => listener.events().length === 2);
    await listener.stop();
    await Promise.all([store.close(), impatient.close()]);
    await back.stop();
  });

  test('a node that is preferred for reading passes appends to the leader', async () => {
    const store = open('&nodePreference=follower');
    const listener = listen(store, { after: await store.head() });
    await until(() => second.faults.openSubscriptions === 1);
    await store.append(freshPrefix(), [eventOf()], 'no_stream');
    await listener.until(() => listener.events().length === 1);
    await listener.stop();
    await store.close();
  });
});

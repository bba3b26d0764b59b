import { randomUUID } from 'node:crypto';
import { AccessDeniedError, EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { selfSignedCertificate } from '../self-signed-certificate.js';
import { startDoubleOnSqlite, type DoubleOnSqlite } from './on-sqlite.js';

/** Who may do what, when the double has users. */
let double: DoubleOnSqlite;
const clients: Record<string, EventStoreDBClient> = {};
const certificate = selfSignedCertificate();
const users = {
  admin: { password: 'p-admin', groups: ['$admins'] },
  clerk: { password: 'p-clerk' },
  buyer: { password: 'p-buyer', groups: ['buyers'] },
};
beforeAll(async () => {
  double = await startDoubleOnSqlite({ tls: certificate, users });
  const endpoint = { address: 'localhost', port: double.port };
  const tls = { rootCertificate: certificate.cert };
  for (const username of Object.keys(users)) {
    const credentials = { username, password: `p-${username}` };
    clients[username] = new EventStoreDBClient({ endpoint }, tls, credentials);
  }
  clients['nobody'] = new EventStoreDBClient({ endpoint }, tls);
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.dispose();
  await double.dispose();
});

const as = (name: string): EventStoreDBClient => {
  const client = clients[name];
  if (!client) throw new RangeError(name);
  return client;
};
const may = async (action: Promise<unknown>) =>
  action.then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(AccessDeniedError);
      return false;
    },
  );
const read = async (name: string, stream: string) => {
  for await (const _ of as(name).readStream(stream));
};
const readAll = async (name: string) => {
  for await (const _ of as(name).readAll({ fromPosition: START, maxCount: 1 }));
};
const noted = () => jsonEvent({ type: 'Noted', data: {} });

test('without a stream metadata: everyone with a name may use streams, only $admins the system', async () => {
  const stream = `s-${randomUUID()}`;
  expect(await may(as('nobody').appendToStream(stream, noted()))).toBe(false);
  expect(await may(as('clerk').appendToStream(stream, noted()))).toBe(true);
  expect(await may(read('nobody', stream))).toBe(false);
  expect(await may(read('buyer', stream))).toBe(true);
  expect(await may(readAll('clerk'))).toBe(false);
  expect(await may(readAll('admin'))).toBe(true);
  expect(await may(as('clerk').appendToStream('$settings', noted()))).toBe(false);
  expect(await may(as('clerk').deleteStream(stream))).toBe(true);
});

test('the $acl of a stream says who reads, writes, deletes, and who may change that', async () => {
  const stream = `s-${randomUUID()}`;
  const acl = {
    readRoles: ['clerk', 'buyers'],
    writeRoles: ['clerk'],
    deleteRoles: ['$admins'],
    metaReadRoles: ['$all'],
    metaWriteRoles: ['$admins'],
  };
  await as('admin').setStreamMetadata(stream, { acl });
  expect(await may(as('clerk').appendToStream(stream, noted()))).toBe(true);
  expect(await may(as('buyer').appendToStream(stream, noted()))).toBe(false);
  expect(await may(read('buyer', stream))).toBe(true);
  expect(await may(as('clerk').deleteStream(stream))).toBe(false);
  expect(await may(as('clerk').setStreamMetadata(stream, {}))).toBe(false);
  expect((await as('buyer').getStreamMetadata(stream)).metadata?.acl).toEqual(acl);
  expect(await may(as('admin').tombstoneStream(stream))).toBe(true);
});

test.each(['append', 'batch append'])('a wrong password ends a %s as not authenticated', async (call) => {
  const credentials = { username: 'clerk', password: 'wrong' };
  const stranger = new EventStoreDBClient(
    { endpoint: { address: 'localhost', port: double.port } },
    { rootCertificate: certificate.cert },
    credentials,
  );
  const options = call === 'append' ? { credentials } : {};
  await expect(stranger.appendToStream(`s-${randomUUID()}`, noted(), options)).rejects.toBeInstanceOf(
    AccessDeniedError,
  );
  await stranger.dispose();
});

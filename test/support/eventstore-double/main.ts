import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqliteEventStore } from '../../../libs/event-store/sqlite/event-store.js';
import type { User } from './access.js';
import { startControl } from './control.js';
import { startEventStoreDouble } from './server.js';

const USAGE = `An EventStoreDB to try clients on: its gRPC protocol over an SQLite log.

npm run eventstore-double -- [options]
  --port 2113             where it listens (0: a free port)
  --host 127.0.0.1
  --control-port 2114     where faults are switched on over HTTP
  --data <file>           keeps the events; without it they are gone when it stops
  --tls-key <file> --tls-cert <file>
  --user name:password[:group,…]   may be repeated; calls then need credentials (and TLS); $admins may do everything
  --max-append-size 1048576
  --generation 24.2       or 23.10: how a subscription behaves that falls behind
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '2113' },
      host: { type: 'string', default: '127.0.0.1' },
      'control-port': { type: 'string', default: '2114' },
      data: { type: 'string' },
      'tls-key': { type: 'string' },
      'tls-cert': { type: 'string' },
      user: { type: 'string', multiple: true },
      'max-append-size': { type: 'string' },
      generation: { type: 'string', default: '24.2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const { generation, 'tls-key': key, 'tls-cert': cert, 'max-append-size': maxAppendSize } = values;
  if (generation !== '24.2' && generation !== '23.10') throw new RangeError('--generation is 24.2 or 23.10');

  const scratch = values.data ? undefined : mkdtempSync(join(tmpdir(), 'eventstore-double-'));
  const store = await openSqliteEventStore({ file: values.data ?? join(scratch ?? '', 'log.db') });
  const double = await startEventStoreDouble({
    log: store,
    host: values.host,
    port: Number(values.port),
    tls: key && cert ? { key: readFileSync(key), cert: readFileSync(cert) } : undefined,
    users: values.user && Object.fromEntries(values.user.map(userOf)),
    maxAppendSize: maxAppendSize === undefined ? undefined : Number(maxAppendSize),
    generation,
  });
  const control = await startControl(double, values.host, Number(values['control-port']));
  process.stdout.write(`${double.url}\nfaults: ${control.url}\n`);

  const stop = async () => {
    await control.stop();
    await double.stop();
    await store.close();
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function userOf(text: string): [string, User] {
  const [name = '', password = '', groups = ''] = text.split(':');
  return [name, { password, groups: groups.split(',').filter((group) => group !== '') }];
}

void main();

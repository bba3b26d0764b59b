import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { until } from '../until.js';

/** The double as a program, with its switches over HTTP. */
let folder: string;
let program: ChildProcess;
let url: string;
let control: string;
let client: EventStoreDBClient;

async function start(): Promise<void> {
  const args = ['--port', '0', '--control-port', '0', '--data', join(folder, 'log.db')];
  const register = join(__dirname, '../ts-register.cjs');
  program = spawn(process.execPath, ['--require', register, join(__dirname, 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!program.stdout) throw new Error('no output');
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  url = String((await lines.next()).value);
  control = String((await lines.next()).value).replace('faults: ', '');
  client = EventStoreDBClient.connectionString(url);
}

async function stop(): Promise<number | null> {
  await client.dispose();
  const exited = once(program, 'exit');
  program.kill('SIGTERM');
  const [code] = (await exited) as [number | null];
  return code;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventstore-double-'));
  await start();
});
afterAll(async () => {
  if (program.exitCode === null) program.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const noted = () => jsonEvent({ type: 'Noted', data: {} });
const ask = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${control}${path}`, { method, body: body && JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
};

test('serves a client, and keeps what it took when it is started again', async () => {
  await client.appendToStream('orders', [noted(), noted()]);
  expect(await stop()).toBe(0);
  await start();
  const read = [];
  for await (const one of client.readStream('orders')) read.push(one.event?.revision);
  expect(read).toEqual([0n, 1n]);
});

test('faults are switched on, shown and switched off', async () => {
  const fault = { kind: 'unavailable', times: 2, methods: ['batchAppend'] };
  expect(await ask('POST', '/faults', fault)).toEqual({ status: 200, answer: { faults: [fault] } });
  await expect(client.appendToStream('orders', noted())).rejects.toMatchObject({ code: 14 });
  expect((await ask('GET', '/')).answer).toEqual({ url, faults: [{ ...fault, times: 1 }], subscriptions: 0 });
  expect(await ask('DELETE', '/faults')).toEqual({ status: 200, answer: { faults: [] } });
  await client.appendToStream('orders', noted());
});

test('subscriptions are dropped, connections cut', async () => {
  for (const path of ['/drop-subscriptions', '/cut-connections']) {
    const subscription = client.subscribeToStream('orders');
    const failed = once(subscription, 'end').catch((error: unknown) => error);
    await once(subscription, 'caughtUp');
    expect((await ask('POST', path)).status).toBe(200);
    expect(await failed).toMatchObject({ code: 14 });
  }
  await until(async () => ((await ask('GET', '/')).answer as { subscriptions: number }).subscriptions === 0);
});

test('faults come at random for a while; the answer counts them', async () => {
  const { answer } = await ask('POST', '/random-faults', { seed: 7, forMs: 1_000, everyMs: 20 });
  const { counts } = answer as { counts: Record<string, number> };
  expect(Object.keys(counts).length).toBeGreaterThanOrEqual(5);
  expect((await ask('GET', '/')).answer).toMatchObject({ faults: [] });
});

test.each([
  { body: { kind: 'fire' } },
  { body: { kind: 'slow', methods: ['everything'] } },
  { body: { kind: 'slow', delayMs: 'long' } },
])('a fault that is none is refused: $body', async ({ body }) => {
  expect(await ask('POST', '/faults', body)).toMatchObject({ status: 400 });
  expect((await ask('GET', '/')).answer).toMatchObject({ faults: [] });
});

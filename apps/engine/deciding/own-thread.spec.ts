import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandRequest } from '../../../libs/application/command-outcome.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { readConfig } from '../config.js';
import { decideInItsOwnThread } from './own-thread.js';

// The thread itself runs where the engine was built: test/acceptance/deciding-thread.spec.ts. Here it is one that fails.
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-thread-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function decidingBy(program: string) {
  const file = join(folder, 'thread.cjs');
  await writeFile(
    file,
    `const { parentPort, workerData: { replies } } = require('node:worker_threads');\n${program}`,
  );
  return decideInItsOwnThread({
    config: readConfig({ DATA_DIR: folder }),
    observer: { command: () => undefined, append: () => undefined },
    onReplies: () => undefined,
    program: file,
  });
}

const cancel: CommandRequest<OrderCommand> = {
  id: 'O-1',
  caller: { role: 'buyer', id: 'B1' },
  idempotencyKey: 'k',
  command: { type: 'CancelOrder', data: {} },
};

test('a thread that cannot begin is no thread', async () => {
  await expect(decidingBy(`throw new Error('no disk');`)).rejects.toThrow('no disk');
});

test('of what a thread had not answered when it ended nobody knows what became; nothing more is decided', async () => {
  const deciding = await decidingBy(`
    parentPort.on('message', () => process.exit(1));
    parentPort.postMessage('ready');`);
  expect(deciding.failure()).toBeUndefined();
  const both = await Promise.allSettled([deciding.run('order', cancel), deciding.prepare('O-2')]);
  expect(both).toMatchObject([
    { status: 'rejected', reason: { code: 'OUTCOME_UNKNOWN' } },
    { status: 'rejected', reason: { code: 'OUTCOME_UNKNOWN' } },
  ]);
  expect(deciding.failure()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await expect(deciding.run('order', cancel)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await deciding.close();
});

test('what fails in the thread fails here, with its code and where it failed', async () => {
  const deciding = await decidingBy(`
    const said = [{ code: 'STORE_UNAVAILABLE', message: 'the disk is full' }, { message: 'a bug', stack: 'at there' }];
    parentPort.on('message', (message) => {
      if (message === 'stop') return parentPort.close(), replies.close();
      const replied = [];
      for (let at = 0; at < message.sent.length; at += 9)
        replied.push(message.sent[at], 3, 0, JSON.stringify(said.shift()), '');
      replies.postMessage({ replied, commands: [], appends: [] });
    });
    parentPort.postMessage('ready');`);
  await expect(deciding.run('order', cancel)).rejects.toMatchObject({
    name: 'EventStoreError',
    code: 'STORE_UNAVAILABLE',
    message: 'the disk is full',
  });
  await expect(deciding.run('order', cancel)).rejects.toMatchObject({ message: 'a bug', stack: 'at there' });
  await deciding.close();
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An engine process on a port of its own that is killed and started again on the same data. */
export interface DoomedEngine {
  readonly url: string;
  /** Starts the built engine and resolves once it answers that it is ready. */
  start(): Promise<void>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const MAIN = resolve(__dirname, '../../dist/apps/engine/main.js');
const READY_WITHIN_MS = 60_000;

export async function doomedEngine(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
): Promise<DoomedEngine> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let said = '';
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
  };
  return {
    url,
    async start() {
      said = '';
      child = spawn(process.execPath, [MAIN], {
        env: {
          ...process.env,
          DATA_DIR: dataDir,
          HOST: '127.0.0.1',
          PORT: String(port),
          LOG_LEVEL: 'error',
          ...environment,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
      const deadline = Date.now() + READY_WITHIN_MS;
      while (!(await isReady(url))) {
        if (child.exitCode !== null || Date.now() > deadline)
          throw new Error(`the engine did not become ready: ${said}`);
        await sleep(5);
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** An engine of its own, in a process of its own. */
export interface EngineProcess {
  readonly url: string;
  readonly dataDir: string;
  /** Resolves when the process has ended, by itself or because it was stopped. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts the engine that was built beside this program, and resolves once it is ready to take commands. */
export async function startEngine(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
  port = 0,
): Promise<EngineProcess> {
  const chosen = port === 0 ? await freePort() : port;
  const main = join(__dirname, '..', 'engine', 'main.js');
  const child = spawn(process.execPath, ['--no-allocation-site-pretenuring', '--enable-source-maps', main], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(chosen),
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${chosen}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null)
      throw new Error(`the engine ended with code ${child.exitCode} before it was ready`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`the engine was not ready within ${READY_WITHIN_MS / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, dataDir, ended, stop };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

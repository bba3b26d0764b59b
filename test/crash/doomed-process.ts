import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is killed and started again in the same way. */
export interface DoomedProcess {
  /** Undefined while it does not run. */
  pid(): number | undefined;
  /** Starts it and resolves once it is ready; rejects with what it said, and ends it, when it does not become so. */
  start(): Promise<void>;
  /** SIGKILL: no handler runs, nothing is flushed. Rejects when it had ended by itself. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Doom {
  /** For messages. */
  readonly name: string;
  /** Of Node: the program and its arguments. */
  readonly argv: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What it still waits for; undefined when it is ready. */
  awaits(): Promise<string | undefined>;
}

/** On a machine that has much else to do. */
const READY_WITHIN_MS = 240_000;

export function doomedProcess({ name, argv, environment, awaits }: Doom): DoomedProcess {
  let child: ChildProcess | undefined;
  let said = '';
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const ending = child;
    child = undefined;
    if (ending === undefined) return;
    if (hasEnded(ending)) throw new Error(`${name} had ended by itself (${ending.exitCode}): ${said}`);
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
  };
  return {
    pid: () => child?.pid,
    async start() {
      said = '';
      const started = spawn(process.execPath, argv, {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = started;
      started.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-10_000)));
      const deadline = Date.now() + READY_WITHIN_MS;
      for (let waiting = await awaits(); waiting !== undefined; waiting = await awaits()) {
        if (hasEnded(started) || Date.now() > deadline) {
          child = undefined;
          started.kill('SIGKILL');
          throw new Error(`${name} did not become ready: ${waiting} ${said}`);
        }
        await sleep(5);
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Undefined when an address answers, and well. */
export const unwell = (url: string): Promise<string | undefined> =>
  fetch(url).then(
    async (response) => {
      const text = await response.text();
      return response.ok ? undefined : `${response.status} ${text}`;
    },
    (error: unknown) => String(error),
  );

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

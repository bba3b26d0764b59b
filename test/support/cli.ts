import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const REGISTER = join(__dirname, 'ts-register.cjs');
const MAIN = join(__dirname, '../../apps/cli/main.ts');

export interface CliRun {
  readonly pid: number;
  /** Ends it as nothing can be caught: `kill -9`. */
  kill(): void;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/** `recourse …` as a process of its own, from the sources. */
export function startCli(args: readonly string[], environment: NodeJS.ProcessEnv = {}): CliRun {
  const child = spawn(process.execPath, ['--require', REGISTER, MAIN, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], stdout, stderr]) => ({ code, signal, stdout, stderr }),
  );
  return { pid: child.pid ?? 0, kill: () => void child.kill('SIGKILL'), ended };
}

/** Runs it to its end. */
export const cli = async (args: readonly string[], environment?: NodeJS.ProcessEnv) =>
  startCli(args, environment).ended;

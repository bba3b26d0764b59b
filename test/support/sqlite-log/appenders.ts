import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An append that a process was told is durable. */
export interface Acknowledged {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: string;
  readonly ids: readonly string[];
}

export interface AppendingProcess {
  readonly acknowledged: readonly Acknowledged[];
  /** Resolves when so many appends were acknowledged; rejects when the process ends before that. */
  until(count: number): Promise<void>;
  /** Lets it finish what it has begun, and close its store. */
  stop(): Promise<void>;
  /** SIGKILL. What it was told before and had written out is in `acknowledged`. */
  kill(): Promise<void>;
}

/** Starts a process of its own that appends to the log with so many appenders at a time. */
export function startAppending(file: string, name: string, appenders: number): AppendingProcess {
  const program = join(__dirname, 'appending-process.ts');
  const register = join(__dirname, '../ts-register.cjs');
  const child = spawn(process.execPath, ['--require', register, program, file, name, String(appenders)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const acknowledged: Acknowledged[] = [];
  const checks = new Set<() => void>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [stream, revision, position, ...ids] = line.split(' ');
    // The last line of a killed process may be cut.
    if (!stream || !revision || !position || ids.at(-1)?.length !== 36) return;
    acknowledged.push({ stream, revision: BigInt(revision), position, ids });
    for (const check of checks) check();
  });
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[code]]) =>
    Number(code ?? -1),
  );

  return {
    acknowledged,
    until: (count) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (acknowledged.length < count) return;
          checks.delete(check);
          resolve();
        };
        checks.add(check);
        void ended.then((code) =>
          reject(new Error(`${name} ended with ${code} after ${acknowledged.length} appends`)),
        );
        check();
      }),
    async stop() {
      child.stdin.end();
      const code = await ended;
      if (code !== 0) throw new Error(`${name} ended with ${code}`);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

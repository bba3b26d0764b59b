import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { Failure } from './failure.mjs';
import { root, under } from './paths.mjs';

/**
 * Runs a task's steps one after another, also after one has failed, so that one run shows all that is wrong; `args` go
 * to the last. The exit code is that of the first step that failed; a step that a signal ended ends this process by
 * the same signal.
 */
export async function runAll(node, { steps, inCallersFolder, env = {} }, args) {
  for (const [index, step] of steps.entries()) {
    const argv = index === steps.length - 1 ? [...step, ...args] : step;
    const { code, signal } = await run(node, argv, { cwd: inCallersFolder ? process.cwd() : root, env });
    if (signal) return void process.kill(process.pid, signal);
    process.exitCode ||= code;
  }
}

/**
 * Runs `node ...argv`, whose first argument that is no flag is a script below the top of the repository, with this
 * terminal, and resolves with how it ended. Signals to this process are passed on.
 */
export function run(node, argv, { cwd = root, stdio = 'inherit', env: more = {} } = {}) {
  const at = argv.findIndex((arg) => !arg.startsWith('-'));
  const script = under(argv[at]);
  if (!existsSync(script)) throw new Failure(`${argv[at]} is not there`);
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...more, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
    const child = spawn(node, argv.with(at, script), { cwd, stdio, env });
    const stop = passSignalsTo(child);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stop();
      resolve({ code: code ?? 1, signal });
    });
  });
}

function passSignalsTo(child) {
  const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    // Ctrl-C reaches the whole foreground group: passing it on would be a second one.
    const listener = signal === 'SIGINT' && process.stdin.isTTY ? () => {} : () => child.kill(signal);
    process.on(signal, listener);
    return [signal, listener];
  });
  return () => listeners.forEach(([signal, listener]) => process.off(signal, listener));
}

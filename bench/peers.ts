import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Sources, not dist: the peers have packages of their own. */
const FOLDER = join(__dirname, '..', '..', 'bench', 'peers');

/** Each peer's own figures on the in-process work; a peer that cannot be installed here says so. */
export const peers = (): Record<string, unknown> =>
  Object.fromEntries(
    ['emmett-sqlite', 'emmett-postgresql']
      .filter((name) => existsSync(join(FOLDER, name)))
      .map((name) => [name, runPeer(join(FOLDER, name))]),
  );

function runPeer(folder: string): unknown {
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (installed.status !== 0) return { notInstalled: installed.stderr.trim().split('\n').at(-1) };
  const run = spawnSync(process.execPath, ['bench.mjs'], { cwd: folder, encoding: 'utf8' });
  const line = run.stdout.trim().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? (JSON.parse(line) as unknown) : { failed: run.stderr.trim().slice(-300) };
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AS_DEPLOYED, startPostgres } from '../test/support/postgres.js';

/** Sources, not dist: the peers have packages of their own. */
const FOLDER = join(__dirname, '..', '..', 'bench', 'peers');
const run = promisify(execFile);

/** Each peer's own figures on the in-process work; a peer that cannot be installed here says so. */
export async function peers(): Promise<Record<string, unknown>> {
  const sqlite = await runPeer('emmett-sqlite', []);
  const postgres = await startPostgres(AS_DEPLOYED);
  try {
    const postgresql = await runPeer('emmett-postgresql', [await postgres.createDatabase()]);
    return { 'emmett-sqlite': sqlite, 'emmett-postgresql': postgresql };
  } finally {
    await postgres.stop();
  }
}

async function runPeer(name: string, args: readonly string[]): Promise<unknown> {
  const cwd = join(FOLDER, name);
  try {
    await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd });
  } catch (error) {
    return { notInstalled: lastLine((error as { stderr?: string }).stderr ?? String(error)) };
  }
  try {
    const { stdout } = await run(process.execPath, ['bench.mjs', ...args], { cwd });
    return JSON.parse(lastLine(stdout)) as unknown;
  } catch (error) {
    return { failed: String((error as { stderr?: string }).stderr ?? error).slice(-300) };
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

if (require.main === module) void peers().then((figures) => console.log(JSON.stringify(figures)));

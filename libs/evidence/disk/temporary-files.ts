import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A machine is told by its name, and a process by its id and something random: ids come again, in a container always. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
const PROCESS = `${process.pid}-${randomBytes(6).toString('hex')}`;
/** Another machine's processes cannot be asked whether they live; no upload takes so long. */
const FOREIGN_MS = 86_400_000;

let count = 0;

/** A name that no other file has, now or later; it says whose the file is. */
export const temporaryName = (): string => `${MACHINE}.${PROCESS}.${++count}.part`;

/** Removes the temporary files of processes that have ended; answers how many those were. */
export async function removeLeftovers(folder: string): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (!(await isLeftOver(file, name))) continue;
    await unlink(file).then(
      () => removed++,
      () => undefined,
    );
  }
  return removed;
}

async function isLeftOver(file: string, name: string): Promise<boolean> {
  const [machine, owner = ''] = name.split('.');
  if (owner === PROCESS) return false;
  if (machine === MACHINE) return !isAlive(Number(owner.split('-', 1)[0]));
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
  return mtimeMs < Date.now() - FOREIGN_MS;
}

/** This process's own id under another random part was that of a process before it. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

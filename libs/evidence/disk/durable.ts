import { mkdir, open, rename, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An entry of a folder is durable when the folder is: renaming alone may be forgotten by a machine that loses power. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; NTFS journals their entries.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The folder is there, durably, and so is each above it that was made for it. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Writes a small file whole: whoever reads `file` sees it as it was or as it will be. */
export async function writeWhole(file: string, text: string, temporary: string): Promise<void> {
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await moveTo(file, temporary);
}

/** Gives a file its name, in place of whatever had it, durably. */
export async function moveTo(file: string, from: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await makeFolder(dirname(file));
    try {
      await rename(from, file);
      break;
    } catch (error) {
      // An empty folder may be taken away between the two steps.
      if (!isMissing(error) || attempt === 3) throw error;
      await stat(from);
    }
  }
  await syncFolder(dirname(file));
}

/** Takes a folder away that nothing is in. */
export async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (!EMPTY_NO_MORE.has(error.code ?? '')) throw error;
  });
}

const EMPTY_NO_MORE: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM']);

export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Resolves with undefined where there is no such file. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

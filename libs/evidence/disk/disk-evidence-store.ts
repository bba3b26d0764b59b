import { createHash } from 'node:crypto';
import { open, readdir, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { EvidenceError } from '../evidence-error.js';
import type { EvidenceStore, OpenFile, StagedFile } from '../store.js';
import { ifThere, makeFolder, moveTo } from './durable.js';
import { removeLeftovers, temporaryName } from './temporary-files.js';
import { verified } from './verified.js';

/**
 * Evidence on a disk: `<folder>/files/ab/cd/<sha256>`, received in `<folder>/incoming`. Several processes may share the
 * folder. A file has its name only once it is whole and on the disk.
 */
export async function openDiskEvidenceStore(folder: string): Promise<EvidenceStore> {
  const incoming = join(folder, 'incoming');
  const leaving = join(folder, 'leaving');
  await makeFolder(incoming);
  await makeFolder(leaving);
  const fileOf = (sha256: string) => join(folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  return {
    async stage(source, { maxBytes, see }) {
      const path = join(incoming, temporaryName());
      const hash = createHash('sha256');
      let size = 0;
      const handle = await open(path, 'wx', 0o600).catch(noSpace);
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size > maxBytes) {
            throw new EvidenceError('FILE_TOO_LARGE', `the file has more than ${maxBytes} bytes`);
          }
          hash.update(chunk);
          see?.(chunk);
          await handle.appendFile(chunk).catch(noSpace);
        }
        await handle.sync().catch(noSpace);
        await handle.close();
      } catch (error) {
        await abandon(handle, path);
        throw error;
      }
      return staged(path, hash.digest('hex'), size);
    },

    has: async (sha256) => (await ifThere(stat(fileOf(sha256)))) !== undefined,

    async open(sha256): Promise<OpenFile | undefined> {
      const handle = await ifThere(open(fileOf(sha256), 'r'));
      if (handle === undefined) return undefined;
      const { size } = await handle.stat();
      return { size, bytes: verified(handle.createReadStream(), sha256) };
    },

    async remove(sha256, keptBefore) {
      const file = fileOf(sha256);
      const known = await ifThere(stat(file));
      if (known === undefined) return true;
      if (known.mtimeMs >= keptBefore) return false;
      // What is looked at is what is removed: under the file's own name another may have come meanwhile.
      const aside = join(leaving, sha256);
      await ifThere(rename(file, aside));
      const moved = await ifThere(stat(aside));
      if (moved !== undefined && moved.mtimeMs < keptBefore) {
        await ifThere(unlink(aside));
        return true;
      }
      await ifThere(moveTo(file, aside));
      return false;
    },

    async tidy() {
      for (const sha256 of await readdir(leaving)) {
        // Whoever was removing it has ended before it was clear that it may go.
        await ifThere(moveTo(fileOf(sha256), join(leaving, sha256)));
      }
      return removeLeftovers(incoming);
    },
  };

  function staged(path: string, sha256: string, size: number): StagedFile {
    let isKept = false;
    return {
      sha256,
      size,
      path,
      async keep() {
        await moveTo(fileOf(sha256), path).catch(noSpace);
        isKept = true;
      },
      async discard() {
        if (!isKept) await ifThere(unlink(path));
      },
    };
  }
}

async function abandon(handle: FileHandle, path: string): Promise<void> {
  await handle.close().catch(() => undefined);
  await ifThere(unlink(path));
}

function noSpace(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
  throw new EvidenceError('NO_SPACE', 'there is no room for the file', { cause: error });
}

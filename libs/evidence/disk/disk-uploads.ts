import { link, readFile, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 as sha256Of } from '../../kernel/sha256.js';
import { ownerKey, type Owner, type Upload, type Uploads } from '../uploads.js';
import { ifThere, makeFolder, moveTo, removeIfEmpty, writeWhole } from './durable.js';
import { temporaryName } from './temporary-files.js';

/**
 * Uploads as files of JSON beside the evidence: `<folder>/waiting/<owner>/<sha256>.json` until the order's history names
 * them, then `<folder>/settled/ab/cd/<sha256>/<owner>.json`. Several processes may share the folder.
 */
export async function openDiskUploads(folder: string): Promise<Uploads> {
  const incoming = join(folder, 'incoming');
  const waiting = join(folder, 'waiting');
  await makeFolder(incoming);
  await makeFolder(waiting);
  const waitingFile = (owner: Owner, sha256: string) => join(waiting, keyOf(owner), `${sha256}.json`);
  const settledFolder = (sha256: string) =>
    join(folder, 'settled', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const settledFile = (owner: Owner, sha256: string) => join(settledFolder(sha256), `${keyOf(owner)}.json`);
  const temporary = () => join(incoming, temporaryName());

  return {
    // What is settled meanwhile is missed where it waited, and found where it went.
    find: async (owner, sha256) =>
      (await read(waitingFile(owner, sha256))) ?? read(settledFile(owner, sha256)),

    waiting: (owner) => readAll(join(waiting, keyOf(owner))),

    async *allWaiting() {
      for (const key of await readdir(waiting)) yield* await readAll(join(waiting, key));
    },

    async put(upload) {
      const settled = settledFile(upload, upload.sha256);
      const isSettled = (await ifThere(stat(settled))) !== undefined;
      const file = isSettled ? settled : waitingFile(upload, upload.sha256);
      await writeWhole(file, JSON.stringify(upload), temporary());
    },

    async settle(upload) {
      const file = waitingFile(upload, upload.sha256);
      await ifThere(moveTo(settledFile(upload, upload.sha256), file));
      await removeIfEmpty(dirname(file));
    },

    isSettled: async (sha256) => ((await ifThere(readdir(settledFolder(sha256)))) ?? []).length > 0,

    async remove(upload) {
      const file = waitingFile(upload, upload.sha256);
      // What is looked at is what is removed: under the file's own name another may have come meanwhile.
      const aside = temporary();
      if ((await ifThere(rename(file, aside).then(() => true))) === undefined) return false;
      const found = await read(aside);
      const isTheSame = found?.uploadedAt === upload.uploadedAt;
      if (!isTheSame) {
        await makeFolder(dirname(file));
        await link(aside, file).catch(alreadyThere);
      }
      await unlink(aside);
      await removeIfEmpty(dirname(file));
      return isTheSame;
    },
  };
}

/** A name for a file that no id, however it is spelt, can bend: ids that differ in case only are different, too. */
const keyOf = (owner: Owner): string => sha256Of(ownerKey(owner));

async function read(file: string): Promise<Upload | undefined> {
  const text = await ifThere(readFile(file, 'utf8'));
  return text === undefined ? undefined : (JSON.parse(text) as Upload);
}

async function readAll(folder: string): Promise<readonly Upload[]> {
  const names = (await ifThere(readdir(folder))) ?? [];
  const uploads = await Promise.all(names.map((name) => read(join(folder, name))));
  return uploads.filter((upload) => upload !== undefined);
}

function alreadyThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

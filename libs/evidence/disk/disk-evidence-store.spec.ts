import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evidenceStoreContract, uploadsContract } from '../contract.js';
import { openDiskEvidenceStore } from './disk-evidence-store.js';
import { openDiskUploads } from './disk-uploads.js';

const folders: string[] = [];
const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-evidence-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const fileIn = (folder: string, sha256: string) =>
  join(folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

evidenceStoreContract('A disk', async () => {
  const folder = await newFolder();
  return {
    store: await openDiskEvidenceStore(folder),
    leftovers: async () => (await readdir(join(folder, 'incoming'))).length,
    async damage(sha256) {
      const file = fileIn(folder, sha256);
      const bytes = await readFile(file);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
    async age(sha256) {
      const then = new Date(Date.now() - 2 * 3_600_000);
      await utimes(fileIn(folder, sha256), then, then);
    },
  };
});

uploadsContract('A disk', async () => openDiskUploads(await newFolder()));

describe('Evidence on a disk', () => {
  it('lies where its hash says, for nobody else to read', async () => {
    const folder = await newFolder();
    const store = await openDiskEvidenceStore(folder);
    const staged = await store.stage(bytesOf('a'), { maxBytes: 10 });
    await staged.keep();
    const { mode, size } = await stat(fileIn(folder, staged.sha256));
    expect([mode & 0o777, size]).toEqual([0o600, 1]);
    expect((await stat(join(folder, 'files'))).mode & 0o777).toBe(0o700);
  });

  it('loses what a process that was killed had half received, and nothing of one that lives', async () => {
    const folder = await newFolder();
    const store = await openDiskEvidenceStore(folder);
    const staged = await store.stage(bytesOf('mine'), { maxBytes: 10 });
    const [mine = ''] = await readdir(join(folder, 'incoming'));
    const [machine = ''] = mine.split('.');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const leave = (name: string) => writeFile(join(folder, 'incoming', name), 'half');
    await leave(`${machine}.${dead}-0123456789ab.1.part`);
    // The same id under another random part: in a container every process has it.
    await leave(`${machine}.${process.pid}-0123456789ab.1.part`);
    await leave(`${machine}.${process.ppid}-0123456789ab.1.part`);
    await leave('another-host.1-0123456789ab.1.part');
    await leave('another-host.2-0123456789ab.1.part');
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(folder, 'incoming', 'another-host.2-0123456789ab.1.part'), longAgo, longAgo);
    expect(await store.tidy()).toBe(3);
    expect((await readdir(join(folder, 'incoming'))).toSorted()).toEqual(
      [
        mine,
        `${machine}.${process.ppid}-0123456789ab.1.part`,
        'another-host.1-0123456789ab.1.part',
      ].toSorted(),
    );
    await staged.keep();
  });

  it('takes back what somebody was removing who was killed on the way', async () => {
    const folder = await newFolder();
    const store = await openDiskEvidenceStore(folder);
    const staged = await store.stage(bytesOf('a'), { maxBytes: 10 });
    await staged.keep();
    await rename(fileIn(folder, staged.sha256), join(folder, 'leaving', staged.sha256));
    expect(await store.has(staged.sha256)).toBe(false);
    await store.tidy();
    expect(await store.has(staged.sha256)).toBe(true);
  });
});

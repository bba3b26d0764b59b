import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { bytesBetween, readBetween } from './file-bytes.js';

/** What is wrong with an archive. */
export type ArchiveFault = 'MALFORMED' | 'UNPACKS_TOO_LARGE' | 'ENCRYPTED' | 'MACROS';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly unpacked: number;
  /** Of its local header. */
  readonly offset: number;
}

const MEBIBYTE = 1_048_576;
/** An office document of twenty mebibytes unpacks to some hundred; a small one may be one long table. */
const MOST_UNPACKED = 256 * MEBIBYTE;
const ALWAYS_UNPACKED = 16 * MEBIBYTE;
const MOST_TIMES = 100;
const MOST_ENTRIES = 10_000;
const MOST_DIRECTORY = 4 * MEBIBYTE;
const DIRECTORY_END = 22;
const LONGEST_COMMENT = 65_535;
/** Ends of a directory that are looked at: there is one, unless somebody plays with us. */
const MOST_ENDS = 4;

const STORED = 0;
const DEFLATED = 8;
const MACROS = /(^|\/)(vbaproject\.bin|vbadata\.xml|activex\d*\.bin)$/i;

/**
 * Looks through a ZIP archive (APPNOTE 6.3.10) without trusting it; undefined: nothing is wrong. Entries that overlap,
 * that unpack to more than they say or to more than anybody needs, are faults, and so are macros. Each entry is unpacked
 * to nowhere, as far as it says.
 */
export const archiveFault = (path: string): Promise<ArchiveFault | undefined> =>
  looking(path, async (handle, size) => {
    const entries = await directoryOf(handle, size);
    return entries === undefined ? 'MALFORMED' : faultOf(entries, size, handle);
  });

/** True when a ZIP reader, which begins at the end, finds an archive in the file. */
export const holdsArchive = (path: string): Promise<boolean> =>
  looking(path, async (handle, size) => (await directoryOf(handle, size)) !== undefined);

async function looking<T>(path: string, at: (handle: FileHandle, size: number) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    return await at(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

async function faultOf(
  entries: readonly Entry[],
  size: number,
  handle: FileHandle,
): Promise<ArchiveFault | undefined> {
  if (entries.some(({ encrypted }) => encrypted)) return 'ENCRYPTED';
  if (entries.some(({ name }) => MACROS.test(name))) return 'MACROS';
  const sum = (of: 'packed' | 'unpacked') => entries.reduce((total, entry) => total + entry[of], 0);
  const most = Math.min(MOST_UNPACKED, Math.max(ALWAYS_UNPACKED, MOST_TIMES * size));
  // Entries that share bytes are how a small file unpacks to petabytes.
  if (sum('unpacked') > most || sum('packed') > size) return 'UNPACKS_TOO_LARGE';
  for (const entry of entries) {
    const fault = await entryFault(handle, entry);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

async function entryFault(handle: FileHandle, entry: Entry): Promise<ArchiveFault | undefined> {
  const { method, packed, unpacked } = entry;
  if (method === STORED) return packed === unpacked ? undefined : 'MALFORMED';
  const length = method === DEFLATED ? await unpackedLength(handle, entry) : undefined;
  if (length === undefined) return 'MALFORMED';
  return length > unpacked ? 'UNPACKS_TOO_LARGE' : undefined;
}

/** Stops as soon as it is more than the entry says; undefined for what does not unpack. */
async function unpackedLength(
  handle: FileHandle,
  { offset, packed, unpacked }: Entry,
): Promise<number | undefined> {
  const header = await readBetween(handle, offset, offset + 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) return undefined;
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const source = Readable.from(bytesBetween(handle, start, start + packed), { objectMode: false });
  const inflate = createInflateRaw();
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  let length = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > unpacked) break;
    }
    return length;
  } catch {
    return undefined;
  } finally {
    source.destroy();
  }
}

async function directoryOf(handle: FileHandle, size: number): Promise<readonly Entry[] | undefined> {
  const tail = await readBetween(handle, Math.max(0, size - DIRECTORY_END - LONGEST_COMMENT), size);
  let ends = 0;
  for (let at = tail.length - DIRECTORY_END; at >= 0 && ends < MOST_ENDS; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue;
    ends++;
    const count = tail.readUInt16LE(at + 10);
    const length = tail.readUInt32LE(at + 12);
    const end = size - tail.length + at;
    // Readers find the directory where it says it is, or right before its end when something stands before the archive.
    for (const offset of [tail.readUInt32LE(at + 16), end - length]) {
      if (offset < 0 || offset + length > end || length > MOST_DIRECTORY) continue;
      const entries = entriesOf(await readBetween(handle, offset, offset + length), count);
      if (entries !== undefined) return entries;
    }
  }
  return undefined;
}

function entriesOf(directory: Buffer, count: number): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined;
    if (entries.length === MOST_ENTRIES) return undefined;
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const next = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) return undefined;
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries.length === 0 ? undefined : entries;
}

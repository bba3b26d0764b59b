import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, under } from '../bootstrap/paths.mjs';

/** Paths (relative to the top, with `/`, sorted) of the files below the folders; folders named in `skip` are left out. */
export function filesBelow(folders, skip = []) {
  const walk = (folder) =>
    entriesOf(folder).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return [path];
      return entry.name === 'node_modules' || skip.includes(path) ? [] : walk(path);
    });
  return folders.flatMap(walk).toSorted();
}

export const read = (path) => readFileSync(under(path));

/** Writes so that a reader sees the old file or the whole new one: two builds may run at once. */
export function write(path, content) {
  const target = join(root, path);
  const temporary = `${target}.${process.pid}.tmp`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(temporary, content);
  renameSync(temporary, target);
}

export function readJson(path) {
  try {
    return JSON.parse(readFileSync(under(path), 'utf8'));
  } catch {
    return {};
  }
}

export const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};

function entriesOf(folder) {
  try {
    return readdirSync(under(folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

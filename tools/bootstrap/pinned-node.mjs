import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { under } from './paths.mjs';

/** The major version that this project is pinned to (better-sqlite3 crashes on 20). */
const MAJOR = 24;

const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * The Node that every task runs on: the one that npm installed for this platform (optionalDependencies), otherwise
 * the Node at hand if it is of the pinned major version.
 */
export function pinnedNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = [`node-${platform}`, `node-bin-${platform}`]
    .map((name) => under('node_modules', name, 'bin', file))
    .find(existsSync);
  if (installed === process.execPath || (installed && runs(installed))) return installed;
  if (Number(process.versions.node.split('.')[0]) === MAJOR) return process.execPath;
  throw new Failure(
    `npm has no Node ${MAJOR} that runs on ${platform}${installed ? ' with this C library' : ''}. ` +
      `Install Node ${MAJOR} yourself and run the same command with it (this is Node ${process.versions.node}).`,
  );
}

/** A binary for glibc is there but does not start on musl. */
function runs(node) {
  try {
    execFileSync(node, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

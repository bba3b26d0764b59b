import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { root, under } from './paths.mjs';

const STAMP = under('node_modules', '.recourse-installed');

/** Runs `npm ci` when node_modules is missing, or is not what package-lock.json and .npmrc ask for. */
export function ensureInstalled() {
  const wanted = wantedStamp();
  if (readOrEmpty(STAMP) === wanted) return;
  if (!installedMatchesLock()) install();
  writeFileSync(STAMP, wanted);
}

function wantedStamp() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', '.npmrc']) hash.update(readOrEmpty(under(file))).update('\0');
  return hash.digest('hex');
}

/**
 * Whether node_modules already holds what the lock names, by npm's own record of what it installed. It spares whoever
 * ran `npm install` by hand a second installation. A package for another platform is optional and may be missing.
 */
function installedMatchesLock() {
  const installed = packagesOf(under('node_modules', '.package-lock.json'));
  const locked = packagesOf(under('package-lock.json'));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : Boolean(optional || devOptional || peer);
  });
}

function packagesOf(lockFile) {
  const text = readOrEmpty(lockFile);
  return text === '' ? undefined : JSON.parse(text).packages;
}

function install() {
  console.error('recourse: installing dependencies (npm ci) …');
  const [command, ...prefix] = npm();
  const result = spawnSync(command, [...prefix, 'ci', '--loglevel=error'], {
    cwd: root,
    // stdout belongs to the task: what npm says goes to stderr.
    stdio: ['ignore', 2, 2],
    shell: prefix.length === 0 && process.platform === 'win32',
  });
  if (result.error) throw new Failure(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) throw new Failure('npm ci failed; its own message is above');
}

/** The npm that runs this script, on the Node that it runs on; otherwise the npm of the PATH. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  return script?.endsWith('npm-cli.js') ? [node ?? process.execPath, script] : ['npm'];
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

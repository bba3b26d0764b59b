import { Failure } from '../bootstrap/failure.mjs';
import { run } from '../bootstrap/run.mjs';
import { filesBelow, read, readJson, sha256, write } from './files.mjs';

const MANIFEST = 'dist/.console.json';

/** Builds the web console into dist/apps/console when its sources or dependencies changed; there may be none. */
export async function buildConsole(node) {
  const files = filesBelow(['apps/console']);
  if (!files.includes('apps/console/index.html')) return;
  const fingerprint = sha256(read('package-lock.json'), ...files.flatMap((path) => [path, read(path)]));
  if (readJson(MANIFEST).fingerprint === fingerprint) return;
  const vite = ['node_modules/vite/bin/vite.js', 'build', 'apps/console'];
  const options = ['--outDir', '../../dist/apps/console', '--emptyOutDir', '--logLevel', 'warn'];
  const { code } = await run(node, [...vite, ...options], { stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Failure('the console was not built; the messages are above');
  write(MANIFEST, JSON.stringify({ fingerprint }));
}

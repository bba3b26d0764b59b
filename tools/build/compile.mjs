import { rmSync } from 'node:fs';
import { dirname, relative } from 'node:path/posix';
import { Failure } from '../bootstrap/failure.mjs';
import { under } from '../bootstrap/paths.mjs';
import { filesBelow, read, readJson, sha256, write } from './files.mjs';

const FOLDERS = ['apps/engine', 'apps/cli', 'libs', 'projections', 'bench', 'test/support'];
/** A package of its own. */
const SKIP = ['bench/peers'];
const MANIFEST = 'dist/.compiled.json';

const isSource = (path) => path.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(path);
const isAsset = (path) => /\.(cjs|json)$/.test(path);
const outputOf = (path) => `dist/${path.replace(/\.ts$/, '.js')}`;

/** Compiles the sources that changed since the last time, copies the assets, and removes what has no source any more. */
export async function compile() {
  const before = readJson(MANIFEST);
  const settings = sha256(read('.swcrc'), read('node_modules/@swc/core/package.json'));
  const known = before.settings === settings ? before.files : {};
  const contents = new Map(
    filesBelow(FOLDERS, SKIP)
      .filter((path) => isSource(path) || isAsset(path))
      .map((path) => [path, read(path)]),
  );
  const files = Object.fromEntries([...contents].map(([path, content]) => [path, sha256(content)]));
  const changed = [...contents.keys()].filter((path) => files[path] !== known[path]);
  const gone = Object.keys(before.files ?? {}).filter((path) => !contents.has(path));
  if (changed.length === 0 && gone.length === 0) return;

  const started = performance.now();
  for (const path of gone)
    for (const end of ['', '.map']) rmSync(under(outputOf(path) + end), { force: true });
  await compileAll(changed, contents);
  write(MANIFEST, JSON.stringify({ settings, files }));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(`recourse: built ${changed.length} of ${contents.size} files in ${seconds} s`);
}

async function compileAll(paths, contents) {
  const { transform } = await import('@swc/core');
  const { exclude: _specs, ...options } = readJson('.swcrc');
  const results = await Promise.allSettled(
    paths.map(async (path) => {
      const output = outputOf(path);
      if (!isSource(path)) return write(output, contents.get(path));
      const { code, map } = await transform(contents.get(path).toString(), {
        ...options,
        swcrc: false,
        filename: under(path),
        sourceFileName: relative(dirname(output), path),
      });
      write(`${output}.map`, map);
      write(output, `${code}\n//# sourceMappingURL=${output.slice(output.lastIndexOf('/') + 1)}.map\n`);
    }),
  );
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.message] : []));
  if (errors.length > 0) throw new Failure(`the build failed\n${errors.join('\n')}`);
}

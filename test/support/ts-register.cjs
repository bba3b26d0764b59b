/**
 * Lets a process that a test starts run the sources as they are: `node --require <this file> program.ts`.
 * Compiles with swc by the settings of the build, and finds `./x.js` in `./x.ts`. Worker threads inherit it.
 */
const { existsSync, readFileSync } = require('node:fs');
const { registerHooks } = require('node:module');
const { join } = require('node:path');
const { fileURLToPath } = require('node:url');
const { transformSync } = require('@swc/core');

const { exclude: _specs, ...options } = JSON.parse(readFileSync(join(__dirname, '../../.swcrc'), 'utf8'));

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (/^\.{1,2}\//.test(specifier) && specifier.endsWith('.js') && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'commonjs', shortCircuit: true };
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const settings = { ...options, swcrc: false, sourceMaps: 'inline', filename };
    const { code } = transformSync(readFileSync(filename, 'utf8'), settings);
    return { format: 'commonjs', source: code, shortCircuit: true };
  },
});

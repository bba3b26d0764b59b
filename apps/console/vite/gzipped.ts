import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** A gzipped twin of every script and stylesheet: the engine serves it to whoever takes it, and compresses nothing itself. */
export function gzipped(): Plugin {
  return {
    name: 'recourse:gzipped',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue;
        const source = file.type === 'chunk' ? file.code : file.source;
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) });
      }
    },
  };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** A gzipped twin of every script and stylesheet: the engine serves it to whoever takes it, and compresses nothing itself. */
export function gzipped(): Plugin {
  return {
    name: 'recourse:gzipped',
    apply: 'build',
    // From what was written: other plugins still change a bundle while it is generated.
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue;
        const file = join(dir, fileName);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const FOLDERS = ['standard_fonts', 'cmaps'] as const;

/**
 * The fonts and character maps that a PDF may leave out because every reader has them, beside the scripts: pdfjs asks for them
 * by their names when a document needs one.
 */
export function pdfLetters(modules: string): Plugin {
  return {
    name: 'recourse:pdf-letters',
    apply: 'build',
    generateBundle() {
      for (const folder of FOLDERS) {
        const from = join(modules, 'pdfjs-dist', folder);
        for (const name of readdirSync(from)) {
          this.emitFile({
            type: 'asset',
            fileName: `assets/pdf/${folder}/${name}`,
            source: readFileSync(join(from, name)),
          });
        }
      }
    },
  };
}

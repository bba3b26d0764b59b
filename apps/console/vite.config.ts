import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { gzipped } from './vite/gzipped.js';
import { pdfLetters } from './vite/pdf-letters.js';
import { themeVariables } from './vite/theme-variables.js';

const ENGINE = process.env.RECOURSE_URL ?? 'http://127.0.0.1:3000';

// oxlint-disable-next-line import/no-default-export -- Vite reads it so.
export default defineConfig({
  plugins: [
    themeVariables(),
    pdfLetters(fileURLToPath(new URL('../../node_modules', import.meta.url))),
    gzipped(),
  ],
  resolve: {
    // A history is folded here, never decided: due instants are in it, and no calendar is asked.
    alias: [
      {
        find: /^date-holidays$/,
        replacement: fileURLToPath(new URL('as-of/no-holidays.ts', import.meta.url)),
      },
    ],
  },
  build: {
    target: 'es2023',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      // Mantine marks its files for React's server components, of which there are none here.
      onLog: (level, log, show) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : show(level, log)),
    },
  },
  // `npx vite apps/console` beside a running engine, for whoever works on the console.
  server: { proxy: { '/v1': ENGINE, '/openapi.json': ENGINE } },
});

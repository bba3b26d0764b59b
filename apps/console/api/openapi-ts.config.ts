import { defineConfig } from '@hey-api/openapi-ts';

// oxlint-disable-next-line import/no-default-export -- openapi-ts reads it so.
export default defineConfig({
  input: 'apps/console/api/openapi.json',
  output: { path: 'apps/console/api/generated', clean: true, entryFile: false },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', operations: { strategy: 'flat' } },
  ],
});

#!/usr/bin/env node
// `npx recourse …` in a clone: builds what is stale and runs the CLI on the pinned Node.
process.argv.splice(2, 0, 'cli', '--');
await import('../../../tools/bootstrap.mjs');

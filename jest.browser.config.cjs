const base = require('./jest.config.cjs');

/** `npm run test:browser`: what needs a Chromium and the console that was built. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser.ts'],
  globalSetup: '<rootDir>/test/browser/global-setup.cjs',
  globalTeardown: '<rootDir>/test/browser/global-teardown.cjs',
  testSequencer: '<rootDir>/test/browser/sequencer.cjs',
  testTimeout: 180_000,
  // One browser at a time, on one engine.
  maxWorkers: 1,
};

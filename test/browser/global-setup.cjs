// jest maps no modules in its global setup: the sources are compiled as they are required.
require('../support/ts-register.cjs');
const { startSharedEngine } = require('./shared-engine.ts');

module.exports = async () => {
  globalThis.letGoOfSharedEngine = await startSharedEngine();
};

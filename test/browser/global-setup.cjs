// jest maps no modules in its global setup: the sources are compiled as they are required.
// oxlint-disable-next-line import/no-unassigned-import -- it is there for what it does
require('../support/ts-register.cjs');
const { startSharedEngine } = require('./shared-engine.ts');

module.exports = async () => {
  globalThis.letGoOfSharedEngine = await startSharedEngine();
};

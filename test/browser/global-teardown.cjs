module.exports = () => globalThis.letGoOfSharedEngine?.();

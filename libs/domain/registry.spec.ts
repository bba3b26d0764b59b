import { eventSchemas } from './registry.js';
import { inspectorStream, orderStream, parseStream, policyStream, supplierStream } from './streams.js';

describe('The registry of events', () => {
  test('knows every type and version once, with versions from 1 without gaps', () => {
    const versions = Map.groupBy(eventSchemas, ({ type }) => type);
    for (const released of versions.values()) {
      expect(released.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(
        released.map((_, index) => index + 1),
      );
    }
  });

  test('every version but the newest says how it becomes the next', () => {
    for (const { type, version, upcast } of eventSchemas) {
      const newest = !eventSchemas.some((other) => other.type === type && other.version > version);
      expect([type, version, upcast !== undefined]).toEqual([type, version, !newest]);
    }
  });
});

describe('Streams', () => {
  test('are named by kind and id, and the name says both', () => {
    expect(parseStream(orderStream('O-1'))).toEqual({ kind: 'order', id: 'O-1' });
    expect(parseStream(supplierStream('S1'))).toEqual({ kind: 'supplier', id: 'S1' });
    expect(parseStream(policyStream('standard'))).toEqual({ kind: 'policy', id: 'standard' });
    expect(parseStream(inspectorStream('I1'))).toEqual({ kind: 'inspector', id: 'I1' });
    expect(['order-', 'order', '$ce-order', 'orders-1', ''].map(parseStream)).toEqual(
      Array(5).fill(undefined),
    );
  });
});

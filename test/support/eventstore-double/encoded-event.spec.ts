import { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { encodedEvent } from './encoded-event.js';
import { readEvent } from './wire.js';

const text = fc.string({ unit: 'grapheme', maxLength: 400 });

test('the generated class reads an encoded event as it reads its own', () => {
  const recordArb = fc.record({
    id: fc.uuid(),
    stream: text,
    revision: fc.oneof(
      fc.bigInt({ min: 0n, max: 1_000n }),
      fc.constantFrom(9_007_199_254_740_992n, 9_223_372_036_854_775_807n),
    ),
    position: fc.bigInt({ min: 1n, max: 9_007_199_254_740_991n }),
    type: text,
    isJson: fc.boolean(),
    data: fc.uint8Array({ maxLength: 20_000 }),
    metadata: fc.uint8Array({ maxLength: 300 }),
    createdMs: fc.integer({ min: 1, max: 4_000_000_000_000 }),
  });
  fc.assert(
    fc.property(recordArb, (record) => {
      const read = ReadResp.deserializeBinary(encodedEvent(record));
      expect(Buffer.from(read.serializeBinary())).toEqual(
        Buffer.from(readEvent(record, false).serializeBinary()),
      );
    }),
    { numRuns: 500 },
  );
});

import fc from 'fast-check';
import { bytesOf, textsOf } from './stored-form.js';

const bytes = fc.oneof(
  fc.uint8Array(),
  fc.string({ unit: 'grapheme' }).map((text) => Uint8Array.from(Buffer.from(text))),
  fc.json().map((text) => Uint8Array.from(Buffer.from(text))),
  fc
    .constantFrom('', '\u0000', '{"$double":1}', '\ufeff{}')
    .map((text) => Uint8Array.from(Buffer.from(text))),
);

test('whatever bytes are stored, the same come back', () => {
  fc.assert(
    fc.property(fc.boolean(), bytes, bytes, (isJson, data, metadata) => {
      const back = bytesOf(textsOf({ isJson, data, metadata }));
      expect(back.isJson).toBe(isJson);
      expect(Uint8Array.from(back.data)).toEqual(data);
      expect(Uint8Array.from(back.metadata)).toEqual(metadata);
    }),
    { numRuns: 1_000 },
  );
});

test('JSON data with JSON metadata is stored as it came: the embedded store can read the file', () => {
  const data = '{ "z": 1.0 }';
  const metadata = '{"actor":"buyer"}';
  const stored = textsOf({ isJson: true, data: Buffer.from(data), metadata: Buffer.from(metadata) });
  expect(stored).toEqual({ data, metadata });
});

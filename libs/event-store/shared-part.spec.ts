import fc from 'fast-check';
import Type, { type Static } from 'typebox';
import { canonicalJson } from '../kernel/canonical-json.js';
import { sharedPartReader } from './shared-part.js';

const closed = { additionalProperties: false };
const Policy = Type.Object({ name: Type.String(), days: Type.Array(Type.Integer()) }, closed);
const schema = Type.Object(
  {
    by: Type.String(),
    policy: Policy,
    policyId: Type.String(),
    terms: Type.Optional(
      Type.Object({ policy: Type.Optional(Type.Null()), policyId: Type.String() }, closed),
    ),
  },
  closed,
);
type Confirmed = Static<typeof schema>;
const confirmed = (over: object = {}) => ({
  by: 'B1',
  policy: { name: 'Standard', days: [5, 10] },
  policyId: 'standard',
  ...over,
});

test('gives what is written, and equal parts as one', () => {
  const read = sharedPartReader(schema, 'policy');
  const [first, second] = ['B1', 'B2'].map((by) => read(canonicalJson(confirmed({ by }))) as Confirmed);
  expect([first, second]).toEqual([confirmed(), confirmed({ by: 'B2' })]);
  expect(second?.policy).toBe(first?.policy);
  const other = confirmed({ policy: { name: 'Standard', days: [5] } });
  expect(read(canonicalJson(other))).toEqual(other);
});

test('whoever would change a part of many events is stopped', () => {
  const { policy } = sharedPartReader(schema, 'policy')(canonicalJson(confirmed())) as Confirmed;
  expect(() => policy.days.push(20)).toThrow(TypeError);
  expect(() => (policy.name = 'Other')).toThrow(TypeError);
});

test('never gives anything else than JSON.parse would, whatever stands in the texts around it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('"policy":', ',"policyId":', '"policy":null,"policyId":"', '{', '\\'),
  );
  const read = sharedPartReader(schema, 'policy');
  const data = fc.record(
    {
      by: text,
      policy: fc.record({ name: text, days: fc.array(fc.integer(), { maxLength: 2 }) }),
      policyId: text,
      terms: fc.record({ policy: fc.constant(null), policyId: text }, { requiredKeys: ['policyId'] }),
    },
    { requiredKeys: ['by', 'policy', 'policyId'] },
  );
  fc.assert(
    fc.property(data, (value) => {
      expect(read(canonicalJson(value))).toEqual(value);
    }),
  );
});

test.each([
  ['something between', '{"policy":{"name":"x","days":[]},"by":"B1","policyId":"p"}'],
  ['spaces', '{"by":"B1", "policy" : {"name":"x","days":[]} , "policyId":"p"}'],
  ['a part that the schema refuses', canonicalJson(confirmed({ policy: { name: 1, days: [] } }))],
  ['a part that is no object', canonicalJson(confirmed({ policy: 7 }))],
  ['no part', canonicalJson({ by: 'B1', policyId: 'p' })],
  ['a rest that the schema refuses', canonicalJson(confirmed({ by: 5 }))],
  ['a property too many', canonicalJson(confirmed({ more: 1 }))],
  ['a part that comes again', '{"by":"B1","policy":{"name":"x","days":[]},"policyId":"p","policy":1}'],
  [
    'the name deeper inside, and null where it should be',
    '{"by":"B1","terms":{"policy":{"name":"x","days":[]},"policyId":"p"},"policy":null,"policyId":"p"}',
  ],
  ['text that is cut off', canonicalJson(confirmed()).slice(0, -1)],
])('leaves to others: %s', (_, text) => {
  expect(sharedPartReader(schema, 'policy')(text)).toBeUndefined();
});

test('a part that is not there, or has nothing behind it, cannot be shared', () => {
  expect(() => sharedPartReader(schema, 'rules')).toThrow(RangeError);
  expect(() => sharedPartReader(schema, 'terms')).toThrow(RangeError);
  expect(() => sharedPartReader(Type.String(), 'policy')).toThrow(RangeError);
});

import fc from 'fast-check';
import { v5 } from 'uuid';
import { nameBasedUuid } from './name-based-uuid.js';

describe('nameBasedUuid', () => {
  it('gives what the uuid package gives, for any name in any namespace', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (name, namespace) => {
        expect(nameBasedUuid(name, namespace)).toBe(v5(name, namespace));
      }),
    );
  });

  it('refuses a namespace that is no UUID', () => {
    expect(() => nameBasedUuid('name', 'command')).toThrow(TypeError);
  });
});

import fc from 'fast-check';
import { isId } from '../kernel/ids.js';
import { subjectId } from './subject.js';

describe('The id of a provider’s subject', () => {
  test.each([
    ['what is an id stays', 'a-1', 'a-1'],
    ['Auth0', 'auth0|5f7c8ec7c33c6c004bbafe82', 'auth0~7C5f7c8ec7c33c6c004bbafe82'],
    ['Google', '10769150350006150715113082367', '10769150350006150715113082367'],
    ['an address', 'astrid@example.com', 'astrid~40example.com'],
    ['a URL', 'https://id.example.com/u/7', 'https~3A~2F~2Fid.example.com~2Fu~2F7'],
    ['Keycloak', 'f:1b2c3d4e:astrid', 'f~3A1b2c3d4e~3Aastrid'],
    ['other letters', 'Zoë', 'Zo~C3~AB'],
    ['a space', 'j o', 'j~20o'],
    ['a leading dot', '.hidden', '~2Ehidden'],
    ['what looks like an encoded one', 'auth0~7Cabc', 'auth0~7E7Cabc'],
  ])('%s', (_name, subject, id) => {
    expect(subjectId(subject)).toBe(id);
  });

  test('what is too long is told by its hash', () => {
    const long = 'x'.repeat(65);
    expect(subjectId(long)).toMatch(/^sha256~~[\w-]{43}$/);
    expect(subjectId(`${long}y`)).not.toBe(subjectId(long));
    expect(subjectId('x'.repeat(64))).toBe('x'.repeat(64));
  });

  test.each([[''], ['x'.repeat(256)], ['\ud800'], [7], [undefined], [null], [['a']]])(
    '%j is none',
    (subject) => {
      expect(subjectId(subject)).toBeUndefined();
    },
  );

  test('every subject has an id, the same each time, and no two have one', () => {
    const subject = fc
      .string({ minLength: 1, maxLength: 120, unit: 'binary' })
      .filter((text) => text.length <= 255);
    fc.assert(
      fc.property(subject, subject, (one, other) => {
        expect(isId(subjectId(one))).toBe(true);
        expect(subjectId(one) === subjectId(other)).toBe(one === other);
      }),
    );
    // Those that differ in little.
    fc.assert(
      fc.property(
        fc.stringMatching(/^[~|.7Ca]{1,8}$/),
        fc.stringMatching(/^[~|.7Ca]{1,8}$/),
        (one, other) => {
          expect(subjectId(one) === subjectId(other)).toBe(one === other);
        },
      ),
    );
  });
});

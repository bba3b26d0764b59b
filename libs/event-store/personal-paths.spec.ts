import Type from 'typebox';
import { personalPaths } from './personal-paths.js';

const personal = Type.String({ personal: true });

test('lists marked fields wherever a schema can hold them, as JSON Pointers', () => {
  const schema = Type.Object({
    buyer: Type.Object({ id: Type.String(), name: personal }),
    'a/b~c': personal,
    note: Type.Optional(Type.Union([personal, Type.Null()])),
    lines: Type.Array(Type.Object({ text: personal, amount: Type.Integer() })),
    pair: Type.Tuple([Type.String(), personal]),
    byLanguage: Type.Record(Type.String(), personal),
    contact: Type.Intersect([Type.Object({ mail: personal }), Type.Object({ phone: personal })]),
    whole: Type.Object({ street: Type.String() }, { personal: true }),
  });
  expect(personalPaths(schema)).toEqual([
    '/a~1b~0c',
    '/buyer/name',
    '/byLanguage/*',
    '/contact/mail',
    '/contact/phone',
    '/lines/*/text',
    '/note',
    '/pair/1',
    '/whole',
  ]);
});

test('a schema without personal fields has none', () => {
  expect(personalPaths(Type.Object({ amount: Type.Integer() }))).toEqual([]);
});

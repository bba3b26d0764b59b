import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import { COMMAND_TYPES } from '../../../../libs/domain/permissions.js';
import { allVerbs } from '../../../../test/support/all-verbs.js';
import type { Verb } from '../verb.js';
import { compileCheck, type Failure } from './compiled-check.js';
import { nestedClassOf, type BodyClass } from './nested-classes.js';

const checkOf = (type: BodyClass) =>
  compileCheck(type, (owner, property) => nestedClassOf(owner as BodyClass, property));

/** Commands that only the engine itself sends. */
const FROM_WITHIN = ['ExpireDeadlines', 'ReserveCoverage', 'ReleaseCoverage', 'SuspendForRecovery'];

describe('Bodies of commands', () => {
  it('there is one for every command that a caller may send', () => {
    const sent = new Set(allVerbs.map(({ command }) => command));
    expect(COMMAND_TYPES.filter((type) => !sent.has(type))).toEqual(FROM_WITHIN);
  });

  test.each(allVerbs.map((verb) => [`${verb.command} (${verb.verb})`, verb] as const))(
    '%s: its example is valid',
    (_name, { body, example }) => {
      expect(checkOf(body)(example)).toEqual([]);
    },
  );

  it('is checked exactly as class-validator would check it', async () => {
    const broken = fc
      .constantFrom(...allVerbs)
      .chain((verb) => fc.record({ verb: fc.constant(verb), body: damaged(verb) }));
    await fc.assert(
      fc.asyncProperty(broken, async ({ verb: { body: type }, body }) => {
        const ours = checkOf(type)(body).map(saying).toSorted();
        expect(ours).toEqual(await classValidatorSays(type, body));
      }),
      { numRuns: 3_000 },
    );
  });
});

/** An example to which a few things have happened. */
const damaged = ({ example }: Verb): fc.Arbitrary<object> =>
  fc.array(fc.record({ at: fc.nat(), how: change }), { maxLength: 4 }).map((changes) => {
    const body = structuredClone(example) as Json;
    for (const { at, how } of changes) {
      const places = placesIn(body);
      const place = places[at % Math.max(1, places.length)];
      how(place?.owner ?? body, place?.key ?? 'added');
    }
    return body;
  });

type Json = Record<string, unknown>;
type Change = (owner: Json, key: string) => void;

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    -0,
    1.5,
    2 ** 53,
    '',
    ' ',
    'USD',
    'XXX',
    'ACCEPT',
    '2026-02-31',
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 2 }).filter((json) => !JSON.stringify(json).includes('__proto__')),
  fc.string({ minLength: 19_990, maxLength: 20_010 }),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((owner, key) => delete owner[key]),
  value.map<Change>((put) => (owner, key) => (owner[key] = structuredClone(put))),
  value.map<Change>(
    (put) => (owner) =>
      Array.isArray(owner) ? owner.push(structuredClone(put)) : (owner['un/kno~wn'] = structuredClone(put)),
  ),
  fc.constant<Change>(
    (owner, key) => (owner[key] = [structuredClone(owner[key]), structuredClone(owner[key])]),
  ),
);

/** Every property and item below. */
function placesIn(owner: Json): { readonly owner: Json; readonly key: string }[] {
  return Object.entries(owner).flatMap(([key, child]) => [
    { owner, key },
    ...(typeof child === 'object' && child !== null ? placesIn(child as Json) : []),
  ]);
}

const saying = ({ pointer, constraint, message }: Omit<Failure, 'missing'>): string =>
  `${pointer} ${constraint} ${message}`;

async function classValidatorSays(type: BodyClass, body: object): Promise<string[]> {
  const errors = await validate(instanceOf(type, body), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });
  return errors.flatMap((error) => flattened(error, '')).toSorted();
}

/** The body as an instance of its class, which is how class-validator knows what to check; nothing else is changed. */
function instanceOf(type: BodyClass, plain: object): object {
  const instance = Object.assign(Object.create(type.prototype) as Json, plain);
  for (const { propertyName, type: kind } of getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    false,
    false,
  )) {
    if (kind !== 'nestedValidation') continue;
    const child = instance[propertyName];
    const nested = nestedClassOf(type, propertyName);
    const made = (one: unknown): unknown =>
      Array.isArray(one)
        ? one.map(made)
        : typeof one === 'object' && one !== null
          ? instanceOf(nested, one)
          : one;
    instance[propertyName] = made(child);
  }
  return instance;
}

function flattened({ property, constraints = {}, children = [] }: ValidationError, at: string): string[] {
  const pointer = `${at}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return [
    ...Object.entries(constraints).map(([constraint, message]) => saying({ pointer, constraint, message })),
    ...children.flatMap((child) => flattened(child, pointer)),
  ];
}

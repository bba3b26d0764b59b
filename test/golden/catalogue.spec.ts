import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { eventCatalogue } from '../../libs/domain/catalogue/catalogue.js';
import { SHAPES, fieldsOf } from '../../libs/domain/catalogue/fields.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import { personalPaths } from '../../libs/event-store/personal-paths.js';
import { recordedExamples } from './examples.js';

const newest = eventSchemas.filter(({ upcast }) => upcast === undefined);
const examples = recordedExamples();

describe('The event catalogue', () => {
  /** Where this fails: `npm run catalogue`. */
  test('is what the schemas and the golden streams say today', () => {
    expect(readFileSync('docs/event-catalogue.md', 'utf8')).toBe(eventCatalogue(examples));
  });

  test('has an example of every event, and each is valid', () => {
    const invalid = newest.filter(({ type, schema }) => !Value.Check(schema, examples.get(type)?.event.data));
    expect(invalid.map(({ type }) => type)).toEqual([]);
  });

  test('marks every personal field', () => {
    const pointer = (path: string) => `/${path.replaceAll('[]', '.*').replaceAll('.', '/')}`;
    const marked = (schema: (typeof newest)[number]['schema']) =>
      fieldsOf(schema)
        .filter(({ personal }) => personal)
        .map(({ path }) => pointer(path))
        .toSorted();
    for (const [, shape] of SHAPES) expect(marked(shape)).toEqual(personalPaths(shape));
    // The shapes have pages of their own; none of them is personal today, or this would have to follow them.
    for (const { type, schema } of newest)
      expect([type, marked(schema)]).toEqual([type, personalPaths(schema)]);
  });

  test('is not written for an event without an example', () => {
    expect(() => eventCatalogue(new Map())).toThrow(RangeError);
  });
});

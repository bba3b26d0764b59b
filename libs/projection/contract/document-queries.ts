import fc from 'fast-check';
import type { Projection } from '../projection.js';
import type { Condition, Order, Query } from '../query.js';
import { documentRows } from '../read-models/document-rows.js';
import { openReadModels } from '../read-models/read-models.js';
import { rowOf } from '../projector/fold.js';
import { codeOf, type Stage } from './support.js';

interface Item {
  readonly place: string | null;
  readonly kind: string;
  readonly size: number | null;
}

const items: Projection<Item> = {
  name: 'items',
  version: 1,
  types: [],
  key: () => [],
  evolve: () => null,
  columns: [
    { name: 'place', type: 'text', value: ({ place }) => place },
    { name: 'kind', type: 'text', value: ({ kind }) => kind },
    { name: 'size', type: 'integer', value: ({ size }) => size },
  ],
};

type Stored = Item & { readonly id: string };

export function documentQueries(stage: () => Stage): void {
  const filled = async (all: readonly Stored[]) => {
    const { database, documents } = await stage().models([items]);
    const rows = documentRows(database, 'items_v1', items);
    await database.write(rows.upsert(all.map(({ id, ...document }) => rowOf(items, id, document))));
    return documents(items);
  };

  const some: readonly Stored[] = [
    { id: '1', place: 'Aachen', kind: 'x', size: 3 },
    { id: '2', place: 'aalborg', kind: 'y', size: null },
    { id: '3', place: null, kind: 'x', size: -1 },
    { id: '4', place: 'Århus', kind: 'y', size: 3 },
    { id: '5', place: '100% 🙂_x', kind: 'x', size: Number.MAX_SAFE_INTEGER },
  ];

  test.each<[string, Condition[], string[]]>([
    ['equal text', [{ column: 'place', op: 'eq', value: 'Aachen' }], ['1']],
    ['equal integer', [{ column: 'size', op: 'eq', value: 3 }], ['1', '4']],
    ['the largest integer', [{ column: 'size', op: 'gte', value: Number.MAX_SAFE_INTEGER }], ['5']],
    ['less, which null is not', [{ column: 'size', op: 'lt', value: 3 }], ['3']],
    ['less or equal', [{ column: 'size', op: 'lte', value: 3 }], ['1', '3', '4']],
    ['greater', [{ column: 'size', op: 'gt', value: -1 }], ['1', '4', '5']],
    ['greater text, by code point', [{ column: 'place', op: 'gt', value: 'Z' }], ['2', '4']],
    ['one of', [{ column: 'place', op: 'in', value: ['Aachen', 'aalborg'] }], ['1', '2']],
    ['one of none', [{ column: 'place', op: 'in', value: [] }], []],
    ['prefix, in its case', [{ column: 'place', op: 'prefix', value: 'Aa' }], ['1']],
    [
      'prefix that ends in a pair of surrogates',
      [{ column: 'place', op: 'prefix', value: '100% 🙂' }],
      ['5'],
    ],
    [
      'an empty prefix, which null lacks',
      [{ column: 'place', op: 'prefix', value: '' }],
      ['1', '2', '4', '5'],
    ],
    ['contains, A–Z in either case', [{ column: 'place', op: 'contains', value: 'AL' }], ['2']],
    ['contains what patterns use', [{ column: 'place', op: 'contains', value: '% 🙂_' }], ['5']],
    ['null', [{ column: 'size', op: 'isNull', value: true }], ['2']],
    ['not null', [{ column: 'place', op: 'isNull', value: false }], ['1', '2', '4', '5']],
    ['id', [{ column: 'id', op: 'in', value: ['2', '9'] }], ['2']],
    [
      'together',
      [
        { column: 'kind', op: 'eq', value: 'x' },
        { column: 'size', op: 'gt', value: 0 },
      ],
      ['1', '5'],
    ],
    [
      'one or the other',
      [
        {
          anyOf: [
            { column: 'place', op: 'isNull', value: true },
            { column: 'size', op: 'isNull', value: true },
          ],
        },
      ],
      ['2', '3'],
    ],
    ['none of none', [{ anyOf: [] }], []],
  ])('where: %s', async (_, where, ids) => {
    const documents = await filled(some);
    const { items: found } = await documents.query({ where, limit: 10 });
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(await documents.count({ where })).toBe(ids.length);
  });

  test('search looks into every text column and the id', async () => {
    const documents = await filled([...some, { id: 'Alaska', place: null, kind: 'z', size: 0 }]);
    const { items: found } = await documents.query({ search: 'AL', limit: 10 });
    expect(found.map(({ id }) => id)).toEqual(['2', 'Alaska']);
    expect(await documents.count({ search: 'AL', where: [{ column: 'kind', op: 'eq', value: 'z' }] })).toBe(
      1,
    );
  });

  test('a document is given back as it was, and one that is not there as undefined', async () => {
    const odd = { place: 'null \0 and \ud800 and " and \\u0000', kind: '{}', size: null };
    const documents = await filled([...some, { id: 'odd', ...odd }]);
    expect(await documents.get('odd')).toEqual(odd);
    expect(await documents.get('nobody')).toBeUndefined();
  });

  test.each<[string, Query]>([
    ['an unknown column', { where: [{ column: 'colour', op: 'eq', value: 'red' }], limit: 1 }],
    ['the document itself', { orderBy: [{ column: 'doc', direction: 'asc' }], limit: 1 }],
    ['SQL as a column', { orderBy: [{ column: 'size"; drop table items_v1', direction: 'asc' }], limit: 1 }],
    ['SQL as a direction', { orderBy: [{ column: 'size', direction: 'asc, 1' as 'asc' }], limit: 1 }],
    ['text for an integer', { where: [{ column: 'size', op: 'eq', value: '3' }], limit: 1 }],
    ['a fraction for an integer', { where: [{ column: 'size', op: 'gt', value: 0.5 }], limit: 1 }],
    ['a number for text', { where: [{ column: 'place', op: 'in', value: ['a', 1] }], limit: 1 }],
    ['a prefix of an integer', { where: [{ column: 'size', op: 'prefix', value: '1' }], limit: 1 }],
    ['an unknown operator', { where: [{ column: 'size', op: 'ne', value: 1 } as never], limit: 1 }],
    [
      'an unknown column deep inside',
      { where: [{ anyOf: [{ column: 'x', op: 'isNull', value: true }] }], limit: 1 },
    ],
    [
      'ordering twice by a column',
      {
        orderBy: [
          { column: 'size', direction: 'asc' },
          { column: 'size', direction: 'desc' },
        ],
        limit: 1,
      },
    ],
    ['no limit', { limit: 0 }],
    ['half a limit', { limit: 1.5 }],
    ['a limit beyond the largest', { limit: 1_001 }],
  ])('refused with INVALID_QUERY: %s', async (_, query) => {
    const documents = await filled(some);
    expect(await codeOf(documents.query(query))).toBe('INVALID_QUERY');
  });

  test('paging meets every document exactly once and in order, for every order and page size', async () => {
    const { database, documents } = await stage().models([items]);
    const rows = documentRows(database, 'items_v1', items);
    const text = fc.constantFrom('', 'a', 'aa', 'B', 'é', '\u{FFFD}', '😀', '0');
    const stored = fc.record({
      place: fc.option(text),
      kind: text,
      size: fc.option(fc.constantFrom(0, -1, 7, Number.MIN_SAFE_INTEGER)),
    });
    const orders = fc.uniqueArray(
      fc.record<Order>({
        column: fc.constantFrom('place', 'kind', 'size', 'id'),
        direction: fc.constantFrom('asc', 'desc'),
      }),
      { selector: ({ column }) => column, maxLength: 4 },
    );
    const where = fc.constantFrom<Condition[]>([], [{ column: 'kind', op: 'lt', value: 'b' }]);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          stored.chain((item) =>
            fc.record({
              id: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
              item: fc.constant(item),
            }),
          ),
          { selector: ({ id }) => id, maxLength: 25 },
        ),
        orders,
        where,
        fc.integer({ min: 1, max: 6 }),
        async (all, orderBy, conditions, limit) => {
          const clean = all.filter(({ id }) => !id.includes('\0'));
          const present = await documents(items).query({ limit: 1_000 });
          await database.write([
            ...rows.remove(present.items.map(({ id }) => id)),
            ...rows.upsert(clean.map(({ id, item }) => rowOf(items, id, item))),
          ]);
          const met: string[] = [];
          let cursor: string | null = null;
          do {
            const page: Awaited<ReturnType<ReturnType<typeof documents<Item>>['query']>> = await documents(
              items,
            ).query({
              where: conditions,
              orderBy,
              limit,
              cursor,
            });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            expect(page.items.length).toBeGreaterThan(clean.length === 0 || conditions.length > 0 ? -1 : 0);
            met.push(...page.items.map(({ id }) => id));
            cursor = page.nextCursor;
          } while (cursor !== null);
          const model = clean
            .map(({ id, item }) => ({ id, ...item }))
            .filter(({ kind }) => conditions.length === 0 || byCodePoint(kind, 'b') < 0)
            .toSorted(comparing(orderBy))
            .map(({ id }) => id);
          expect(met).toEqual(model);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a cursor that was tampered with, or is of another query, is refused; another page size is not', async () => {
    const documents = await filled(some);
    const orderBy: Order[] = [{ column: 'size', direction: 'desc' }];
    const { nextCursor } = await documents.query({ orderBy, limit: 2 });
    const cursor = nextCursor ?? '';
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect((await documents.query({ orderBy, limit: 4, cursor })).items).toHaveLength(3);
    const foreign: Query[] = [
      { limit: 2, cursor },
      { orderBy: [{ column: 'size', direction: 'asc' }], limit: 2, cursor },
      { orderBy, where: [{ column: 'kind', op: 'eq', value: 'x' }], limit: 2, cursor },
      { orderBy, search: 'a', limit: 2, cursor },
    ];
    for (const query of foreign) expect(await codeOf(documents.query(query))).toBe('INVALID_CURSOR');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(cursor.length - 1),
        fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', '=', '.', ' ', 'é'),
        async (at, character) => {
          const tampered = `${cursor.slice(0, at)}${character}${cursor.slice(at + 1)}`;
          if (tampered === cursor) return;
          expect(await codeOf(documents.query({ orderBy, limit: 2, cursor: tampered }))).toBe(
            'INVALID_CURSOR',
          );
        },
      ),
      { numRuns: 60 },
    );
    for (const junk of ['', ' ', 'x', `${cursor}A`, cursor.slice(0, -1)]) {
      expect(await codeOf(documents.query({ orderBy, limit: 2, cursor: junk }))).toBe('INVALID_CURSOR');
    }
  });

  test('columns that are changed without a new version are refused, and with one they are built', async () => {
    const { models } = stage();
    await filled(some);
    const fewer = { ...items, columns: items.columns.slice(1) };
    expect(await codeOf(models([fewer]))).toBe('COLUMNS_CHANGED');
    const reordered = await models([{ ...items, columns: items.columns.toReversed() }]);
    expect(await reordered.documents(items).count()).toBe(some.length);
    const next = {
      ...items,
      version: 2,
      columns: [...items.columns, { ...items.columns[0], name: 'town' }],
    } as typeof items;
    const raised = await models([next]);
    expect(await raised.documents(next).get('1')).toEqual({ place: 'Aachen', kind: 'x', size: 3 });
    const byTown: Query = { where: [{ column: 'town', op: 'eq', value: 'Aachen' }], limit: 1 };
    expect(await codeOf(raised.documents(next).query(byTown))).toBe('COLUMN_NOT_BUILT');
  });

  test('many processes may open one empty database at a time', async () => {
    const { models } = stage();
    const all = await Promise.all(Array.from({ length: 6 }, () => models([items])));
    for (const { documents } of all) expect(await documents(items).count()).toBe(0);
  });

  test.each<[string, Partial<Projection<Item>>]>([
    ['a name with a capital', { name: 'Items' }],
    ['a name that is SQL', { name: 'items; drop table active' }],
    ['version 0', { version: 0 }],
    ['a column called id', { columns: [{ name: 'id', type: 'text', value: () => '' }] }],
    ['a column twice', { columns: [items.columns, items.columns].flat() }],
    ['a column with a space', { columns: [{ name: 'a b', type: 'text', value: () => '' }] }],
  ])('refused with INVALID_PROJECTION: %s', async (_, change) => {
    const { database } = await stage().models([items]);
    expect(await codeOf(openReadModels(database, [{ ...items, ...change }]))).toBe('INVALID_PROJECTION');
  });

  test('a projection that has no documents here is UNKNOWN_PROJECTION', async () => {
    const { documents } = await stage().models([items]);
    expect(await codeOf(documents({ ...items, name: 'others' }).get('1'))).toBe('UNKNOWN_PROJECTION');
  });
}

const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function comparing(orders: readonly Order[]): (a: Stored, b: Stored) => number {
  const last = orders.at(-1)?.direction ?? 'asc';
  const total: readonly Order[] = [...orders, { column: 'id', direction: last }];
  return (a, b) => {
    for (const { column, direction } of total) {
      const order = compare(a[column as keyof Stored], b[column as keyof Stored]);
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return 0;
  };
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return typeof a === 'string' ? byCodePoint(a, String(b)) : a - Number(b);
}

import pg from 'pg';
import { startPostgres, type PostgresServer } from '../../../test/support/postgres.js';
import { binaryBigints, binaryTexts } from './binary-array.js';

/** What PostgreSQL reads of arrays that were written for it. */
let server: PostgresServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  client = new pg.Client({ connectionString: await server.createDatabase() });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

const texts = [
  '',
  'plain',
  'quoted "twice" and \\slashed\\',
  '{1,2}',
  'NULL',
  null,
  ' Zoë 🧾\n\t',
  'x'.repeat(70_000),
];

test('texts of any kind, and null', async () => {
  const { rows } = await client.query('select * from unnest($1::text[]) as value', [binaryTexts(texts)]);
  expect(rows.map(({ value }: { value: string | null }) => value)).toEqual(texts);
});

test('documents, to the byte', async () => {
  const documents = [
    '{"b": 1,"a":"\\u0000 \\" 🧾"}',
    JSON.stringify({ texts, n: 1e21, list: [null, true] }),
    '[]',
  ];
  const { rows } = await client.query('select * from unnest($1::text[]) as value', [binaryTexts(documents)]);
  expect(rows.map(({ value }: { value: string }) => value)).toEqual(documents);
});

test('integers from end to end, and null', async () => {
  const numbers = [0, -1, null, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  const { rows } = await client.query('select value::text from unnest($1::bigint[]) as value', [
    binaryBigints(numbers),
  ]);
  expect(rows.map(({ value }: { value: string | null }) => value)).toEqual(
    numbers.map((number) => (number === null ? null : String(number))),
  );
});

test('none', async () => {
  const { rows } = await client.query('select $1::text[] as texts, $2::bigint[] as numbers', [
    binaryTexts([]),
    binaryBigints([]),
  ]);
  expect(rows).toEqual([{ texts: [], numbers: [] }]);
});

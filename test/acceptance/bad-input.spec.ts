import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { PRESETS } from '../../libs/domain/policy/presets.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import {
  disputed,
  draft,
  openMarketplace,
  paid,
  payment,
  terms,
  type Marketplace,
} from '../support/marketplace.js';

/** Who sends it, where, what exactly, and what is to be said about it. */
interface BadInput {
  readonly what: string;
  readonly as: 'buyer' | 'supplier' | 'payments' | 'arbitrator' | 'admin' | 'risk' | 'nobody';
  readonly method?: string;
  readonly path: string;
  /** Bytes as they are, or a value to be written as JSON. */
  readonly raw?: string | Buffer;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  readonly pointer: string;
  readonly code?: string;
}

const json = JSON.stringify;
const order = (over: object = {}) => draft('O-bad', over);
const withTerms = (over: object) => order({ terms: { ...terms, ...over } });
const ORDERS = '/v1/orders';
const PAY = '/v1/orders/O-paid/record-payment';
const DISPUTE = '/v1/orders/O-disputed/disputes/1';
const rawOrder = (text: string, replacement: string) => json(order()).replace(text, replacement);
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

const drafted = (what: string, body: unknown, pointer: string, status = 400): BadInput => ({
  what,
  as: 'buyer',
  path: ORDERS,
  body,
  status,
  pointer,
});
const writtenAs = (what: string, raw: string | Buffer, pointer: string, code?: string): BadInput => ({
  what,
  as: 'buyer',
  path: ORDERS,
  raw,
  status: 400,
  pointer,
  code,
});
const asked = (what: string, path: string, pointer: string, status = 400): BadInput => ({
  what,
  as: 'buyer',
  method: 'GET',
  path,
  status,
  pointer,
});
const header = (what: string, headers: BadInput['headers'], pointer: string, status = 400): BadInput => ({
  what,
  as: 'buyer',
  path: ORDERS,
  body: order(),
  headers,
  status,
  pointer,
});

const policy = (over: object) => ({
  policyId: 'bad',
  title: 'Bad',
  parameters: { ...PRESETS.standard, ...over },
});
const policed = (what: string, over: object, pointer: string, status = 400): BadInput => ({
  what,
  as: 'admin',
  path: '/v1/policies',
  body: policy(over),
  status,
  pointer,
});

const TABLE: readonly BadInput[] = [
  // JSON that is none, or that parsers read differently (RFC 7493).
  writtenAs('an empty body', '', '', 'JSON.EMPTY'),
  writtenAs('a body of blanks', '   ', '', 'JSON.EMPTY'),
  writtenAs('JSON that breaks off', '{"orderId":', '', 'JSON.SYNTAX'),
  writtenAs('two JSON texts', '{} {}', '', 'JSON.SYNTAX'),
  writtenAs('single quotes', "{'orderId':'O-bad'}", '', 'JSON.SYNTAX'),
  writtenAs('a byte order mark', `\ufeff${json(order())}`, '', 'JSON.BYTE_ORDER_MARK'),
  writtenAs(
    'bytes that are no UTF-8',
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    '',
    'JSON.NOT_UTF8',
  ),
  writtenAs(
    'a key twice',
    rawOrder('"orderId":"O-bad"', '"orderId":"O-bad","orderId":"O-worse"'),
    '/orderId',
  ),
  writtenAs(
    'a key twice, deep down',
    rawOrder('"count":5000', '"count":5000,"count":1'),
    '/terms/quantity/count',
  ),
  writtenAs('__proto__', rawOrder('"orderId"', '"__proto__":{"admin":true},"orderId"'), '/__proto__'),
  writtenAs(
    'constructor.prototype',
    rawOrder('"orderId"', '"constructor":{"prototype":{}},"orderId"'),
    '/constructor/prototype',
  ),
  writtenAs('2^53 + 1', rawOrder('1000000', '9007199254740993'), '/terms/orderValue/amount'),
  writtenAs('negative zero', rawOrder('1000000', '-0'), '/terms/orderValue/amount'),
  writtenAs('a number too large for any', rawOrder('1000000', '1e400'), '/terms/orderValue/amount'),
  writtenAs('a lone surrogate', rawOrder('Canvas tote bag', '\\ud800'), '/terms/product'),
  writtenAs('a lone surrogate in a key', rawOrder('"orderId"', '"\\udfff":1,"orderId"'), '/\udfff'),
  writtenAs('U+0000', rawOrder('Canvas tote bag', 'a\\u0000b'), '/terms/product'),
  writtenAs('a body forty levels deep', `{"orderId":${deep(40)}}`, `/orderId${'/0'.repeat(31)}`),
  writtenAs('a body 100,000 levels deep', deep(100_000), '/0'.repeat(32)),
  { ...writtenAs('a body of 300 KiB', json(order({ reference: 'x'.repeat(300 * 1024) })), ''), status: 413 },
  writtenAs('an array for a body', '[]', ''),
  writtenAs('text for a body', '"order"', ''),
  writtenAs('null for a body', 'null', ''),

  // Fields that are none, or of another kind.
  drafted('a property that is not known', order({ price: 1 }), '/price'),
  drafted(
    'a property that is not known, deep down',
    withTerms({ quantity: { ...terms.quantity, size: 1 } }),
    '/terms/quantity/size',
  ),
  drafted('a missing property', order({ category: undefined }), '/category'),
  drafted('null for an optional property', order({ reference: null }), '/reference'),
  drafted('a number for text', order({ category: 7 }), '/category'),
  drafted('blank text', withTerms({ product: ' \t ' }), '/terms/product'),
  drafted('text that is too long', withTerms({ product: 'x'.repeat(501) }), '/terms/product'),
  drafted('an object for a list', withTerms({ specification: {} }), '/terms/specification'),
  drafted('a list for an object', withTerms({ quantity: [terms.quantity] }), '/terms/quantity'),
  drafted(
    '101 terms',
    withTerms({
      specification: Array.from({ length: 101 }, (_, n) => ({ ...terms.specification[0], id: `t${n}` })),
    }),
    '/terms/specification',
  ),
  drafted('an id with a slash', order({ orderId: 'O/1' }), '/orderId'),
  drafted('an id that climbs', order({ orderId: '../O-1' }), '/orderId'),
  drafted('an id of 65 characters', order({ orderId: 'x'.repeat(65) }), '/orderId'),
  drafted('an empty id', order({ supplierId: '' }), '/supplierId'),
  drafted('a coverage that does not exist', withTerms({ coverageType: 'FULL' }), '/terms/coverageType'),
  drafted('a flag in words', withTerms({ qualitySafeguard: 'yes' }), '/terms/qualitySafeguard'),

  // Money (rule 12).
  drafted(
    'an amount with decimals',
    withTerms({ orderValue: { amount: 10.5, currency: 'USD' } }),
    '/terms/orderValue/amount',
  ),
  {
    ...drafted(
      'decimals for JPY',
      { ...payment, amount: { amount: 12.5, currency: 'JPY' } },
      '/amount/amount',
    ),
    as: 'payments',
    path: PAY,
  },
  drafted(
    'an amount as text',
    withTerms({ orderValue: { amount: '1000000', currency: 'USD' } }),
    '/terms/orderValue/amount',
  ),
  drafted(
    'a negative amount',
    withTerms({ coveredAmount: { amount: -1, currency: 'USD' } }),
    '/terms/coveredAmount/amount',
  ),
  drafted(
    'a currency that is none',
    withTerms({ orderValue: { amount: 1, currency: 'XXX' } }),
    '/terms/orderValue/currency',
  ),
  drafted(
    'a currency in small letters',
    withTerms({ orderValue: { amount: 1, currency: 'usd' } }),
    '/terms/orderValue/currency',
  ),
  drafted('money without a currency', withTerms({ balance: { amount: 1 } }), '/terms/balance/currency'),
  drafted(
    'two currencies',
    withTerms({ balance: { amount: 700_000, currency: 'EUR' } }),
    '/terms/balance/currency',
    422,
  ),
  drafted(
    'milestones that do not add up',
    withTerms({ balance: { amount: 1, currency: 'USD' } }),
    '/terms/balance/amount',
    422,
  ),

  // Dates, instants, zones, countries (rules 2 and 5).
  drafted('31 February', withTerms({ shipDate: '2026-02-31' }), '/terms/shipDate'),
  drafted('29 February of no leap year', withTerms({ shipDate: '2027-02-29' }), '/terms/shipDate'),
  drafted('a month for a date', withTerms({ shipDate: '2026-03' }), '/terms/shipDate'),
  drafted('a date range', withTerms({ shipDate: '2026-03-01/2026-03-31' }), '/terms/shipDate'),
  drafted('an instant for a date', withTerms({ shipDate: '2026-03-01T00:00:00Z' }), '/terms/shipDate'),
  drafted('a ship date that has passed', withTerms({ shipDate: '2020-01-01' }), '/terms/shipDate', 422),
  drafted(
    'a country that is none',
    order({ buyer: { id: 'B1', name: 'B', country: 'ZZ' } }),
    '/buyer/country',
  ),
  drafted(
    'a country by its name',
    order({ buyer: { id: 'B1', name: 'B', country: 'United States' } }),
    '/buyer/country',
  ),
  {
    ...drafted('an instant without a zone', { ...payment, paidAt: '2026-03-01T00:00:00' }, '/paidAt'),
    as: 'payments',
    path: PAY,
  },
  {
    ...drafted('an instant on 31 April', { ...payment, paidAt: '2026-04-31T00:00:00.000Z' }, '/paidAt'),
    as: 'payments',
    path: PAY,
  },
  {
    ...drafted('25 o’clock', { ...payment, paidAt: '2026-04-30T25:00:00.000Z' }, '/paidAt'),
    as: 'payments',
    path: PAY,
  },
  policed('a zone that is none', { zone: 'Asia/Atlantis' }, '/parameters/zone'),
  policed('an offset for a zone', { zone: '+08:00' }, '/parameters/zone'),
  policed('a duration that is none', { supplierResponse: '5 days' }, '/parameters/supplierResponse'),
  policed('a negative duration', { supplierResponse: '-P5D' }, '/parameters/supplierResponse'),
  policed(
    'a duration beyond the calendar',
    { supplierResponse: 'P9999Y' },
    '/parameters/supplierResponse',
    422,
  ),
  policed(
    'a policy that contradicts itself',
    { silence: 'AWAIT_AUTO_ESCALATION', autoEscalation: 'P1D' },
    '/parameters/autoEscalation',
    422,
  ),

  // Commands with forms of their own.
  {
    what: 'a refusal without reasons',
    as: 'supplier',
    path: `${DISPUTE}/respond`,
    body: { response: 'REJECT', statement: 'No.' },
    status: 400,
    pointer: '/reasonCodes',
  },
  {
    what: 'an acceptance with reasons',
    as: 'supplier',
    path: `${DISPUTE}/respond`,
    body: { response: 'ACCEPT', statement: 'Yes.', reasonCodes: ['WAIVED'] },
    status: 400,
    pointer: '/reasonCodes',
  },
  {
    what: 'a counter-offer without an offer',
    as: 'supplier',
    path: `${DISPUTE}/respond`,
    body: { response: 'COUNTER', statement: 'Half.' },
    status: 400,
    pointer: '/offer',
  },
  {
    what: 'a liability above the whole',
    as: 'arbitrator',
    path: `${DISPUTE}/issue-determination`,
    body: {
      liability: 10_001,
      remedies: ['NOTHING'],
      reasonCodes: ['WAIVED'],
      evidence: [],
      terms: [],
      fileRevision: '1',
      statement: 'x',
    },
    status: 400,
    pointer: '/liability',
  },
  {
    what: 'a file revision as a number',
    as: 'arbitrator',
    path: `${DISPUTE}/issue-determination`,
    body: {
      liability: 0,
      remedies: ['NOTHING'],
      reasonCodes: ['WAIVED'],
      evidence: [],
      terms: [],
      fileRevision: 1,
      statement: 'x',
    },
    status: 400,
    pointer: '/fileRevision',
  },
  {
    what: 'a hash that is too short',
    as: 'buyer',
    path: `${DISPUTE}/submit-evidence`,
    body: { kind: 'PHOTO', sha256: 'abc', size: 1, mediaType: 'image/png', fileName: 'a.png' },
    status: 400,
    pointer: '/sha256',
  },
  {
    what: 'a failed refund without a reason',
    as: 'payments',
    path: '/v1/orders/O-paid/record-refund',
    body: { refundId: 'r', outcome: 'FAILED', amount: { amount: 1, currency: 'USD' } },
    status: 400,
    pointer: '/reason',
  },

  // Headers.
  header('no Idempotency-Key', { 'idempotency-key': undefined }, '/headers/idempotency-key'),
  header('an empty Idempotency-Key', { 'idempotency-key': '' }, '/headers/idempotency-key'),
  header('a key of 300 characters', { 'idempotency-key': 'k'.repeat(300) }, '/headers/idempotency-key'),
  header('a key that is not ASCII', { 'idempotency-key': 'schl\u00fcssel' }, '/headers/idempotency-key'),
  header('a wrong media type', { 'content-type': 'text/plain' }, '/headers/content-type', 415),
  header('a form', { 'content-type': 'application/x-www-form-urlencoded' }, '/headers/content-type', 415),
  header('a media type that is none', { 'content-type': 'json' }, '/headers/content-type', 415),
  header('If-Match that is no revision', { 'if-match': 'latest' }, '/headers/if-match'),
  header('no token', { authorization: undefined }, '/headers/authorization', 401),
  header('a token that is none', { authorization: 'Bearer abc' }, '/headers/authorization', 401),
  header('a password', { authorization: 'Basic dXNlcjpwYXNz' }, '/headers/authorization', 401),

  // Addresses, methods, queries.
  asked('an address that does not exist', '/v1/nothing', '/path', 404),
  asked('a resource that does not exist', '/v1/orders/O-none', '/path/orderId', 404),
  asked('an id that cannot be', '/v1/orders/a%20b', '/path/orderId', 404),
  asked('an id that climbs in the address', '/v1/orders/..%2f..%2fetc', '/path/orderId', 404),
  asked('an address that does not decode', '/v1/orders/%E0%A4%A', '/path'),
  asked('an id of 1,000 characters', `/v1/orders/${'x'.repeat(1_000)}`, '/path', 414),
  asked('a dispute that is no number', '/v1/case-files/O-disputed/one', '/path/dispute', 404),
  {
    what: 'a foreign dispute number',
    as: 'buyer',
    path: '/v1/orders/O-disputed/disputes/99/withdraw',
    body: {},
    status: 404,
    pointer: '/path/dispute',
  },
  {
    what: 'a method that is not allowed',
    as: 'buyer',
    method: 'DELETE',
    path: '/v1/orders/O-paid',
    status: 405,
    pointer: '/path',
  },
  {
    what: 'reading an action',
    as: 'buyer',
    method: 'GET',
    path: '/v1/orders/O-paid/cancel',
    status: 405,
    pointer: '/path',
  },
  asked('a parameter that is not known', '/v1/orders?page=2', '/query/page'),
  asked('a parameter twice', '/v1/orders?limit=1&limit=2', '/query/limit'),
  asked('a limit of none', '/v1/orders?limit=0', '/query/limit'),
  asked('a limit in words', '/v1/orders?limit=ten', '/query/limit'),
  asked('a status that is none', '/v1/orders?status=OPEN', '/query/status'),
  asked('a cursor of another list', '/v1/orders?cursor=abc', '/query/cursor'),
  asked('a revision that is none', '/v1/orders/O-paid?revision=-1', '/query/revision'),
  asked('an instant that is none', '/v1/orders/O-paid?at=yesterday', '/query/at'),

  // What an order is not ready for, and what belongs to others.
  {
    what: 'a skipped state: completing before receipt',
    as: 'buyer',
    path: '/v1/orders/O-paid/complete',
    body: {},
    status: 409,
    pointer: '',
  },
  {
    what: 'a skipped state: a release that nobody instructed',
    as: 'payments',
    path: '/v1/orders/O-paid/record-release',
    body: { releaseId: 'r', amount: { amount: 1, currency: 'USD' } },
    status: 409,
    pointer: '',
  },
  {
    what: 'a skipped state: a determination before escalation',
    as: 'arbitrator',
    path: `${DISPUTE}/issue-determination`,
    body: {
      liability: 0,
      remedies: ['NOTHING'],
      reasonCodes: ['WAIVED'],
      evidence: [],
      terms: [],
      fileRevision: '1',
      statement: 'x',
    },
    status: 409,
    pointer: '',
  },
  {
    what: 'a supplier for a buyer',
    as: 'supplier',
    path: ORDERS,
    body: order({ supplierId: 'S2' }),
    status: 403,
    pointer: '',
  },
  {
    what: 'a limit set by a buyer',
    as: 'buyer',
    path: '/v1/suppliers/S1/set-assurance-limit',
    body: { limit: { amount: 1, currency: 'USD' } },
    status: 403,
    pointer: '',
  },
];

describe('Every bad input is answered with a 4xx problem that points at what is wrong, and nothing is appended', () => {
  let engine: TestEngine;
  let market: Marketplace;
  const tokens = new Map<BadInput['as'], string>();
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
    await disputed(market, 'O-disputed');
    await paid(market, 'O-paid');
    tokens.set('buyer', await engine.token('buyer', 'B1'));
    tokens.set('supplier', await engine.token('supplier', 'S1'));
    tokens.set('payments', await engine.token('payments', 'P1'));
    tokens.set('arbitrator', await engine.token('arbitrator', 'A1'));
    tokens.set('admin', await engine.token('policy_admin', 'PA1'));
    tokens.set('risk', await engine.token('risk', 'R1'));
  });
  afterAll(() => engine.stop());

  it('the table is long enough', () => expect(TABLE.length).toBeGreaterThanOrEqual(60));

  test.each(TABLE.map((row) => [row.what, row] as const))('%s', async (_what, row) => {
    const before = await engine.engine.composition.store.head();
    const answer = await send(engine.url, row, tokens.get(row.as));
    const said = answer.text === '' ? {} : JSON.parse(answer.text);
    expect({ status: answer.status, type: answer.type }).toEqual({
      status: row.status,
      type: expect.stringMatching(/^application\/problem\+json/),
    });
    expect(said).toMatchObject({
      status: row.status,
      code: expect.stringMatching(row.code ?? /^[A-Z_]+\.[A-Z_]+$/),
      traceId: expect.any(String),
    });
    expect(said.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(row.pointer);
    expect(await engine.engine.composition.store.head()).toBe(before);
  });

  it('a request that is no HTTP is answered with 400, and the engine goes on', async () => {
    const { connect } = await import('node:net');
    const { port, hostname } = new URL(engine.url);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'));
      let received = '';
      socket.on('data', (chunk) => (received += String(chunk)));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${engine.url}/health/live`)).status).toBe(200);
  });
});

/** Sends exactly these bytes and headers: fetch would mend some of them. */
function send(
  url: string,
  row: BadInput,
  token: string | undefined,
): Promise<{ status: number; type: string; text: string }> {
  const { hostname, port } = new URL(url);
  const { method = 'POST', path, raw, body } = row;
  const payload = raw ?? (body === undefined ? undefined : json(body));
  const headers = Object.entries({
    authorization: `Bearer ${token}`,
    ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
    ...row.headers,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: Object.fromEntries(headers) },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

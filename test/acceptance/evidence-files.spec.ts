import { join } from 'node:path';
import { PRESETS } from '../../libs/domain/policy/presets.js';
import { clientOf, type Answer, type ApiClient } from '../support/api-client.js';
import { startClamd, type TestClamd } from '../support/clamd.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { gif, pdf, png, sha256Of } from '../support/evidence-samples.js';
import { evidenceOnDisk, handingIn, type HandingIn } from '../support/hand-in.js';
import { disputed, historyOf, openMarketplace, type Marketplace } from '../support/marketplace.js';

const filesOf = (orderId: string) => `/v1/orders/${orderId}/disputes/1/evidence-files`;
const submitted = (bytes: Buffer, mediaType: string, more: object = {}) => ({
  kind: 'PHOTO',
  sha256: sha256Of(bytes),
  size: bytes.length,
  mediaType,
  fileName: 'photo.png',
  ...more,
});

describe('Evidence files', () => {
  let clamd: TestClamd;
  let engine: TestEngine;
  let market: Marketplace;
  let buyer: HandingIn;
  let supplier: HandingIn;
  beforeAll(async () => {
    clamd = await startClamd();
    engine = await startTestEngine({ CLAMD_URL: clamd.url });
    market = await openMarketplace(engine);
    await disputed(market, 'O-1');
    buyer = handingIn(engine.url, await engine.token('buyer', 'B1'), filesOf('O-1'));
    supplier = handingIn(engine.url, await engine.token('supplier', 'S1'), filesOf('O-1'));
  });
  afterAll(async () => {
    await engine.stop();
    await clamd.stop();
  });

  const submit = async (client: ApiClient, bytes: Buffer, mediaType: string, more: object = {}) => {
    await client.done('/v1/orders/O-1/disputes/1/submit-evidence', submitted(bytes, mediaType, more));
    const { body } = await client.get('/v1/orders/O-1');
    return body.disputes[0].evidence.at(-1).evidence as number;
  };
  const fileOf = (client: ApiClient, evidence: number, query = '', headers = {}): Promise<Answer> =>
    client.get(`/v1/orders/O-1/disputes/1/evidence/${evidence}/file${query}`, headers);

  it('are handed in, named in evidence, and read by everybody who judges by them', async () => {
    const bytes = png('as it came out of the box');
    const handed = await buyer.send(bytes, {
      'content-type': 'image/png',
      'x-file-name': encodeURIComponent('Tasche beschädigt.png'),
      'content-digest': `sha-256=:${Buffer.from(sha256Of(bytes), 'hex').toString('base64')}:`,
    });
    expect(handed).toMatchObject({
      status: 201,
      body: {
        sha256: sha256Of(bytes),
        size: bytes.length,
        mediaType: 'image/png',
        fileName: 'Tasche beschädigt.png',
        scan: 'clean',
      },
    });
    const number = await submit(market.buyer, bytes, 'image/png', { fileName: 'Tasche beschädigt.png' });
    const events = await historyOf(market, 'O-1');
    expect(events.at(-1)).toMatchObject({ type: 'EvidenceSubmitted', data: { held: true } });
    const arbitrator = await clientOf(engine, 'arbitrator', 'A1');
    await market.supplier.done('/v1/orders/O-1/disputes/1/respond', {
      response: 'REJECT',
      statement: 'They were whole when they left.',
      reasonCodes: ['TRANSIT_DAMAGE'],
    });
    await market.buyer.done('/v1/orders/O-1/disputes/1/escalate');
    await market.agent.done('/v1/orders/O-1/disputes/1/assign-arbitrator', { arbitrator: 'A1' });
    for (const client of [market.buyer, market.supplier, market.agent, market.auditor, arbitrator]) {
      const { status, headers } = await fileOf(client, number);
      expect([status, headers.get('etag')]).toEqual([200, `"${sha256Of(bytes)}"`]);
    }
  });

  it('come back byte for byte, to be saved, in a sandbox', async () => {
    const bytes = gif('x'.repeat(200));
    await buyer.send(bytes);
    const number = await submit(market.buyer, bytes, 'image/gif', { fileName: '../../Übersicht "1".html' });
    const response = await fetch(`${engine.url}/v1/orders/O-1/disputes/1/evidence/${number}/file`, {
      headers: { authorization: `Bearer ${await engine.token('buyer', 'B1')}` },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/gif',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="Ubersicht _1_.html.gif"; filename*=UTF-8''%C3%9Cbersicht%20_1_.html.gif`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      etag: `"${sha256Of(bytes)}"`,
      'repr-digest': `sha-256=:${Buffer.from(sha256Of(bytes), 'hex').toString('base64')}:`,
    });
  });

  it('are not sent again to who has them', async () => {
    const { headers } = await fileOf(market.buyer, 1);
    const etag = headers.get('etag') ?? '';
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      expect(await fileOf(market.buyer, 1, '', { 'if-none-match': tags })).toMatchObject({
        status: 304,
        text: '',
      });
    }
    expect((await fileOf(market.buyer, 1, '', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('are shown where that was asked for, and only what cannot run', async () => {
    const text = Buffer.from('<b>Delivered late</b>, 货物迟到.'.replace('<b>', 'NB ').replace('</b>', ''));
    const office = pdf();
    await buyer.send(text, { 'content-type': 'text/plain' });
    await buyer.send(office, { 'content-type': 'application/pdf' });
    const one = await submit(market.buyer, text, 'text/plain', { fileName: 'note.txt' });
    const two = await submit(market.buyer, office, 'application/pdf', { fileName: 'report.pdf' });
    for (const [number, type] of [
      [one, 'text/plain; charset=utf-8'],
      [two, 'application/pdf'],
    ] as const) {
      const { headers } = await fileOf(market.supplier, number, '?disposition=inline');
      expect(headers.get('content-disposition')).toMatch(/^inline; /);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    }
    const odd = await fileOf(market.supplier, one, '?disposition=render');
    expect(odd).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/disposition' }] } });
  });

  it('under seal are opened by nobody but whom it names, the arbitrators, auditors and the author', async () => {
    const bytes = png('price list');
    await supplier.send(bytes);
    const number = await submit(market.supplier, bytes, 'image/png', { sealedTo: ['supplier'] });
    for (const client of [market.supplier, market.arbitrator, market.auditor]) {
      expect((await fileOf(client, number)).status).toBe(200);
    }
    const missing = await fileOf(market.buyer, 999);
    for (const client of [market.buyer, market.agent]) {
      const hidden = await fileOf(client, number);
      const same = (answer: Answer) => ({ ...answer.body, traceId: '', instance: '' });
      expect([hidden.status, same(hidden)]).toEqual([404, same(missing)]);
    }
  });

  it('are none of the business of anyone else', async () => {
    const others = await Promise.all([
      clientOf(engine, 'buyer', 'B2'),
      clientOf(engine, 'supplier', 'S2'),
      clientOf(engine, 'arbitrator', 'A9'),
      clientOf(engine, 'appeal_arbitrator', 'A1x'),
      clientOf(engine, 'inspector', 'I1'),
      clientOf(engine, 'payments', 'P1'),
      clientOf(engine, 'logistics', 'L1'),
      clientOf(engine, 'risk', 'R1'),
      clientOf(engine, 'policy_admin', 'PA'),
    ]);
    for (const other of others) {
      expect(await fileOf(other, 1)).toMatchObject({ status: 404, body: { code: 'EVIDENCE.NOT_FOUND' } });
    }
  });

  it('may be kept elsewhere: then there is a hash here, and no file', async () => {
    const elsewhere = Buffer.from('kept elsewhere');
    const number = await submit(market.supplier, elsewhere, 'text/plain');
    expect((await historyOf(market, 'O-1')).at(-1)?.data).not.toHaveProperty('held');
    expect(await fileOf(market.buyer, number)).toMatchObject({
      status: 404,
      body: { code: 'EVIDENCE.NO_FILE' },
    });
    // Handed in later, by whoever named it, it is there.
    await supplier.send(elsewhere);
    expect((await fileOf(market.buyer, number)).text).toBe('kept elsewhere');
  });

  it('give nobody the bytes of another who only names their hash', async () => {
    const secret = png('only the supplier has it');
    await supplier.send(secret);
    const number = await submit(market.buyer, secret, 'image/png');
    expect(await fileOf(market.buyer, number)).toMatchObject({
      status: 404,
      body: { code: 'EVIDENCE.NO_FILE' },
    });
  });

  it('wait, and count, until evidence names them', async () => {
    const before = (await market.supplier.get(filesOf('O-1'))).body;
    const bytes = png('waiting');
    await supplier.send(bytes);
    const after = (await market.supplier.get(filesOf('O-1'))).body;
    expect(after.usedBytes).toBe(before.usedBytes + bytes.length);
    expect(after.items).toContainEqual(
      expect.objectContaining({ sha256: sha256Of(bytes), size: bytes.length, scan: 'clean' }),
    );
    expect(after).toMatchObject(PRESETS.standard.evidenceLimits);
    await submit(market.supplier, bytes, 'image/png');
    const named = (await market.supplier.get(filesOf('O-1'))).body;
    expect(named.usedBytes).toBe(after.usedBytes);
    expect(named.items.map(({ sha256 }: { sha256: string }) => sha256)).not.toContain(sha256Of(bytes));
    expect((await market.buyer.get(filesOf('O-1'))).body.items).toEqual([]);
  });

  it('are what evidence says that they are', async () => {
    const bytes = png('measured');
    await buyer.send(bytes);
    const answer = await market.buyer.post(
      '/v1/orders/O-1/disputes/1/submit-evidence',
      submitted(bytes, 'image/jpeg', { size: 1 }),
    );
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { code: 'EVIDENCE.OTHER_SIZE', pointer: '/size', rule: 26 },
      { code: 'EVIDENCE.OTHER_MEDIA_TYPE', pointer: '/mediaType', rule: 26 },
    ]);
  });

  it('are held back while the scanner is away, whatever evidence names them, and go when it is back', async () => {
    clamd.behave('hangs up');
    const bytes = png('while it was away');
    expect(await buyer.send(bytes)).toMatchObject({ status: 201, body: { scan: 'quarantined' } });
    const number = await submit(market.buyer, bytes, 'image/png');
    const held = await fileOf(market.supplier, number);
    expect(held).toMatchObject({ status: 409, body: { code: 'EVIDENCE.QUARANTINED' } });
    expect(held.headers.get('retry-after')).toBe('30');
    clamd.behave('well');
    expect((await fileOf(market.supplier, number)).status).toBe(200);
  });

  it('survive a restart', async () => {
    const { status, headers } = await fileOf(market.buyer, 1);
    const data = engine.dataDir;
    await engine.stop({ keepData: true });
    engine = await startTestEngine({ CLAMD_URL: clamd.url }, data);
    const buyerAgain = await clientOf(engine, 'buyer', 'B1');
    const again = await fileOf(buyerAgain, 1);
    expect([again.status, again.headers.get('etag')]).toEqual([status, headers.get('etag')]);
    expect((await evidenceOnDisk(join(data, 'evidence'))).incoming).toBe(0);
  });
});

describe('An engine without a scanner, to which every file must be handed in', () => {
  let engine: TestEngine;
  let market: Marketplace;
  beforeAll(async () => {
    engine = await startTestEngine({ RECOURSE_EVIDENCE_FILES: 'required' });
    market = await openMarketplace(engine);
    await disputed(market, 'O-1');
  });
  afterAll(() => engine.stop());

  it('takes no hash alone', async () => {
    const answer = await market.buyer.post(
      '/v1/orders/O-1/disputes/1/submit-evidence',
      submitted(png(), 'image/png'),
    );
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'EVIDENCE.NOT_HANDED_IN', pointer: '/sha256', rule: 26 }] },
    });
  });

  it('says that nobody looked at a file, and gives it to be saved only', async () => {
    const buyer = handingIn(engine.url, await engine.token('buyer', 'B1'), filesOf('O-1'));
    expect((await buyer.send(png())).body.scan).toBe('unscanned');
    await market.buyer.done('/v1/orders/O-1/disputes/1/submit-evidence', submitted(png(), 'image/png'));
    const file = await market.buyer.get('/v1/orders/O-1/disputes/1/evidence/1/file?disposition=inline');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; /);
  });
});

import { historySource } from '../../apps/cli/history.js';
import { replay } from '../../apps/cli/replay.js';
import { verifyChain } from '../../libs/event-store/hash-chain.js';
import type { Role } from '../../libs/domain/vocabulary.js';
import { clientOf, type ApiClient } from '../support/api-client.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { png, sha256Of } from '../support/evidence-samples.js';
import { handingIn } from '../support/hand-in.js';
import { disputed, openMarketplace, type Marketplace } from '../support/marketplace.js';

const BYTES = png('what the supplier pays for canvas');
const SECRETS = [sha256Of(BYTES).slice(0, 12), 'price-list', 'what canvas costs us'];

const OPEN: readonly (readonly [Role, string])[] = [
  ['supplier', 'S1'],
  ['arbitrator', 'A1'],
  ['appeal_arbitrator', 'A2'],
  ['auditor', 'U1'],
];
const CLOSED: readonly (readonly [Role, string])[] = [
  ['buyer', 'B1'],
  ['agent', 'G1'],
  ['payments', 'P1'],
  ['logistics', 'L1'],
  ['risk', 'R1'],
  ['policy_admin', 'PA'],
  // The supplier's own id in another role is somebody else.
  ['agent', 'S1'],
];

describe('Evidence under seal', () => {
  let engine: TestEngine;
  let market: Marketplace;
  let position: string;
  let revision: string;
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
    await disputed(market, 'O-1');
    const path = '/v1/orders/O-1/disputes/1/evidence-files';
    await handingIn(engine.url, await engine.token('supplier', 'S1'), path).send(BYTES);
    const { body } = await market.supplier.done('/v1/orders/O-1/disputes/1/submit-evidence', {
      kind: 'PURCHASE_ORDER',
      sha256: sha256Of(BYTES),
      size: BYTES.length,
      mediaType: 'image/png',
      fileName: 'price-list.png',
      description: 'what canvas costs us',
      sealedTo: ['supplier'],
    });
    ({ position, revision } = body);
    await market.buyer.done('/v1/orders/O-1/disputes/1/post-message', { text: 'What is it?' });
  });
  afterAll(() => engine.stop());

  const minPosition = () => `minPosition=${position}`;
  const get = async (client: ApiClient, path: string, headers = {}) => (await client.get(path, headers)).text;
  /** Everything that a caller can read, by where. */
  const places: readonly (readonly [string, (client: ApiClient) => Promise<string>])[] = [
    ['the order', (client) => get(client, '/v1/orders/O-1')],
    ['the order as it was', (client) => get(client, `/v1/orders/O-1?revision=${revision}`)],
    ['its history', (client) => get(client, '/v1/orders/O-1/events?limit=1000')],
    [
      'its history as an export',
      (client) => get(client, '/v1/orders/O-1/events', { accept: 'application/x-ndjson' }),
    ],
    ['its timeline', (client) => get(client, `/v1/orders/O-1/timeline?limit=50&${minPosition()}`)],
    ['the case file', (client) => get(client, `/v1/case-files/O-1/1?${minPosition()}`)],
    [
      'the case file as it was',
      (client) => get(client, `/v1/case-files/O-1/1?revision=${revision}&${minPosition()}`),
    ],
    ['the list of cases', (client) => get(client, `/v1/case-files?search=O-1&${minPosition()}`)],
    ['the feed', (client) => get(client, '/v1/events?limit=1000')],
  ];
  /** Places that describe evidence to those who may see it. */
  const telling = places.filter(([where]) => where !== 'the list of cases');

  it.each(CLOSED)('is told to no %s %s, in no place', async (role, name) => {
    const client = await clientOf(engine, role, name);
    for (const [where, read] of places) {
      const text = await read(client);
      expect([where, text.length > 0, SECRETS.filter((secret) => text.includes(secret))]).toEqual([
        where,
        true,
        [],
      ]);
    }
    expect((await client.get('/v1/orders/O-1/disputes/1/evidence/1/file')).status).toBe(404);
  });

  it.each(OPEN)('is told to the %s %s, in every place', async (role, name) => {
    const client = await clientOf(engine, role, name);
    for (const [where, read] of telling) {
      const text = await read(client);
      expect([where, text.includes(SECRETS[0]!)]).toEqual([where, true]);
    }
  });

  it('is told to nobody else who follows the feed as it happens', async () => {
    const response = await fetch(`${engine.url}/v1/events?types=EvidenceSubmitted,MessagePosted`, {
      headers: { authorization: `Bearer ${await engine.token('buyer', 'B1')}`, accept: 'text/event-stream' },
    });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('What is it?')) break;
    }
    expect(text).toContain('"sealed":true');
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('is announced: that it is there, from whom, and for whom', async () => {
    const { items } = (await market.buyer.get('/v1/orders/O-1/events?limit=1000')).body;
    const submitted = items.find(({ type }: { type: string }) => type === 'EvidenceSubmitted');
    expect(submitted).toMatchObject({ sealed: true });
    expect(submitted.data).toEqual({
      dispute: 1,
      evidence: 1,
      by: 'supplier',
      request: null,
      sealedTo: ['supplier'],
    });
  });

  it('leaves the chain to be verified by all: its place by those who may not see it, all of it by others', async () => {
    const verdictOf = async (role: Role, name: string) => {
      const token = await engine.token(role, name);
      const source = await historySource({ url: engine.url, token, dataDir: engine.dataDir });
      return verifyChain(source.events('O-1'));
    };
    const whole = await verdictOf('auditor', 'U1');
    expect(whole).toMatchObject({ intact: true });
    expect(whole).not.toHaveProperty('withheld');
    expect(await verdictOf('buyer', 'B1')).toEqual({ ...whole, withheld: 1 });
  });

  it('is replayed by those who may not see it as far as it was announced', async () => {
    const token = await engine.token('buyer', 'B1');
    const source = await historySource({ url: engine.url, token, dataDir: engine.dataDir });
    const replayed = await replay(source.events('O-1'));
    expect(replayed.chain.intact).toBe(true);
    expect(replayed.events.map(({ sentence }) => sentence).join('\n')).toContain('under seal');
    expect(SECRETS.filter((secret) => JSON.stringify(replayed).includes(secret))).toEqual([]);
    expect(replayed.state?.disputes[0]?.evidence).toMatchObject([{ evidence: 1, by: 'supplier' }]);
  });

  describe('when the arbitrator changes it', () => {
    const to = '/v1/orders/O-1/disputes/1/change-evidence-seal';
    const tellings = async (role: Role, name: string) => {
      const client = await clientOf(engine, role, name);
      const told = await Promise.all(
        telling.map(async ([, read]) => (await read(client)).includes(SECRETS[0]!)),
      );
      return [...new Set(told)];
    };
    const file = async (role: Role, name: string) =>
      (await (await clientOf(engine, role, name)).get('/v1/orders/O-1/disputes/1/evidence/1/file')).status;
    const seal = async (sealedTo?: readonly string[]) =>
      ({ position } = (
        await market.arbitrator.done(to, { evidence: 1, sealedTo, reason: 'To be answered.' })
      ).body);
    beforeAll(async () => {
      await market.supplier.done('/v1/orders/O-1/disputes/1/respond', {
        response: 'REJECT',
        statement: 'No.',
        reasonCodes: ['GOODS_CONFORM'],
      });
      await market.buyer.done('/v1/orders/O-1/disputes/1/escalate');
      await market.agent.done('/v1/orders/O-1/disputes/1/assign-arbitrator', { arbitrator: 'A1' });
    });

    it('is offered to whoever sits, and to nobody else', async () => {
      const offered = async (client: ApiClient) =>
        ((await client.get('/v1/orders/O-1')).body.links as { rel: string }[]).some(
          ({ rel }) => rel === 'change-evidence-seal',
        );
      const everyone = [market.arbitrator, market.buyer, market.supplier, market.agent];
      expect(await Promise.all(everyone.map(offered))).toEqual([true, false, false, false]);
    });

    it('is told in every place to those whom it lets in, also of the time before', async () => {
      await seal();
      for (const [role, name] of CLOSED) expect([role, await tellings(role, name)]).toEqual([role, [true]]);
      expect([await file('buyer', 'B1'), await file('agent', 'G1')]).toEqual([200, 200]);
    });

    it('is told in no place to those whom it shuts out, also of the time when they saw it', async () => {
      await seal([]);
      for (const [role, name] of CLOSED) {
        const client = await clientOf(engine, role, name);
        for (const [where, read] of places) {
          const text = await read(client);
          expect([where, SECRETS.filter((secret) => text.includes(secret))]).toEqual([where, []]);
        }
        expect(await file(role, name)).toBe(404);
      }
      // Who submitted it has it still.
      expect(await tellings('supplier', 'S1')).toEqual([true]);
      expect(await file('supplier', 'S1')).toBe(200);
      const { events } = await replayedFor('buyer', 'B1');
      expect(events.map(({ sentence }) => sentence).join('\n')).toContain('lifted the seal of evidence 1');
    });
  });

  const replayedFor = async (role: Role, name: string) => {
    const token = await engine.token(role, name);
    const source = await historySource({ url: engine.url, token, dataDir: engine.dataDir });
    return replay(source.events('O-1'));
  };
});

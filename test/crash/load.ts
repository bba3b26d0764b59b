import { setTimeout as sleep } from 'node:timers/promises';
import { termsFor } from './terms.js';

/** A command that was sent until the engine acknowledged it. */
export interface Acknowledged {
  readonly orderId: string;
  readonly key: string;
  readonly revision: bigint;
  /** How often it had to be sent. */
  readonly attempts: number;
}

export interface LoadPorts {
  /** Engines that serve the API: what one does not answer is sent to the next. */
  readonly urls: readonly string[];
  /** Policies under which an order that nobody pays, and one that is shipped, is soon the clock's to end. */
  readonly policies?: { readonly unpaid: string; readonly shipped: string };
  token(role: string, party?: string): Promise<string>;
  /** False once the clients shall come to an end. */
  goOn(): boolean;
  onAcknowledged(command: Acknowledged): void;
}

const SUPPLIER = 'S-crash';
const FEES_PER_ORDER = 6;

/** One client: order after order, each command sent again with its key until it is acknowledged. */
export async function runClient(name: string, ports: LoadPorts): Promise<void> {
  const buyer = `B-${name}`;
  const [asBuyer, asSupplier, asPayments] = await Promise.all([
    ports.token('buyer', buyer),
    ports.token('supplier', SUPPLIER),
    ports.token('payments'),
  ]);
  const { unpaid = 'standard', shipped } = ports.policies ?? {};
  for (let number = 1; ports.goOn(); number++) {
    const isUnpaid = number % 3 === 0;
    const isShipped = shipped !== undefined && number % 3 === 1;
    const orderId = `O-${name}-${number}`;
    const order = `/v1/orders/${orderId}`;
    const send = (token: string, path: string, body: object) =>
      sendUntilAcknowledged(ports, { orderId, token, path, body });
    const { termsHash } = await send(asBuyer, '/v1/orders', {
      orderId,
      buyer: { id: buyer, name: `Buyer ${name}`, country: 'US' },
      supplierId: SUPPLIER,
      policyId: isUnpaid ? unpaid : isShipped ? shipped : 'standard',
      category: 'LIGHTING',
      terms: termsFor(),
    }).then(() => readTerms(ports, asBuyer, order));
    await send(asSupplier, `${order}/confirm-contract`, { termsHash });
    // Every third order is left unpaid: its deadline is the clock's to fire.
    if (isUnpaid) continue;
    await send(asPayments, `${order}/record-payment`, {
      paymentId: 'pay-1',
      milestone: 'INITIAL',
      method: 'TELEGRAPHIC_TRANSFER',
      amount: { amount: 300_000, currency: 'USD' },
      payerAccountName: `Buyer ${name}`,
      payerCountry: 'US',
    });
    for (let fee = 1; fee <= FEES_PER_ORDER; fee++) {
      await send(asPayments, `${order}/record-fee`, {
        feeId: `fee-${fee}`,
        kind: 'PAYMENT',
        amount: { amount: 3_000, currency: 'USD' },
        chargedTo: 'buyer',
      });
    }
    if (!isShipped) continue;
    await send(asSupplier, `${order}/record-shipment`, { shipmentId: 'ship-1', carrier: 'Maersk' });
  }
}

export async function enrol({ urls, token }: LoadPorts): Promise<void> {
  const risk = await token('risk');
  const post = async (path: string, body: object, key: string) => {
    const response = await fetch(urls[0] + path, {
      method: 'POST',
      headers: headersOf(risk, key),
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  await post('/v1/suppliers', { supplierId: SUPPLIER, name: 'Crash Works', country: 'CN' }, 'enrol');
  await post(
    `/v1/suppliers/${SUPPLIER}/assess`,
    { tradeHistory: true, qualifications: true, legalStatus: true },
    'assess',
  );
  await post(
    `/v1/suppliers/${SUPPLIER}/set-assurance-limit`,
    { limit: { amount: 750_000, currency: 'USD' } },
    'limit',
  );
}

interface Command {
  readonly orderId: string;
  readonly token: string;
  readonly path: string;
  readonly body: object;
}

let keys = 0;
let sent = 0;

/** In turn, and another one for another attempt. */
const nodeFor = ({ urls }: LoadPorts, attempt: number): string =>
  urls[(attempt === 1 ? sent++ : sent + attempt) % urls.length] ?? '';

async function sendUntilAcknowledged(
  ports: LoadPorts,
  { orderId, token, path, body }: Command,
): Promise<void> {
  const key = `k-${process.pid}-${++keys}`;
  for (let attempts = 1; ; attempts++) {
    const response = await reach(nodeFor(ports, attempts) + path, {
      method: 'POST',
      headers: headersOf(token, key),
      body: JSON.stringify(body),
    });
    if (response?.ok) {
      const { revision } = (await response.json()) as { revision: string };
      ports.onAcknowledged({ orderId, key, revision: BigInt(revision), attempts });
      return;
    }
    // 409 still running, 503 starting or stopping: the same command again. Anything else is a finding.
    if (response !== undefined && response.status !== 409 && response.status !== 503) {
      throw new Error(`${path} (attempt ${attempts}): ${response.status} ${await response.text()}`);
    }
    await sleep(10);
  }
}

async function readTerms(ports: LoadPorts, token: string, path: string): Promise<{ termsHash: string }> {
  for (let attempts = 1; ; attempts++) {
    const response = await reach(nodeFor(ports, attempts) + path, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response?.ok) return ((await response.json()) as { contract: { termsHash: string } }).contract;
    await sleep(10);
  }
}

/** Undefined when the engine is gone, also in the middle of its answer. */
async function reach(url: string, request: RequestInit): Promise<Response | undefined> {
  try {
    const response = await fetch(url, request);
    const text = await response.text();
    return new Response(text, { status: response.status, headers: response.headers });
  } catch {
    return undefined;
  }
}

const headersOf = (token: string, key: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'idempotency-key': key,
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, FaultKind, Method } from './faults.js';
import { randomFaults } from './random-faults.js';
import type { EventStoreDouble } from './server.js';

export interface Control {
  readonly url: string;
  stop(): Promise<void>;
}

type Body = Readonly<Record<string, unknown>>;
type Route = (double: EventStoreDouble, body: Body) => unknown;

/** `METHOD /path` → what it does; what it returns is the JSON answer. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /': ({ url, faults }) => ({
    url,
    faults: faults.list(),
    subscriptions: faults.openSubscriptions,
  }),
  'POST /faults': ({ faults }, body) => {
    faults.inject(faultOf(body));
    return { faults: faults.list() };
  },
  'DELETE /faults': ({ faults }) => {
    faults.clear();
    return { faults: [] };
  },
  'POST /drop-subscriptions': ({ faults }) => ({ dropped: faults.dropSubscriptions() }),
  'POST /cut-connections': (double) => {
    double.cutConnections();
    return {};
  },
  /** Answers when the time is over, with how often each fault came. */
  'POST /random-faults': async (double, body) => ({
    counts: await randomFaults(double.faults, {
      seed: number(body, 'seed', 1),
      forMs: number(body, 'forMs', 60_000),
      everyMs: number(body, 'everyMs', 150),
      cutConnections: () => double.cutConnections(),
    }),
  }),
};

/** The double's switches over HTTP, for tests whose processes are not the double's. */
export async function startControl(double: EventStoreDouble, host: string, port: number): Promise<Control> {
  const server = createServer((request, response) => {
    handle(double, request).then(
      (answer) => send(response, 200, answer),
      (error: unknown) =>
        send(response, error instanceof RangeError || error instanceof SyntaxError ? 400 : 500, {
          error: String(error),
        }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${host}:${bound}`, stop: async () => stop(server) };
}

async function handle(double: EventStoreDouble, request: IncomingMessage): Promise<unknown> {
  const name = `${request.method} ${request.url}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (!route) throw new RangeError(`There are: ${Object.keys(ROUTES).join(', ')}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return route(double, text === '' ? {} : (JSON.parse(text) as Body));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function stop(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

const KINDS: readonly FaultKind[] = [
  'unavailable',
  'notLeader',
  'frozen',
  'timeoutAfterCommit',
  'commitTimeout',
  'slow',
];
const METHODS: readonly Method[] = [
  'read',
  'append',
  'batchAppend',
  'delete',
  'tombstone',
  'gossip',
  'serverFeatures',
];

function faultOf(body: Body): Fault {
  const kind = KINDS.find((one) => one === body['kind']);
  if (!kind) throw new RangeError(`kind is one of ${KINDS.join(', ')}`);
  const { methods, leader } = body as Partial<Fault>;
  if (methods?.some((method) => !METHODS.includes(method))) {
    throw new RangeError(`methods are of ${METHODS.join(', ')}`);
  }
  return {
    kind,
    methods,
    leader,
    ...('times' in body && { times: number(body, 'times', 1) }),
    ...('delayMs' in body && { delayMs: number(body, 'delayMs', 100) }),
  };
}

function number(body: Body, name: string, otherwise: number): number {
  const value = body[name] ?? otherwise;
  if (typeof value !== 'number' || !(value >= 0)) throw new RangeError(`${name} is a number from 0`);
  return value;
}

import { randomUUID } from 'node:crypto';
import type { Role } from '../../../libs/domain/vocabulary.js';
import type { TestEngine } from '../../support/engine.js';
import { png } from '../../support/evidence-samples.js';
import type { Caller, Place } from './cells.js';
import { keyOf, type Route } from './routes.js';
import { EVIDENCE, FOREIGN, OWN, disputeOf, nameOf } from './world.js';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The orders that a question can be about; names of one length, so that answers differ in nothing else. */
export interface Subjects {
  readonly own: string;
  readonly foreign: string;
}

export const MISSING = 'O-missing';
/** Somebody else's. */
export const TAKEN = 'O-foreign';

export interface Asking {
  /** Asks as a caller, for one of the media types that the route answers with. */
  ask(
    route: Route,
    caller: Caller,
    place: Place,
    options: {
      readonly subjects: Subjects;
      readonly accept?: string;
      readonly method?: string;
      /** Of an endless answer: read until it has come. Left out, nothing of it is read. */
      readonly until?: string;
    },
  ): Promise<Answered>;
  /** The answer with all pages that follow it, as one text. */
  askForAll(route: Route, caller: Role, place: Place, subjects: Subjects): Promise<Answered>;
}

export function asking(engine: TestEngine): Asking {
  const tokens = new Map<Role, string>();
  const tokenOf = async (role: Role): Promise<string> => {
    const known = tokens.get(role) ?? (await engine.token(role, nameOf(role)));
    tokens.set(role, known);
    return known;
  };

  return {
    async ask(route, caller, place, { subjects, accept, method = route.method, until }) {
      const authorization = caller === 'nobody' ? {} : { authorization: `Bearer ${await tokenOf(caller)}` };
      const controller = new AbortController();
      const response = await fetch(engine.url + addressOf(route, caller, place, subjects), {
        ...sent(route, method, caller, place),
        headers: { ...authorization, ...(accept && { accept }), ...headersOf(route) },
        signal: controller.signal,
      });
      const { status, headers } = response;
      const endless = headers.get('content-type')?.startsWith('text/event-stream') === true;
      const text = endless ? await textUntil(until, response) : await response.text();
      controller.abort();
      return { status, headers: Object.fromEntries(headers), text };
    },

    async askForAll(route, caller, place, subjects) {
      const headers = { authorization: `Bearer ${await tokenOf(caller)}` };
      const texts: string[] = [];
      let next: string | undefined = addressOf(route, caller, place, subjects);
      let answer: Response | undefined;
      while (next !== undefined) {
        answer = await fetch(engine.url + next, { headers });
        const text = await answer.text();
        texts.push(text);
        next = nextOf(next, answer, text);
      }
      return { status: answer?.status ?? 0, headers: {}, text: texts.join('\n') };
    },
  };
}

async function textUntil(until: string | undefined, { body }: Response): Promise<string> {
  let text = '';
  if (until === undefined || body === null) return text;
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(until)) return text;
  }
  throw new Error(`it ended before ${until} came`);
}

/** Pages follow by a link or by a cursor, which the history of an order calls a revision. */
function nextOf(address: string, { headers }: Response, text: string): string | undefined {
  const link = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  if (link !== undefined) return text === '[]' ? undefined : link;
  const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
  if (cursor === undefined) return undefined;
  const name = address.split('?')[0]?.endsWith('/events') === true ? 'after' : 'cursor';
  return `${address.split('?')[0]}?${name}=${encodeURIComponent(cursor)}`;
}

/** The address with something in the place of each parameter. A parameter that is not known here fails the test. */
export function addressOf({ path }: Route, caller: Caller, place: Place, subjects: Subjects): string {
  const role = caller === 'nobody' ? 'buyer' : caller;
  const pick = (own: string, foreign: string, missing: string): string =>
    ({ foreign, missing })[place as 'foreign' | 'missing'] ?? own;
  const values: Readonly<Record<string, string>> = {
    orderId: pick(subjects.own, subjects.foreign, MISSING),
    dispute: place === 'no such dispute' ? '9' : String(disputeOf(role)),
    evidence: String(
      {
        sealed: EVIDENCE.sealed,
        "an inspector's": EVIDENCE.inspectors,
        'no such evidence': EVIDENCE.missing,
      }[place as string] ?? EVIDENCE.buyers,
    ),
    supplierId: pick(OWN.supplier, FOREIGN.supplier, 'S-missing'),
    inspectorId: pick(OWN.inspector, FOREIGN.inspector, 'I-missing'),
    policyId: pick('standard', 'classic', 'missing'),
    '*': 'swagger-ui.css',
  };
  return path.replaceAll(/:(\w+)|\*/g, (parameter, name: string | undefined) => {
    const value = values[name ?? parameter];
    if (value === undefined) throw new Error(`nothing to put in the place of ${parameter} in ${path}`);
    return value;
  });
}

const isFile = ({ path }: Route): boolean => path.endsWith('/evidence-files');

const headersOf = (route: Route): Record<string, string> =>
  route.method === 'POST'
    ? {
        'content-type': isFile(route) ? 'image/png' : 'application/json',
        'idempotency-key': randomUUID(),
      }
    : {};

const sent = (route: Route, method: string, caller: Caller, place: Place): RequestInit =>
  method === 'POST' ? { method, body: bodyOf(route, caller, place) } : { method };

function bodyOf(route: Route, caller: Caller, place: Place): string | Uint8Array<ArrayBuffer> {
  if (isFile(route)) return new Uint8Array(png(randomUUID()));
  const body: Readonly<Record<string, unknown>> = { ...(route.example ?? EXAMPLES[keyOf(route)]) };
  return JSON.stringify(madeOutTo(route, caller, place, body));
}

/** Of what is asked for without a command. */
const EXAMPLES: Readonly<Record<string, object>> = {
  'POST /v1/test-clock/advance': { by: 'PT1S' },
  'POST /v1/sign-in/demo': { person: 'auditor-weiss' },
};

/** A new order or supplier: the caller's, or somebody else's. */
function madeOutTo(
  route: Route,
  caller: Caller,
  place: Place,
  body: Readonly<Record<string, unknown>>,
): object {
  const party = place === 'foreign' ? { buyer: 'B3', supplier: 'S3' } : OWN;
  switch (keyOf(route)) {
    case 'POST /v1/orders': {
      const orderId = place === 'taken' ? TAKEN : `O-${randomUUID()}`;
      const buyer = { ...(body.buyer as object), id: party.buyer };
      return { ...body, orderId, buyer, supplierId: party.supplier };
    }
    case 'POST /v1/suppliers':
      return { ...body, supplierId: party.supplier };
    case 'POST /v1/orders/:orderId/report-inspection':
      return { ...body, inspectionId: inspectionOf(caller) };
    default:
      return body;
  }
}

/** What no inspector was named for is reported by the buyer or the agent. */
const inspectionOf = (caller: Caller): string =>
  ({ inspector: 'IN-1', agent: 'IN-3' })[caller as string] ?? 'IN-2';

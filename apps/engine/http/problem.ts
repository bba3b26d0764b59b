import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Fault, Refusal, RefusalKind } from '../../../libs/kernel/problem.js';

/** An answer of RFC 9457, as it is sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly ProblemEntry[];
  readonly traceId: string;
  readonly instance: string;
}

/** `pointer` is a JSON Pointer into the body; `/headers/…`, `/query/…` and `/path/…` name the rest of the request. */
export interface ProblemEntry {
  readonly pointer: string;
  readonly code: string;
  readonly rule?: number;
  readonly message: string;
  readonly facts?: Fault['facts'];
}

/** Thrown to answer with a problem. No stack: it is an answer, not a defect. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly faults: readonly Fault[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(faults[0]?.message ?? STATUS_CODES[status]);
    Error.stackTraceLimit = limit;
    this.name = 'ProblemError';
  }
}

export const problem = (status: number, code: string, message: string, pointer = ''): ProblemError =>
  new ProblemError(status, [{ code, message, pointer }]);

const STATUS: Readonly<Record<RefusalKind, number>> = {
  wrong_state: 409,
  rules: 422,
  wrong_party: 403,
  not_found: 404,
  malformed: 400,
  precondition: 412,
};

/** Where refusals point that are not about the body: who refuses does not know that it is asked over HTTP. */
const POINTERS: Readonly<Record<string, string>> = {
  'IDEMPOTENCY.KEY_REUSED': '/headers/idempotency-key',
  'IDEMPOTENCY.STILL_RUNNING': '/headers/idempotency-key',
  'PRECONDITION.REVISION': '/headers/if-match',
  'ORDER.NOT_FOUND': '/path/orderId',
  'DISPUTE.NOT_FOUND': '/path/dispute',
};

export function refusalError(
  { kind, faults }: Refusal,
  headers: Readonly<Record<string, string>> = {},
): ProblemError {
  const pointed = faults.map((fault) => ({ ...fault, pointer: fault.pointer ?? POINTERS[fault.code] }));
  return new ProblemError(STATUS[kind], pointed, headers);
}

export function problemOf(
  error: ProblemError,
  request: { readonly url: string; readonly traceId: string },
): Problem {
  const { status, faults } = error;
  const title = STATUS_CODES[status] ?? 'Error';
  const first = faults[0];
  return {
    type: `urn:recourse:problem:${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
    title,
    status,
    code: first?.code ?? 'INTERNAL',
    detail: faults.map(({ message }) => message).join(' ') || title,
    errors: faults.map(({ pointer = '', code, rule, message, facts }) => ({
      pointer,
      code,
      rule,
      message,
      facts,
    })),
    traceId: request.traceId,
    instance: request.url,
  };
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The caller's trace (W3C Trace Context), undefined when it sent none. */
export function traceOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
}

export const newTrace = (): string => randomBytes(16).toString('hex');

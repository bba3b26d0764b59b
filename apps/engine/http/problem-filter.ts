import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { eventStoreErrorCode } from '../../../libs/event-store/port.js';
import { ProblemError, newTrace, problem, problemOf, traceOf } from './problem.js';

/** Every failure is answered as `application/problem+json`; what is no one's fault but ours is logged with its trace. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly allowedMethods: (path: string) => readonly string[]) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const traceId = traceOf(request.headers) ?? newTrace();
    const known = this.problemFor(error, request);
    if (known.status >= 500) {
      this.logger.error({ traceId, method: request.method, code: known.faults[0]?.code, err: error });
    }
    // A stream that broke off has had its status and headers already: all that is left is to end it.
    if (reply.sent) return void reply.raw.destroy();
    void reply
      .code(known.status)
      .headers(known.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(known, { url: request.url, traceId })));
  }

  private problemFor(error: unknown, request: FastifyRequest): ProblemError {
    if (error instanceof ProblemError) return error;
    const store = eventStoreErrorCode(error);
    if (store !== undefined) return storeProblem(store);
    if (error instanceof HttpException && error.getStatus() === 404) return this.noRoute(request);
    const status = statusOf(error);
    if (status >= 500)
      return problem(500, 'INTERNAL', 'Something went wrong on our side; the trace id tells us what.');
    return requestProblem(status);
  }

  private noRoute({ url, method }: FastifyRequest): ProblemError {
    const allowed = this.allowedMethods(url.split('?', 1)[0] ?? '/');
    // A route that matches may still have nothing there: a file that is not served.
    if (allowed.length === 0 || allowed.includes(method))
      return problem(404, 'REQUEST.NO_SUCH_ADDRESS', 'There is nothing at this address.', '/path');
    return new ProblemError(
      405,
      [{ code: 'REQUEST.METHOD_NOT_ALLOWED', message: `${method} is not allowed here.`, pointer: '/path' }],
      { allow: allowed.join(', ') },
    );
  }
}

/** What the HTTP server refuses by itself, by the status that it gives. */
export function requestProblem(status: number): ProblemError {
  switch (status) {
    case 413:
      return problem(413, 'REQUEST.BODY_TOO_LARGE', 'The body is larger than 256 KiB.');
    case 414:
      return problem(414, 'REQUEST.ADDRESS_TOO_LONG', 'The address is too long.', '/path');
    case 415:
      return problem(
        415,
        'REQUEST.MEDIA_TYPE',
        'The body must be application/json.',
        '/headers/content-type',
      );
    default:
      return problem(status, 'REQUEST.MALFORMED', 'The request cannot be read.', '/path');
  }
}

function storeProblem(code: string): ProblemError {
  const [status, message] =
    code === 'APPEND_TOO_LARGE'
      ? ([413, 'The command would append more than the event store takes.'] as const)
      : ([503, 'The event store cannot be reached; send the command again with the same key.'] as const);
  return new ProblemError(
    status,
    [{ code: `STORE.${code}`, message }],
    status === 503 ? { 'retry-after': '1' } : {},
  );
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

import {
  Inject,
  Injectable,
  Optional,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { actsForParty, type Principal } from '../../../libs/identity/principal.js';
import type { TokenFault, TokenVerifier } from '../../../libs/identity/token-verifier.js';
import type { ApiRequest } from './api-request.js';
import { MinuteCounter } from './minute-counter.js';
import { ProblemError } from './problem.js';

export const TOKEN_VERIFIER = Symbol('TOKEN_VERIFIER');
/** Requests a minute that one buyer or supplier may make. */
export const PARTY_LIMIT = Symbol('PARTY_LIMIT');

const PUBLIC = 'recourse:public';
/** No token is asked for. Everything else is closed. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

const MOST_REFUSED_TOKENS = 100;

/** Lets a request pass whose bearer token (RFC 6750) names a principal, and writes it on the request. */
@Injectable()
export class BearerGuard implements CanActivate {
  /** By address. Only failures are counted: a good token pays nothing, and is never turned away for its neighbours'. */
  private readonly refusals = new MinuteCounter(MOST_REFUSED_TOKENS);
  /** By party, where a limit is set. Services have none. */
  private readonly requests: MinuteCounter | undefined;

  constructor(
    @Inject(TOKEN_VERIFIER) private readonly verifier: TokenVerifier,
    @Optional() @Inject(PARTY_LIMIT) partyLimit: number = 0,
  ) {
    this.requests = partyLimit === 0 ? undefined : new MinuteCounter(partyLimit);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(context)) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const token = bearerToken(request);
    if (token === undefined) throw unauthorized('TOKEN.MISSING', 'A bearer token is needed.');
    const result = await this.verifier.verify(token);
    if (!result.ok) throw this.refused(request, result.code);
    if (this.requests !== undefined) this.limit(result.principal, this.requests);
    request.principal = result.principal;
    return true;
  }

  private limit({ role, id }: Principal, requests: MinuteCounter): void {
    const retryAfter = actsForParty(role) ? requests.count(`${role} ${id}`) : undefined;
    if (retryAfter !== undefined)
      throw tooMany('REQUEST.TOO_MANY', 'This party sends too many requests.', retryAfter);
  }

  private refused({ ip }: FastifyRequest, code: TokenFault): ProblemError {
    if (code === 'TOKEN.KEYS_UNAVAILABLE') {
      const message = 'The keys to verify tokens cannot be had at the moment.';
      return new ProblemError(503, [{ code, message }], { 'retry-after': '5' });
    }
    const retryAfter = this.refusals.count(ip);
    return retryAfter === undefined
      ? unauthorized(code, 'The bearer token is not accepted.')
      : tooMany(
          'TOKEN.TOO_MANY_FAILURES',
          'Too many tokens from this address were not accepted.',
          retryAfter,
        );
  }
}

const POINTER = '/headers/authorization';

const tooMany = (code: string, message: string, retryAfter: number): ProblemError =>
  new ProblemError(429, [{ code, message, pointer: POINTER }], { 'retry-after': String(retryAfter) });

const unauthorized = (code: string, message: string): ProblemError =>
  new ProblemError(401, [{ code, message, pointer: POINTER }], {
    'www-authenticate': code === 'TOKEN.MISSING' ? 'Bearer' : 'Bearer error="invalid_token"',
  });

/** What the metadata of a handler and its class say, which no request changes. */
const publicHandlers = new WeakMap<object, boolean>();

function isPublic(context: ExecutionContext): boolean {
  const handler = context.getHandler();
  const known = publicHandlers.get(handler);
  if (known !== undefined) return known;
  const open = Reflect.hasMetadata(PUBLIC, handler) || Reflect.hasMetadata(PUBLIC, context.getClass());
  publicHandlers.set(handler, open);
  return open;
}

function bearerToken({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization !== undefined && /^bearer /i.test(authorization)
    ? authorization.slice(7).trim()
    : undefined;
}

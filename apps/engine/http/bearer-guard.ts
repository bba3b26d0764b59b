import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { TokenFault, TokenVerifier } from '../../../libs/identity/token-verifier.js';
import type { ApiRequest } from './api-request.js';
import { AuthFailures } from './auth-failures.js';
import { ProblemError } from './problem.js';

export const TOKEN_VERIFIER = Symbol('TOKEN_VERIFIER');

const PUBLIC = 'recourse:public';
/** No token is asked for. Everything else is closed. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** Lets a request pass whose bearer token (RFC 6750) names a principal, and writes it on the request. */
@Injectable()
export class BearerGuard implements CanActivate {
  private readonly failures = new AuthFailures();

  constructor(@Inject(TOKEN_VERIFIER) private readonly verifier: TokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(context)) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const token = bearerToken(request);
    if (token === undefined) throw unauthorized('TOKEN.MISSING', 'A bearer token is needed.');
    const result = await this.verifier.verify(token);
    if (!result.ok) throw this.refused(request, result.code);
    request.principal = result.principal;
    return true;
  }

  private refused(request: FastifyRequest, code: TokenFault): ProblemError {
    if (code === 'TOKEN.KEYS_UNAVAILABLE') {
      const message = 'The keys to verify tokens cannot be had at the moment.';
      return new ProblemError(503, [{ code, message }], { 'retry-after': '5' });
    }
    const retryAfter = this.failures.count(request.ip);
    if (retryAfter === undefined) return unauthorized(code, 'The bearer token is not accepted.');
    const message = 'Too many tokens from this address were not accepted.';
    return new ProblemError(429, [{ code: 'TOKEN.TOO_MANY_FAILURES', message, pointer: POINTER }], {
      'retry-after': String(retryAfter),
    });
  }
}

const POINTER = '/headers/authorization';

const unauthorized = (code: string, message: string): ProblemError =>
  new ProblemError(401, [{ code, message, pointer: POINTER }], {
    'www-authenticate': code === 'TOKEN.MISSING' ? 'Bearer' : 'Bearer error="invalid_token"',
  });

function isPublic(context: ExecutionContext): boolean {
  return Reflect.hasMetadata(PUBLIC, context.getHandler()) || Reflect.hasMetadata(PUBLIC, context.getClass());
}

function bearerToken({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization !== undefined && /^bearer /i.test(authorization)
    ? authorization.slice(7).trim()
    : undefined;
}

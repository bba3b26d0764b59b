import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../../libs/identity/principal.js';

/** A request that the bearer guard let pass. */
export interface ApiRequest extends FastifyRequest {
  principal: Principal;
  params: Record<string, string>;
  query: Record<string, string | string[]>;
}

export type ApiReply = FastifyReply;

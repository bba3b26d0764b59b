import type { Caller } from '../domain/decision.js';
import { ROLES, type Role } from '../domain/vocabulary.js';
import { isId } from '../kernel/ids.js';

/** Roles that a token may give: all but the clock, which acts from within. */
export const TOKEN_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'clock');

/** Who is behind a request, as a token has shown. */
export interface Principal extends Caller {
  /** The party for buyer and supplier, otherwise `sub`: what events record as the actor. */
  readonly id: string;
  /** The person or service that holds the token. */
  readonly sub: string;
  /** For the eye only. */
  readonly name?: string;
}

/** Whether a role acts for a party, which its token must then name. */
export const actsForParty = (role: Role): boolean => role === 'buyer' || role === 'supplier';

/**
 * The principal that claims describe: `role` (one), `sub`, and `party` for buyer and supplier, and for no one else.
 * Undefined for claims that say less, more, or something else.
 */
export function principalOf(claims: Readonly<Record<string, unknown>>): Principal | undefined {
  const { sub, party, name } = claims;
  const role = TOKEN_ROLES.find((known) => known === claims.role);
  if (role === undefined || !isId(sub)) return undefined;
  const id = actsForParty(role) ? party : sub;
  if (!isId(id) || (!actsForParty(role) && party !== undefined)) return undefined;
  return { role, id, sub, ...(isName(name) ? { name } : {}) };
}

const isName = (name: unknown): name is string =>
  typeof name === 'string' && name !== '' && name.length <= 200;

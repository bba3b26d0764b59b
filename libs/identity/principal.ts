import type { Caller } from '../domain/decision.js';
import { ROLES, type Role } from '../domain/vocabulary.js';
import { isId } from '../kernel/ids.js';
import { subjectId } from './subject.js';

/** Roles that a token may give: all but the clock, which acts from within. */
export const TOKEN_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'clock');

/** Who is behind a request, as a token has shown. */
export interface Principal extends Caller {
  /** The party for buyer and supplier, otherwise `sub`: what events record as the actor. */
  readonly id: string;
  /** The person or service that holds the token: the id that the provider's subject has with us (subject.ts). */
  readonly sub: string;
  /** For the eye only. */
  readonly name?: string;
}

/** Whether a role acts for a party, which its token must then name. */
export const actsForParty = (role: Role): boolean => role === 'buyer' || role === 'supplier';

/**
 * The principal that claims describe: `role` (one), the subject's claim, and `party` for buyer and supplier, and for no
 * one else. Undefined for claims that say less, more, or something else.
 */
export function principalOf(
  claims: Readonly<Record<string, unknown>>,
  subjectClaim: string = 'sub',
): Principal | undefined {
  const { party, name } = claims;
  const role = TOKEN_ROLES.find((known) => known === claims.role);
  const sub = Object.hasOwn(claims, subjectClaim) ? subjectId(claims[subjectClaim]) : undefined;
  if (role === undefined || sub === undefined) return undefined;
  const id = actsForParty(role) ? party : sub;
  if (!isId(id) || (!actsForParty(role) && party !== undefined)) return undefined;
  return { role, id, sub, ...(isName(name) ? { name } : {}) };
}

const isName = (name: unknown): name is string =>
  typeof name === 'string' && name !== '' && name.length <= 200;

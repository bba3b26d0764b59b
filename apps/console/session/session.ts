import type { Role } from '../../../libs/domain/vocabulary.js';

/** Who is signed in, as the token says. What one may do is the engine's to say; this is for the eye. */
export interface Session {
  readonly token: string;
  readonly role: Role;
  /** The party for buyers and suppliers, the person otherwise: what events name as the actor. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970, in real time. */
  readonly expiresAt: number;
}

const STORED = 'recourse-session';

/** Undefined for a token that names nobody. The engine verifies it; the console only reads it. */
export function sessionOf(token: string): Session | undefined {
  try {
    const claims = JSON.parse(utf8(token.split('.')[1] ?? '')) as Record<string, unknown>;
    const { role, sub, party, name, exp } = claims;
    if (typeof role !== 'string' || typeof sub !== 'string' || typeof exp !== 'number') return undefined;
    const id = typeof party === 'string' ? party : sub;
    return {
      token,
      role: role as Role,
      id,
      name: typeof name === 'string' ? name : id,
      expiresAt: exp * 1000,
    };
  } catch {
    return undefined;
  }
}

/** Kept for the tab only: a closed tab is signed out. */
export function storedSession(now: number): Session | undefined {
  const token = sessionStorage.getItem(STORED);
  const session = token === null ? undefined : sessionOf(token);
  return session !== undefined && session.expiresAt > now ? session : undefined;
}

export function store(session: Session | undefined): void {
  if (session === undefined) sessionStorage.removeItem(STORED);
  else sessionStorage.setItem(STORED, session.token);
}

/** Arbitrators of both instances: those who judge. */
export const isBench = (role: Role): boolean => role === 'arbitrator' || role === 'appeal_arbitrator';

export const isParty = (role: Role): role is 'buyer' | 'supplier' => role === 'buyer' || role === 'supplier';

function utf8(base64url: string): string {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

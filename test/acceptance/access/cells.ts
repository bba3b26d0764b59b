import { ROLES, type Role } from '../../../libs/domain/vocabulary.js';
import { isOutsider, isPublic, opensSealOfSupplier, reachOf } from './permissions.js';
import { keyOf, type Route } from './routes.js';

/** Roles that a token can give, and the absence of one. */
export const CALLERS: readonly (Role | 'nobody')[] = [...ROLES.filter((role) => role !== 'clock'), 'nobody'];
export type Caller = (typeof CALLERS)[number];

/** What a request is about: one's own order or one of others, or whatever else an address or a body can name. */
export const PLACES = [
  'own',
  'foreign',
  'missing',
  'no such dispute',
  'sealed',
  "an inspector's",
  'no such evidence',
  'taken',
] as const;
export type Place = (typeof PLACES)[number];

/**
 * HIDDEN and ABSENT are both a 404: what the caller may not know of, which must look like what is not there, and what
 * is not there.
 */
export type Verdict = 'allowed' | 'forbidden' | 'HIDDEN' | 'ABSENT' | 'no token';

export interface Cell {
  readonly caller: Caller;
  readonly place: Place;
  readonly verdict: Verdict;
}

/** An order and all that is its parties' business; a file of evidence; what is public; what has no owner. */
type Kind = 'order' | 'file' | 'public' | 'collection';

export function kindOf({ path }: Pick<Route, 'path'>): Kind {
  if (path.endsWith('/evidence/:evidence/file')) return 'file';
  if (path.includes(':orderId')) return 'order';
  return path.includes(':') ? 'public' : 'collection';
}

/** Where a new order or supplier can be made out to be somebody's. */
const CREATES_OWN: ReadonlySet<string> = new Set(['POST /v1/orders', 'POST /v1/suppliers']);

function placesOf(route: Route): readonly Place[] {
  switch (kindOf(route)) {
    case 'order':
      return ['own', 'foreign', 'missing', ...(route.path.includes(':dispute') ? [PLACES[3]] : [])];
    case 'file':
      return PLACES.filter((place) => place !== 'no such dispute' && place !== 'taken');
    case 'public':
      return ['own', 'foreign', 'missing'];
    default:
      return CREATES_OWN.has(keyOf(route)) ? ['own', 'foreign', 'taken'] : ['own'];
  }
}

/** Every cell of a route's part of the matrix, with what is to come of it. */
export const cellsOf = (route: Route): readonly Cell[] =>
  CALLERS.flatMap((caller) =>
    placesOf(route).map((place) => ({ caller, place, verdict: verdictOf(route, caller, place) })),
  );

function verdictOf(route: Route, caller: Caller, place: Place): Verdict {
  const key = keyOf(route);
  if (isPublic(key)) return 'allowed';
  if (caller === 'nobody') return 'no token';
  const reach = reachOf(key, caller);
  switch (kindOf(route)) {
    case 'order':
      return verdictOnOrder(reach, caller, place);
    case 'file':
      return verdictOnFile(reach, caller, place);
    case 'public':
      if (reach === 'none') return 'forbidden';
      return place === 'missing' ? 'ABSENT' : 'allowed';
    default:
      // An id that is taken is said to be to those only who may take one.
      return reach === 'none' || (place === 'foreign' && isOutsider(caller)) ? 'forbidden' : 'allowed';
  }
}

function verdictOnOrder(reach: 'any' | 'own' | 'none', caller: Role, place: Place): Verdict {
  if (place === 'missing') return 'ABSENT';
  if (place === 'foreign' && isOutsider(caller)) return 'HIDDEN';
  if (reach === 'none' || (reach === 'own' && place === 'foreign')) return 'forbidden';
  return place === 'no such dispute' ? 'ABSENT' : 'allowed';
}

/** That there is a file is nobody's business who may not have it. */
function verdictOnFile(reach: 'any' | 'own' | 'none', caller: Role, place: Place): Verdict {
  if (place === 'missing' || place === 'no such evidence') return 'ABSENT';
  if (place === 'foreign') return reach === 'any' && !isOutsider(caller) ? 'allowed' : 'HIDDEN';
  if (place === "an inspector's" && caller === 'inspector') return 'allowed';
  if (reach === 'none') return 'HIDDEN';
  return place === 'sealed' && !opensSealOfSupplier(caller) ? 'HIDDEN' : 'allowed';
}

/** What a hidden thing has to look like. */
export const likenessOf = (route: Route, place: Place): Place =>
  kindOf(route) === 'file' && place !== 'foreign' ? 'no such evidence' : 'missing';

/** What an answer comes to. A refused state or rule lies behind the door, not before it; a malformed request proves nothing. */
export function verdictOfStatus({ method }: Pick<Route, 'method'>, status: number): string {
  if (status >= 200 && status < 300) return 'allowed';
  if (method !== 'GET' && (status === 409 || status === 422)) return 'allowed';
  return { 401: 'no token', 403: 'forbidden', 404: 'not found' }[status] ?? `status ${status}`;
}

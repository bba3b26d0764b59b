import type { Metadata } from '@grpc/grpc-js';
import { accessDenied, unauthenticated } from './refusals.js';
import {
  isMetaStream,
  isSystemStream,
  originalOf,
  type Acl,
  type StreamMetadata,
} from './stream-metadata.js';

export interface User {
  readonly password: string;
  /** `$admins` may do everything. */
  readonly groups?: readonly string[];
}

export type Users = Readonly<Record<string, User>>;

export type Operation = 'read' | 'write' | 'delete';

const ADMINS = '$admins';
const EVERYONE = '$all';

/** The roles of a caller; undefined for one who gave no name. Throws for a wrong name or password. */
function rolesOf(users: Users, metadata: Metadata): readonly string[] | undefined {
  const [header] = metadata.get('authorization');
  if (typeof header !== 'string') return undefined;
  const [, encoded = ''] = /^Basic (.+)$/u.exec(header) ?? [];
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const user = Object.hasOwn(users, name) ? users[name] : undefined;
  if (user?.password !== rest.join(':')) throw unauthenticated();
  return [name, EVERYONE, ...(user.groups ?? [])];
}

/**
 * Throws unless the caller may do this with the stream. As on a server without anonymous access: without a name
 * nothing is allowed; system streams and `$all` are for `$admins`; other streams for everyone with a name; a stream's
 * `$acl` says otherwise. Without users everything is allowed.
 */
export async function authorize(
  users: Users | undefined,
  caller: Metadata,
  stream: string,
  operation: Operation,
  metadataOf: (stream: string) => Promise<StreamMetadata>,
): Promise<void> {
  if (!users) return;
  const roles = rolesOf(users, caller);
  if (!roles) throw accessDenied();
  if (roles.includes(ADMINS)) return;
  const subject = isMetaStream(stream) ? originalOf(stream) : stream;
  const acl = stream === EVERYONE ? undefined : (await metadataOf(subject)).$acl;
  const allowed = acl?.[rightOf(stream, operation)] ?? (isSystemStream(subject) ? ADMINS : EVERYONE);
  if (![allowed].flat().some((role) => roles.includes(role))) throw accessDenied();
}

function rightOf(stream: string, operation: Operation): keyof Acl {
  if (isMetaStream(stream)) return operation === 'read' ? '$mr' : '$mw';
  return ({ read: '$r', write: '$w', delete: '$d' } as const)[operation];
}

import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  SignJWT,
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import type { Role } from '../domain/vocabulary.js';
import { isId } from '../kernel/ids.js';
import { identityError } from './identity-error.js';
import { TOKEN_ROLES, actsForParty, principalOf } from './principal.js';
import { tokenVerifier, type TokenVerifier } from './token-verifier.js';

export const LOCAL_ISSUER = 'recourse-local';
export const LOCAL_AUDIENCE = 'recourse';
const ALGORITHM = 'EdDSA';

export interface TokenRequest {
  readonly role: Role;
  /** For buyer and supplier, and for them only. */
  readonly party?: string;
  /** Default: the party, or `local-` and the role. */
  readonly sub?: string;
  readonly name?: string;
  readonly lifetimeSeconds: number;
}

export interface LocalIssuer extends TokenVerifier {
  /** A signed token. Rejects with code IDENTITY.TOKEN_REFUSED for a role, party or subject that no token can have. */
  issue(request: TokenRequest): Promise<string>;
}

/**
 * The issuer of the embedded default: an Ed25519 key of its own in `<data directory>/identity/local-issuer.json`, made
 * when it is first asked for and readable by its owner only. Whoever can read the file can sign: the engine and the
 * command line on the same machine, also at the same time. Rejects with code IDENTITY.LOCAL_KEY_UNUSABLE for a file
 * that holds no such key.
 */
export async function localIssuer(dataDirectory: string, now: () => number = Date.now): Promise<LocalIssuer> {
  const file = join(dataDirectory, 'identity', 'local-issuer.json');
  const { kid, privateKey, publicJwk } = await keyIn(file);
  const verifier = tokenVerifier(
    {
      issuer: LOCAL_ISSUER,
      audience: LOCAL_AUDIENCE,
      algorithms: [ALGORITHM],
      keys: createLocalJWKSet({ keys: [publicJwk] }),
    },
    now,
  );
  return {
    verify: (token) => verifier.verify(token),
    issue: (request) => signed(request, kid, privateKey, Math.floor(now() / 1_000)),
  };
}

async function signed(request: TokenRequest, kid: string, key: CryptoKey, at: number): Promise<string> {
  const { role, party, name, lifetimeSeconds } = request;
  const sub = request.sub ?? party ?? `local-${role}`;
  const claims = { role, ...(party === undefined ? {} : { party }), ...(name === undefined ? {} : { name }) };
  // Whoever signs may as well name us an id: none has to be made of it.
  if (!isId(sub) || principalOf({ ...claims, sub }) === undefined)
    throw identityError('IDENTITY.TOKEN_REFUSED', whyRefused(request));
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setSubject(sub)
    .setIssuedAt(at)
    .setExpirationTime(at + lifetimeSeconds)
    .sign(key);
}

function whyRefused({ role, party }: TokenRequest): string {
  if (!TOKEN_ROLES.includes(role)) return `no role '${role}': there are ${TOKEN_ROLES.join(', ')}`;
  if (actsForParty(role) && party === undefined) return `a ${role} acts for a party: name it`;
  if (!actsForParty(role) && party !== undefined) return `a token of role ${role} names no party`;
  return 'party and subject are ids: 1 to 64 letters, digits and . _ ~ - without a leading dot';
}

interface LocalKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

async function keyIn(file: string): Promise<LocalKey> {
  const text = (await readOrNothing(file)) ?? (await created(file));
  try {
    const { d, ...publicJwk } = JSON.parse(text) as JWK;
    const { crv, kid } = publicJwk;
    if (crv !== 'Ed25519' || d === undefined || kid === undefined)
      throw new Error('no Ed25519 key with an id');
    return { kid, privateKey: (await importJWK({ ...publicJwk, d }, ALGORITHM)) as CryptoKey, publicJwk };
  } catch (cause) {
    const message = `${file} holds no Ed25519 key; remove it to have a new one made`;
    throw identityError('IDENTITY.LOCAL_KEY_UNUSABLE', message, cause);
  }
}

/** Linked into place whole: of two processes that start at once one wins, and both go on with its key. */
async function created(file: string): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const content = JSON.stringify({ ...jwk, alg: ALGORITHM, kid: await calculateJwkThumbprint(jwk) });
  const temporary = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(temporary, content, { mode: 0o600, flush: true });
  try {
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
  return readFile(file, 'utf8');
}

async function readOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

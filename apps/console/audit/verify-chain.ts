import { canonicalJson } from '../../../libs/kernel/canonical-json.js';
import type { EventDocument } from '../api/documents.js';

/** The `prevHash` of a first event. */
const GENESIS = '0'.repeat(64);

export type LinkReason = 'REVISION_GAP' | 'PREV_HASH_MISMATCH' | 'HASH_MISMATCH' | 'SEALED';

/** What this page found out about one event, by itself. */
export interface VerifiedLink {
  readonly revision: string;
  readonly computed: string;
  readonly state: 'intact' | 'unverifiable' | 'broken' | 'after-break';
  readonly reason?: LinkReason;
  readonly expected?: string;
  readonly found?: string;
}

export interface ChainReport {
  readonly links: readonly VerifiedLink[];
  readonly broken: VerifiedLink | undefined;
  /** Hash of the last event that is in order. */
  readonly head: string;
  /** Events whose data is sealed to this viewer: their place in the chain is verified, their content cannot be. */
  readonly sealed: number;
}

/**
 * Recomputes every hash of one order's history in this browser, with Web Crypto over canonical JSON (RFC 8785), and trusts
 * nothing that the engine says of itself. What a hash covers is written in libs/event-store/hash-chain.ts: all of the
 * envelope but the hash itself, the position and the store's own time.
 */
export async function verifyChain(events: readonly EventDocument[]): Promise<ChainReport> {
  const links: VerifiedLink[] = [];
  let head = GENESIS;
  let broken: VerifiedLink | undefined;
  for (const [index, event] of events.entries()) {
    const computed = event.sealed === true ? '' : await sha256(canonicalJson(hashed(event)));
    const link: VerifiedLink =
      broken === undefined
        ? judged(event, index, head, computed)
        : { revision: event.revision, computed, state: 'after-break' };
    links.push(link);
    if (link.state === 'broken') broken = link;
    else if (broken === undefined) head = event.metadata.hash;
  }
  return { links, broken, head, sealed: links.filter(({ state }) => state === 'unverifiable').length };
}

function judged(event: EventDocument, index: number, previous: string, computed: string): VerifiedLink {
  const { revision, metadata } = event;
  const broken = (reason: LinkReason, expected: string, found: string): VerifiedLink => ({
    revision,
    computed,
    state: 'broken',
    reason,
    expected,
    found,
  });
  if (revision !== String(index)) return broken('REVISION_GAP', String(index), revision);
  if (metadata.prevHash !== previous) return broken('PREV_HASH_MISMATCH', previous, metadata.prevHash);
  if (event.sealed === true) return { revision, computed, state: 'unverifiable', reason: 'SEALED' };
  if (metadata.hash !== computed) return broken('HASH_MISMATCH', computed, metadata.hash);
  return { revision, computed, state: 'intact' };
}

function hashed({ id, stream, revision, type, schemaVersion, data, metadata }: EventDocument): object {
  const { hash: _, ...rest } = metadata;
  return { id, stream, revision, type, schemaVersion, data, metadata: rest };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { instantOf, type Instant } from '../kernel/instant.js';
import type { Fault } from '../kernel/problem.js';
import { MOST_WAITING, mostBytes, usedBytes, type Allowance } from './allowance.js';
import { saidType, type MediaType, type Said } from './content/sniff.js';
import { contentWatch, type ContentWatch } from './content/watch.js';
import { evidenceFaultOf } from './evidence-error.js';
import type { Scanner } from './scanner.js';
import type { EvidenceStore, StagedFile } from './store.js';
import { ownerKey, type Owner, type Scan, type Upload, type Uploads } from './uploads.js';

/** A file that is handed in. */
export interface Delivery {
  readonly owner: Owner;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What the sender says of it; none of it is believed. */
  readonly said: Said & { readonly size?: number; readonly sha256?: string };
  readonly allowance: Allowance;
}

export type Receipt =
  /** `again`: the same owner has handed in the same bytes before. */
  | { readonly kind: 'received'; readonly upload: Upload; readonly again: boolean }
  | { readonly kind: 'refused'; readonly fault: Fault };

export interface ReceivingServices {
  readonly store: EvidenceStore;
  readonly uploads: Uploads;
  /** Undefined: nobody looks for malware. */
  readonly scanner: Scanner | undefined;
  /** Milliseconds since 1970, by the machine's clock. */
  now(): number;
}

/**
 * Receives a file: limits while it comes, then what it is, whether it acts, and what the scanner says; only then it is
 * kept. What is refused, or breaks off, leaves nothing behind. Rejects when the source or the disk fails.
 */
export async function receive(services: ReceivingServices, delivery: Delivery): Promise<Receipt> {
  const { owner, said, allowance } = delivery;
  const early = refusedUnseen(allowance, said);
  if (early !== undefined) return refused(early);
  const waiting = await services.uploads.waiting(owner);
  const maxBytes = mostBytes(allowance, waiting);
  if (said.size !== undefined && said.size > maxBytes) return refused(tooLarge(allowance, maxBytes));
  const watch = contentWatch();
  let staged: StagedFile;
  try {
    staged = await services.store.stage(delivery.bytes, { maxBytes, see: watch.see });
  } catch (error) {
    if (evidenceFaultOf(error) !== 'FILE_TOO_LARGE') throw error;
    return refused(tooLarge(allowance, maxBytes));
  }
  try {
    return await judge(services, delivery, staged, watch);
  } finally {
    await staged.discard();
  }
}

async function judge(
  services: ReceivingServices,
  { owner, said, allowance }: Delivery,
  staged: StagedFile,
  watch: ContentWatch,
): Promise<Receipt> {
  const { sha256, size, path } = staged;
  if (size === 0) return refused(EMPTY);
  if (said.sha256 !== undefined && said.sha256 !== sha256) return refused(otherHash(sha256));
  const judgement = await watch.judge(path, said);
  if (judgement.kind === 'unknown') return refused(notAccepted('a file of an unknown form'));
  const { type } = judgement;
  const wrongType = typeFault(allowance, said, type);
  if (wrongType !== undefined) return refused(wrongType);
  if (judgement.kind === 'harmful') return refused(harmful(judgement.what));
  const at = instantOf(services.now());
  const scan = await scanned(services.scanner, () => createReadStream(path), at);
  if (scan.state === 'infected') return refused(infected(scan.signature));
  return taking(owner, () =>
    take(services, staged, { ...owner, ...type, sha256, size, uploadedAt: at, scan }, allowance),
  );
}

/** The quota counts what is there when the file is: two that come at once do not pass it together. */
async function take(
  { uploads }: ReceivingServices,
  staged: StagedFile,
  upload: Upload,
  allowance: Allowance,
): Promise<Receipt> {
  const { sha256, size } = upload;
  const waiting = await uploads.waiting(upload);
  const before = await uploads.find(upload, sha256);
  const counts = [...allowance.onRecord, ...waiting].some((known) => known.sha256 === sha256);
  if (!counts && usedBytes(allowance, waiting) + size > allowance.maxPartyBytes) {
    return refused(quotaExceeded(allowance, usedBytes(allowance, waiting)));
  }
  if (before === undefined && waiting.length >= MOST_WAITING) return refused(TOO_MANY);
  // A scanner that cannot be asked today does not take back what it said yesterday.
  const taken = before?.scan.state === 'clean' ? { ...upload, scan: before.scan } : upload;
  // In this order a crash between leaves an upload without its file, which is found again, not a file without its upload.
  await uploads.put(taken);
  await staged.keep();
  return { kind: 'received', upload: taken, again: before !== undefined };
}

/** What the scanner, if there is one, says of the bytes. */
export async function scanned(
  scanner: Scanner | undefined,
  open: () => Readable,
  at: Instant,
): Promise<Scan> {
  if (scanner === undefined) return { state: 'unscanned' };
  const bytes = open();
  const verdict = await scanner.scan(bytes);
  bytes.destroy();
  switch (verdict.kind) {
    case 'clean':
      return { state: 'clean', at };
    case 'infected':
      return { state: 'infected', at, signature: verdict.signature };
    case 'undecided':
      return { state: 'quarantined', at, reason: verdict.reason };
    default: {
      const _: never = verdict;
      return { state: 'quarantined', at, reason: 'no verdict' };
    }
  }
}

/** One after another for an owner. */
const turns = new Map<string, Promise<unknown>>();

async function taking<T>(owner: Owner, work: () => Promise<T>): Promise<T> {
  const key = ownerKey(owner);
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before.then(work, work);
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}

function refusedUnseen({ mediaTypes }: Allowance, said: Delivery['said']): Fault | undefined {
  if (said.size === 0) return EMPTY;
  const type = saidType(said);
  return type === undefined || mediaTypes.includes(type) ? undefined : notAccepted(type);
}

function typeFault({ mediaTypes }: Allowance, said: Said, { mediaType }: MediaType): Fault | undefined {
  const type = saidType(said);
  if (type !== undefined && type !== mediaType) {
    return {
      code: 'EVIDENCE.MEDIA_TYPE_LIES',
      message: `The file is said to be ${type}, and is ${mediaType}.`,
      pointer: '/headers/content-type',
      rule: 26,
      facts: { mediaType },
    };
  }
  return mediaTypes.includes(mediaType) ? undefined : notAccepted(mediaType);
}

const refused = (fault: Fault): Receipt => ({ kind: 'refused', fault });

const EMPTY: Fault = { code: 'EVIDENCE.EMPTY', message: 'The file is empty.', rule: 26 };

const TOO_MANY: Fault = {
  code: 'EVIDENCE.TOO_MANY_WAITING',
  message: `${MOST_WAITING} files wait to be submitted as evidence already.`,
  rule: 26,
};

const tooLarge = (allowance: Allowance, maxBytes: number): Fault =>
  maxBytes < allowance.maxFileBytes
    ? quotaExceeded(allowance)
    : {
        code: 'EVIDENCE.FILE_TOO_LARGE',
        message: `A file has at most ${allowance.maxFileBytes} bytes.`,
        rule: 26,
      };

const quotaExceeded = ({ maxPartyBytes }: Allowance, used?: number): Fault => ({
  code: 'EVIDENCE.QUOTA_EXCEEDED',
  message: `All files of one party have at most ${maxPartyBytes} bytes.`,
  rule: 26,
  ...(used === undefined ? {} : { facts: { used } }),
});

const notAccepted = (what: string): Fault => ({
  code: 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
  message: `The policy accepts no ${what}.`,
  pointer: '/headers/content-type',
  rule: 26,
});

const harmful = (what: string): Fault => ({
  code: 'EVIDENCE.HARMFUL',
  message: `The file holds ${what}.`,
  rule: 26,
});

const infected = (signature: string): Fault => ({
  code: 'EVIDENCE.INFECTED',
  message: `The scanner found ${signature}.`,
  rule: 26,
});

const otherHash = (sha256: string): Fault => ({
  code: 'EVIDENCE.OTHER_HASH',
  message: 'The bytes that came do not have the hash that was announced.',
  pointer: '/headers/content-digest',
  facts: { sha256 },
});

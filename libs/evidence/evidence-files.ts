import type { Readable } from 'node:stream';
import { epochMsOf, instantOf } from '../kernel/instant.js';
import type { Fault } from '../kernel/problem.js';
import { receive, scanned, type Delivery, type Receipt, type ReceivingServices } from './receive.js';
import { ownerKey, type Owner, type Upload } from './uploads.js';

export type Opened =
  | { readonly kind: 'open'; readonly upload: Upload; readonly bytes: Readable }
  /** A scanner has to look at it first, and could not. */
  | { readonly kind: 'quarantined' }
  /** It was, and was removed. */
  | { readonly kind: 'infected' }
  /** Nobody has handed it in here, or it is kept no longer. */
  | { readonly kind: 'absent' };

/** What an order's history says of an upload. */
export type OnRecord = (upload: Upload) => Promise<boolean>;

/** Files of evidence, from being handed in to being read. */
export interface EvidenceFiles {
  receive(delivery: Delivery): Promise<Receipt>;
  /** The upload of that owner and hash whose file may still be submitted as evidence, or has been. */
  find(owner: Owner, sha256: string): Promise<Upload | undefined>;
  /** Uploads of an owner that no evidence names. */
  waiting(owner: Owner): Promise<readonly Upload[]>;
  /** True when it has waited so long that it may be gone any moment: it has to be handed in again. */
  isStale(upload: Upload): boolean;
  /** When an upload that waits goes stale. */
  staleAt(upload: Upload): string;
  /** Opens a file for a reader. Where there is a scanner, what it has not seen yet it sees now. */
  open(owner: Owner, sha256: string): Promise<Opened>;
  /** Removes what died half-received, and what waited longer than it may without being named. */
  sweep(isOnRecord: OnRecord): Promise<Swept>;
}

export interface Swept {
  /** Files that were received in part by processes that have ended. */
  readonly halves: number;
  /** Uploads that nobody named in time. */
  readonly orphans: number;
  /** Uploads that the order's history names: they stay for good. */
  readonly settled: number;
}

/**
 * An upload can be named in evidence for half this time, and is removed after the whole: so what is removed was not
 * being named a moment before, however long that took.
 */
const GRACE_MS = 86_400_000;
/** Of one owner. */
const MOST_AT_ONCE = 4;

const TOO_MANY_AT_ONCE: Fault = {
  code: 'EVIDENCE.TOO_MANY_AT_ONCE',
  message: `${MOST_AT_ONCE} files are being received already.`,
};

export function evidenceFiles(services: ReceivingServices, graceMs = GRACE_MS): EvidenceFiles {
  const { store, uploads, scanner, now } = services;
  const underWay = new Map<string, number>();
  const age = (upload: Upload) => now() - epochMsOf(upload.uploadedAt);

  /** The upload with a scanner's verdict, where there is a scanner and it can be had. */
  const examined = async (upload: Upload): Promise<Upload> => {
    if (scanner === undefined || upload.scan.state === 'clean' || upload.scan.state === 'infected')
      return upload;
    const file = await store.open(upload.sha256);
    if (file === undefined) return upload;
    const scan = await scanned(scanner, () => file.bytes, instantOf(now()));
    const known = { ...upload, scan };
    await uploads.put(known);
    if (scan.state === 'infected') await store.remove(upload.sha256, Infinity);
    return known;
  };

  /** A process that was killed may have left an upload whose file never came to lie beside it. */
  const isHere = async ({ scan, sha256 }: Upload): Promise<boolean> =>
    scan.state === 'infected' || store.has(sha256);

  const atOnce = async (owner: Owner, work: () => Promise<Receipt>): Promise<Receipt> => {
    const key = ownerKey(owner);
    const running = underWay.get(key) ?? 0;
    if (running >= MOST_AT_ONCE) return { kind: 'refused', fault: TOO_MANY_AT_ONCE };
    underWay.set(key, running + 1);
    try {
      return await work();
    } finally {
      const left = (underWay.get(key) ?? 1) - 1;
      if (left === 0) underWay.delete(key);
      else underWay.set(key, left);
    }
  };

  const dropOrphan = async (orphan: Upload, others: readonly Upload[]): Promise<boolean> => {
    const { sha256 } = orphan;
    const isShared = others.some((other) => other.sha256 === sha256) || (await uploads.isSettled(sha256));
    // The file first: while its upload is there a sweep that was cut short is taken up again.
    if (!isShared && !(await store.remove(sha256, now() - graceMs))) return false;
    return uploads.remove(orphan);
  };

  return {
    receive: (delivery) => atOnce(delivery.owner, () => receive(services, delivery)),
    async find(owner, sha256) {
      const upload = await uploads.find(owner, sha256);
      return upload !== undefined && (await isHere(upload)) ? upload : undefined;
    },
    async waiting(owner) {
      const all = await uploads.waiting(owner);
      const here = await Promise.all(all.map(isHere));
      return all.filter((_, index) => here[index]);
    },
    isStale: (upload) => age(upload) > graceMs / 2,
    staleAt: ({ uploadedAt }) => instantOf(epochMsOf(uploadedAt) + graceMs / 2),

    async open(owner, sha256) {
      const found = await uploads.find(owner, sha256);
      if (found === undefined) return { kind: 'absent' };
      const upload = await examined(found);
      if (upload.scan.state === 'infected') return { kind: 'infected' };
      if (scanner !== undefined && upload.scan.state !== 'clean') return { kind: 'quarantined' };
      const file = await store.open(sha256);
      return file === undefined ? { kind: 'absent' } : { kind: 'open', upload, bytes: file.bytes };
    },

    async sweep(isOnRecord) {
      const halves = await store.tidy();
      const all: Upload[] = [];
      for await (const upload of uploads.allWaiting()) all.push(upload);
      let orphans = 0;
      let settled = 0;
      let left: readonly Upload[] = all;
      for (const upload of all) {
        await examined(upload);
        if (age(upload) <= graceMs) continue;
        const others = left.filter((other) => other !== upload);
        if (await isOnRecord(upload)) {
          await uploads.settle(upload);
          settled++;
        } else if (await dropOrphan(upload, others)) {
          orphans++;
          left = others;
        }
      }
      return { halves, orphans, settled };
    },
  };
}

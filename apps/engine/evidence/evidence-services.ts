import type { HandedInFiles } from '../../../libs/application/order-kind.js';
import { submitterOf } from '../../../libs/domain/order/dispute/evidence.js';
import { clamdScanner } from '../../../libs/evidence/clamd/clamd-scanner.js';
import { openDiskEvidenceStore } from '../../../libs/evidence/disk/disk-evidence-store.js';
import { openDiskUploads } from '../../../libs/evidence/disk/disk-uploads.js';
import { evidenceFiles, type EvidenceFiles } from '../../../libs/evidence/evidence-files.js';
import type { EngineConfig } from '../config.js';

/** Files of evidence on this machine's disk, or on one that all engines share. */
export async function openEvidenceFiles({ evidenceDir, clamdUrl }: EngineConfig): Promise<EvidenceFiles> {
  const store = await openDiskEvidenceStore(evidenceDir);
  // At once, before anybody is served: what this process half received when it was killed is gone.
  await store.tidy();
  return evidenceFiles({
    store,
    uploads: await openDiskUploads(evidenceDir),
    scanner: clamdUrl === undefined ? undefined : clamdScanner(clamdUrl),
    now: Date.now,
  });
}

/** What the decider is told of the file behind a hash. */
export const handedInFiles = (files: EvidenceFiles, required: boolean): HandedInFiles => ({
  required,
  async find(orderId, { role, id }, sha256) {
    const upload = await files.find({ orderId, by: submitterOf(role), author: id }, sha256);
    if (upload === undefined) return undefined;
    const { size, mediaType, scan } = upload;
    if (scan.state === 'infected') return { size, mediaType, state: 'INFECTED' };
    return { size, mediaType, state: files.isStale(upload) ? 'STALE' : 'HERE' };
  },
});

import type { Logger } from 'pino';
import type { Readings } from '../../../libs/application/application.js';
import type { EvidenceFiles, OnRecord } from '../../../libs/evidence/evidence-files.js';

export interface Caretaker {
  /** Resolves when what was under way has ended. */
  stop(): Promise<void>;
}

const EVERY_MS = 600_000;

/** Sweeps evidence files now and then: scans what is held back, and removes what nobody named in time. */
export function startCaretaker(
  { evidenceFiles, readings }: { readonly evidenceFiles: EvidenceFiles; readonly readings: Readings },
  logger: Logger,
): Caretaker {
  const sweep = async (): Promise<void> => {
    try {
      const swept = await evidenceFiles.sweep(onRecordIn(readings));
      if (swept.halves + swept.orphans > 0) logger.info(swept, 'evidence files were swept');
    } catch (err) {
      logger.error({ err }, 'evidence files could not be swept');
    }
  };
  let running = sweep();
  const timer = setInterval(() => (running = running.then(sweep)), EVERY_MS).unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}

/** The history as the log has it now: what a cache missed would be removed. */
const onRecordIn =
  ({ orders }: Readings): OnRecord =>
  async ({ orderId, by, author, sha256 }) => {
    const { state } = await orders.read(orderId);
    const evidence = state?.disputes.flatMap((dispute) => dispute.evidence) ?? [];
    return evidence.some((known) => known.sha256 === sha256 && known.by === by && known.author === author);
  };

import type { Caller } from '../../decision.js';
import type { Party, Role } from '../../vocabulary.js';
import type { OrderEventOf } from '../events.js';

/** For whom no seal is: those who decide by the evidence, and those who verify the whole history. */
const OPENS_EVERY_SEAL: ReadonlySet<Role> = new Set<Role>(['arbitrator', 'appeal_arbitrator', 'auditor']);

/**
 * Whether a seal on evidence holds for a caller who may see the order. It is open to the arbitrators, to auditors, to
 * the parties that it is sealed to, and to whoever submitted the evidence; to nobody else on the platform.
 */
export const mayOpenSeal = (
  evidence: { readonly by: string; readonly author: string; readonly sealedTo?: readonly Party[] },
  { role, id }: Caller,
): boolean =>
  evidence.sealedTo === undefined ||
  OPENS_EVERY_SEAL.has(role) ||
  (evidence.sealedTo as readonly string[]).includes(role) ||
  // A buyer and an inspector may well have the same id.
  (evidence.by === role && evidence.author === id);

/** What everyone who sees the order learns of evidence under seal: that it is there, who put it there, and for whom. */
export const announcementOf = ({
  dispute,
  evidence,
  by,
  request,
  sealedTo,
}: Submitted): Pick<Submitted, 'dispute' | 'evidence' | 'by' | 'request' | 'sealedTo'> => ({
  dispute,
  evidence,
  by,
  request,
  sealedTo,
});

type Submitted = OrderEventOf<'EvidenceSubmitted'>['data'];

import type { Caller } from '../../decision.js';
import type { Party, Role } from '../../vocabulary.js';
import type { OrderEventOf } from '../events.js';
import type { Evidence, Order } from '../state.js';

/** For whom no seal is: those who decide by the evidence, and those who verify the whole history. */
const OPENS_EVERY_SEAL: ReadonlySet<Role> = new Set<Role>(['arbitrator', 'appeal_arbitrator', 'auditor']);

export const opensEverySeal = ({ role }: Caller): boolean => OPENS_EVERY_SEAL.has(role);

/**
 * Whether a seal on evidence holds for a caller who may see the order. It is open to the arbitrators, to auditors, to
 * the parties that it is sealed to, and to whoever submitted the evidence; to nobody else on the platform.
 */
export const mayOpenSeal = (
  evidence: { readonly by: string; readonly author: string; readonly sealedTo?: readonly Party[] },
  { role, id }: Caller,
): boolean =>
  evidence.sealedTo === undefined ||
  opensEverySeal({ role, id }) ||
  (evidence.sealedTo as readonly string[]).includes(role) ||
  // A buyer and an inspector may well have the same id.
  (evidence.by === role && evidence.author === id);

/** Evidence as it is to be seen now: the seal of its event may have been changed since (rule 26). */
export const evidenceNow = (
  { disputes }: Pick<Order, 'disputes'>,
  { dispute, evidence }: { readonly dispute: number; readonly evidence: number },
): Evidence | undefined =>
  disputes.find((known) => known.dispute === dispute)?.evidence.find((known) => known.evidence === evidence);

/**
 * Whether a caller who may see the order is told what an event says: of evidence, as far as its seal is open now,
 * however it was when the event was written. `order` is the order as it is now, not as of the event.
 */
export function mayBeTold(
  { type, data }: { readonly type: string; readonly data: unknown },
  order: Pick<Order, 'disputes'>,
  caller: Caller,
): boolean {
  if (type !== 'EvidenceSubmitted') return true;
  const submitted = data as Submitted;
  return mayOpenSeal(evidenceNow(order, submitted) ?? submitted, caller);
}

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

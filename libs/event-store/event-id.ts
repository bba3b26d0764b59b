import { nameBasedUuid } from '../kernel/name-based-uuid.js';

/**
 * Id of the nth event (from 0) of an append: UUID version 5 (RFC 9562) with the id of whatever is appended as a whole as
 * namespace and the decimal index as name. So an append that is repeated has the same ids, and the store recognises it.
 * Throws a TypeError when the namespace is no UUID.
 */
export const eventId = (namespace: string, index: number): string => nameBasedUuid(String(index), namespace);

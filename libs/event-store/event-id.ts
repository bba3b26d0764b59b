import { nameBasedUuid } from '../kernel/name-based-uuid.js';

/**
 * Id of a command's nth event (from 0): UUID version 5 (RFC 9562) with the command's id as namespace and the decimal index
 * as name. So a command that is retried appends the same ids, and the store recognises it.
 * Throws a TypeError when the command's id is no UUID.
 */
export const eventId = (commandId: string, index: number): string => nameBasedUuid(String(index), commandId);

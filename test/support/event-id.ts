import { nameBasedUuid } from '../../libs/kernel/name-based-uuid.js';

/** Id of the nth event (from 0) of an append, for logs that are to be the same each time: it follows from the append's id. */
export const eventId = (namespace: string, index: number): string => nameBasedUuid(String(index), namespace);

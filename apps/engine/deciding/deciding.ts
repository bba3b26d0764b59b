import type { Application } from '../../../libs/application/application.js';
import type { Commands } from '../../../libs/application/commands.js';
import { answerTo } from './answer-to.js';

/** Where commands are decided. */
export interface Deciding extends Commands {
  /** Resolves when the order is at hand, so that a command on it need not wait for it to be read. */
  prepare(orderId: string): Promise<void>;
  /** Why nothing can be decided any more; undefined while it can. */
  failure(): Error | undefined;
  /** Resolves when what was sent is answered, and nothing more will be written. */
  close(): Promise<void>;
}

/** An order that was read so long ago is at hand: whatever was written since is found when its deadline expires. */
const RECENT_MS = 60_000;

/** Decides in the calling thread. */
export const decideHere = (application: Application): Deciding => ({
  run: (kind, request) => answerTo(application, kind, request),
  prepare: async (orderId) => void (await application.orders.read(orderId, RECENT_MS)),
  failure: () => undefined,
  close: async () => undefined,
});

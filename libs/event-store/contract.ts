import { appending } from './contract/appending.js';
import { lifecycle } from './contract/lifecycle.js';
import { randomHistories } from './contract/random-histories.js';
import { reading } from './contract/reading.js';
import { subscribing } from './contract/subscribing.js';
import type { StoreUnderTest } from './contract/support.js';

/**
 * What every event store adapter guarantees, as one jest suite that each runs unchanged.
 *
 * `open` gives a store whose log may hold events of others: the suite only looks at streams that it named itself
 * and at positions after the head that it found, so that it also runs against a server with history.
 */
export function describeEventStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`event store contract: ${name}`, () => {
    let subject: StoreUnderTest;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject.store.close();
      await subject.dispose();
    });

    describe('append', () => appending(() => subject));
    describe('read', () => reading(() => subject));
    describe('subscribe', () => subscribing(() => subject));
    describe('random histories', () => randomHistories(() => subject));
    describe('lifecycle', () => lifecycle(() => subject));
  });
}

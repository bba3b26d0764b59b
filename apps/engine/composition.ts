import { join } from 'node:path';
import { createApplication, type Application } from '../../libs/application/application.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import { createCodec, type Codec } from '../../libs/event-store/codec.js';
import type { EventStore } from '../../libs/event-store/port.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';
import { tokenSource } from '../../libs/identity/token-source.js';
import type { TokenVerifier } from '../../libs/identity/token-verifier.js';
import { SystemClock, type Clock } from '../../libs/kernel/clock.js';
import { instantOf } from '../../libs/kernel/instant.js';
import type { EngineConfig } from './config.js';
import { keptVirtualClock, type KeptClock } from './virtual-clock-file.js';

/** What an engine is made of. The only place where adapters are chosen. */
export interface Composition {
  readonly config: EngineConfig;
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Present only where time may be moved. */
  readonly keptClock: KeptClock | undefined;
  readonly verifier: TokenVerifier;
  readonly application: Application;
  /** Lets go of everything, in the reverse order. */
  close(): Promise<void>;
}

export async function compose(config: EngineConfig): Promise<Composition> {
  const verifier = await tokenSource(config.environment, config.dataDir);
  const keptClock =
    config.clock === 'virtual'
      ? await keptVirtualClock(config.dataDir, config.clockStart ?? instantOf(Date.now()))
      : undefined;
  const clock = keptClock?.clock ?? new SystemClock();
  const store = await openSqliteEventStore({ file: join(config.dataDir, 'events.db') });
  const codec = createCodec(eventSchemas);
  const application = createApplication({ store, codec, clock });
  return {
    config,
    store,
    codec,
    clock,
    keptClock,
    verifier,
    application,
    close: () => store.close(),
  };
}

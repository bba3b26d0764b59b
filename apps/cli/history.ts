import { orderStream } from '../../libs/domain/streams.js';
import type { ShownEvent } from '../../libs/event-store/hash-chain.js';
import type { RecordedEvent } from '../../libs/event-store/port.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';
import { localIssuer } from '../../libs/identity/local-issuer.js';
import { engineClient } from './engine-client.js';

/** Where a history is read from: a running engine, or the log file of one that may be stopped. */
export interface HistorySource {
  /** Every event of an order as it was recorded, first to last; none for an order that is not there. */
  events(orderId: string): AsyncIterable<ShownEvent>;
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly url: string;
  readonly log?: string;
  readonly token?: string;
  readonly dataDir: string;
}

export async function historySource(options: SourceOptions): Promise<HistorySource> {
  return options.log === undefined ? fromEngine(options) : fromLog(options.log);
}

async function fromLog(file: string): Promise<HistorySource> {
  const store = await openSqliteEventStore({ file, readOnly: true });
  return { events: (orderId) => store.readStream(orderStream(orderId)), close: () => store.close() };
}

interface EventLine extends Omit<RecordedEvent, 'revision' | 'data' | 'metadata'> {
  readonly revision: string;
  readonly schemaVersion: number;
  readonly data: unknown;
  readonly metadata: object;
  readonly sealed?: true;
}

async function fromEngine(options: SourceOptions): Promise<HistorySource> {
  const client = engineClient(options.url, options.token ?? (await auditorToken(options.dataDir)));
  return {
    async *events(orderId) {
      for await (const line of client.lines<EventLine>(`/v1/orders/${encodeURIComponent(orderId)}/events`)) {
        const { schemaVersion, metadata, data, revision, sealed, ...rest } = line;
        yield {
          ...rest,
          revision: BigInt(revision),
          data: JSON.stringify(data),
          metadata: JSON.stringify({ ...metadata, schemaVersion }),
          // Nothing else is ever withheld: an engine that said so would hide that it had changed something.
          withheld: sealed === true && line.type === 'EvidenceSubmitted',
        };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** On the machine of an embedded engine whoever may read its key file may look at everything, as an auditor. */
export async function auditorToken(dataDir: string): Promise<string> {
  return (await localIssuer(dataDir)).issue({ role: 'auditor', sub: 'cli-auditor', lifetimeSeconds: 600 });
}

import { client } from '../api/generated/client.gen.js';
import { readPresent } from '../api/generated/sdk.gen.js';

export interface LiveEvent {
  /** Without the CloudEvents prefix: `SupplierResponded`. */
  readonly type: string;
  readonly orderId: string;
  readonly revision: string;
  readonly position: string;
  readonly actor: { readonly role: string; readonly id: string };
}

export interface Following {
  readonly signal: AbortSignal;
  onEvent(event: LiveEvent): void;
  onConnected(connected: boolean): void;
}

interface Sent {
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly revision: string;
  readonly position: string;
  readonly actorrole: string;
  readonly actorid: string;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Every event of an order from now on, in order and none twice, until the signal. A stream that ends (the engine ends each
 * after an hour, a proxy sooner) is opened again where it ended. Never rejects.
 */
export async function followEvents({ signal, onEvent, onConnected }: Following): Promise<void> {
  let after: string | undefined;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      after ??= (await readPresent({ signal, throwOnError: true })).data.position;
      const { stream } = await client.sse.get({
        url: '/v1/events',
        security: [{ scheme: 'bearer', type: 'http' }],
        query: { after },
        signal,
        headers: { accept: 'text/event-stream' },
        // It resumes by itself only as long as the connection fails, not when the stream ends.
        sseMaxRetryAttempts: 1,
        onSseEvent: ({ id }) => {
          pause = FIRST_PAUSE_MS;
          onConnected(true);
          if (id !== undefined) after = id;
        },
      });
      for await (const data of stream) {
        const sent = data as Sent | undefined;
        if (sent?.source?.startsWith('/v1/orders/')) onEvent(liveEvent(sent));
      }
    } catch {
      // Said by `onConnected` below, and tried again.
    }
    onConnected(false);
    await delay(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

const liveEvent = ({ type, subject, revision, position, actorrole, actorid }: Sent): LiveEvent => ({
  type: type.replace(/^recourse\./, ''),
  orderId: subject,
  revision,
  position,
  actor: { role: actorrole, id: actorid },
});

const delay = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

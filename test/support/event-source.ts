/** One server-sent event. */
export interface ReceivedEvent {
  readonly id: string;
  readonly event: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

/** A connection to a stream of server-sent events, read as an EventSource reads it. */
export interface EventSourceConnection {
  /** The next event with data; rejects when the stream ends first. */
  next(): Promise<ReceivedEvent>;
  close(): Promise<void>;
  /** Resolves when the stream has ended, however it did. */
  readonly ended: Promise<void>;
}

export async function eventSource(
  url: string,
  token: string,
  lastEventId?: string,
): Promise<EventSourceConnection> {
  const controller = new AbortController();
  const response = await fetch(url, {
    signal: controller.signal,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  if (response.status !== 200 || response.body === null)
    throw new Error(`${response.status} ${await response.text()}`);
  const received: ReceivedEvent[] = [];
  let wake = () => {};
  let over = false;
  const ended = (async () => {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const event = parsed(block);
          if (event !== undefined) received.push(event);
        }
        wake();
      }
    } catch {
      // Closed by us, or broken off: over either way.
    } finally {
      over = true;
      wake();
    }
  })();
  return {
    ended,
    async next() {
      for (;;) {
        const event = received.shift();
        if (event !== undefined) return event;
        if (over) throw new Error('the stream ended');
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async close() {
      controller.abort();
      await ended;
    },
  };
}

/** Undefined for a comment, a retry, or an id without data. */
function parsed(block: string): ReceivedEvent | undefined {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
    }),
  ) as { id?: string; event?: string; data?: string };
  return fields.data === undefined
    ? undefined
    : { id: fields.id ?? '', event: fields.event ?? 'message', data: JSON.parse(fields.data) };
}

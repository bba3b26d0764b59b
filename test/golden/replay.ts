import { evolveInspector } from '../../libs/domain/inspector/evolve.js';
import { evolveOrder } from '../../libs/domain/order/evolve.js';
import { evolvePolicy } from '../../libs/domain/policy/evolve.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import { parseStream } from '../../libs/domain/streams.js';
import { evolveSupplier } from '../../libs/domain/supplier/evolve.js';
import { createCodec } from '../../libs/event-store/codec.js';
import type { RecordedEvent } from '../../libs/event-store/port.js';

type Evolve = (state: object | undefined, event: never) => object;

const EVOLVERS: Readonly<Record<string, Evolve>> = {
  order: evolveOrder as Evolve,
  supplier: evolveSupplier as Evolve,
  policy: evolvePolicy as Evolve,
  inspector: evolveInspector as Evolve,
};

const codec = createCodec(eventSchemas);

/** The state that today's code makes of a stream, whichever release recorded it; in JSON's terms. */
export function replay(events: readonly RecordedEvent[]): unknown {
  const kind = parseStream(events[0]?.stream ?? '')?.kind ?? '';
  const evolve = EVOLVERS[kind];
  if (evolve === undefined) throw new Error(`no stream of ours: ${events[0]?.stream}`);
  let state: object | undefined;
  for (const recorded of events) state = evolve(state, codec.decode(recorded).event as never);
  return JSON.parse(JSON.stringify(state));
}

import { inspectorEventSchemas, type InspectorEvent } from '../../libs/domain/inspector/events.js';
import { evolveInspector } from '../../libs/domain/inspector/evolve.js';
import type { Inspector } from '../../libs/domain/inspector/state.js';
import { parseStream } from '../../libs/domain/streams.js';
import type { Projection } from '../../libs/projection/projection.js';

/** A document `<inspectorId>` for each inspector that was ever accredited. */
export const inspectors: Projection<Inspector> = {
  name: 'inspectors',
  version: 1,
  types: inspectorEventSchemas.map(({ type }) => type),
  key: ({ stream }) => [parseStream(stream)?.id ?? stream],
  evolve(inspector, { event }) {
    if (inspector === undefined && event.type !== 'InspectorAccredited') return null;
    return evolveInspector(inspector, event as InspectorEvent);
  },
  columns: [
    { name: 'name', type: 'text', value: ({ name }) => name },
    { name: 'accredited', type: 'integer', value: ({ accredited }) => (accredited ? 1 : 0) },
  ],
};

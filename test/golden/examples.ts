import type { Example } from '../../libs/domain/catalogue/catalogue.js';
import { eventSchemas, type DomainEvent } from '../../libs/domain/registry.js';
import type { Caller } from '../../libs/domain/decision.js';
import { createCodec } from '../../libs/event-store/codec.js';
import { readRecording, releases, streamsOf } from './recording.js';

/** Told first, so that most examples are of one order. */
const MAIN_STORIES = ['order-quality-to-appeal', 'order-late-shipment'];

/** One of each event, from the newest recording. */
export function recordedExamples(): ReadonlyMap<string, Example> {
  const codec = createCodec<DomainEvent>(eventSchemas);
  const release = releases().at(-1) ?? '';
  const examples = new Map<string, Example>();
  for (const stream of new Set([...MAIN_STORIES, ...streamsOf(release)])) {
    for (const recorded of readRecording(release, stream)) {
      if (examples.has(recorded.type)) continue;
      const { event, metadata } = codec.decode(recorded);
      examples.set(event.type, { event, actor: metadata.actor as Caller });
    }
  }
  return examples;
}

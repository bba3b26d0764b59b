import type { Caller } from '../decision.js';
import { enumerated, nameOf, saying, told, type Narration, type Told } from '../prose.js';
import type { InspectorEvent } from './events.js';

/** Tells any event of an inspector to a person: who, what and why. */
export function narrateInspector(event: InspectorEvent, actor: Caller): Narration {
  const who = nameOf(actor);
  return { who, ...toldBy(event, who) };
}

function toldBy({ type, data }: InspectorEvent, who: string): Told {
  switch (type) {
    case 'InspectorAccredited':
      return told(
        `${who} accredited inspector ${data.name} (${data.inspectorId})` +
          `${data.fields.length === 0 ? '' : ` for ${enumerated(data.fields)}`}.`,
        16,
      );
    case 'AccreditationWithdrawn':
      return told(`${who} withdrew the accreditation of ${data.inspectorId}${saying(data.reason)}.`, 16);
    default:
      return type satisfies never;
  }
}

import type { Caller } from '../decision.js';
import { nameOf, quoted, saying, told, type Narration, type Told } from '../prose.js';
import type { PolicyEvent } from './events.js';

/** Tells any event of a policy to a person: who, what and why. */
export function narratePolicy(event: PolicyEvent, actor: Caller): Narration {
  const who = nameOf(actor);
  return { who, ...toldBy(event, who) };
}

function toldBy({ type, data }: PolicyEvent, who: string): Told {
  const policy = `version ${data.version} of policy ${data.policyId}`;
  switch (type) {
    case 'PolicyDrafted':
      return told(`${who} drafted ${policy}: ${quoted(data.title)}.`);
    case 'PolicyPublished':
      return told(`${who} published ${policy}; contracts confirmed from now on are held to it.`, 4);
    case 'PolicyRetired':
      return told(
        `${who} retired ${policy}${saying(data.reason)}; orders that it was frozen into keep it.`,
        4,
      );
    default:
      return type satisfies never;
  }
}

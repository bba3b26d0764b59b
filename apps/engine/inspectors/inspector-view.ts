import type { Caller } from '../../../libs/domain/decision.js';
import type { Inspector } from '../../../libs/domain/inspector/state.js';
import { mayRoleSend } from '../../../libs/domain/permissions.js';
import { linkTo, type Link } from '../http/link.js';
import { inspectorVerbs } from './inspector-verbs.js';

export function inspectorLinks({ inspectorId, accredited }: Inspector, { role }: Caller): Link[] {
  return inspectorVerbs
    .filter(({ command }) => accredited && mayRoleSend(role, command))
    .map((verb) => linkTo(verb, `/v1/inspectors/${inspectorId}/${verb.verb}`));
}

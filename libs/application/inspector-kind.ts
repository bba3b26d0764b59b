import type { InspectorCommand } from '../domain/inspector/commands.js';
import { decideInspector, type InspectorContext } from '../domain/inspector/decide.js';
import type { InspectorEvent } from '../domain/inspector/events.js';
import { evolveInspector } from '../domain/inspector/evolve.js';
import type { Inspector } from '../domain/inspector/state.js';
import { mayRoleSend } from '../domain/permissions.js';
import { forbidden, notFound } from './refusals.js';
import type { StreamKind } from './stream-kind.js';

export const inspectorKind: StreamKind<Inspector, InspectorCommand, InspectorEvent, InspectorContext> = {
  name: 'inspector',
  decide: decideInspector,
  evolve: evolveInspector,
  admit(inspector, { type }, { role }) {
    if (!mayRoleSend(role, type)) return forbidden(role);
    return inspector === undefined && type !== 'AccreditInspector' ? notFound('inspector') : undefined;
  },
  context: ({ now, caller }) => ({ now, caller }),
};

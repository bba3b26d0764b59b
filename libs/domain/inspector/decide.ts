import type { Instant } from '../../kernel/instant.js';
import { accept, refuse, type Caller, type Decision } from '../decision.js';
import type { InspectorCommand } from './commands.js';
import type { InspectorEvent } from './events.js';
import type { Inspector } from './state.js';

/** All that a decision may depend on besides the stream's own history. */
export interface InspectorContext {
  readonly now: Instant;
  readonly caller: Caller;
}

/**
 * Rule 16: whose reports count after delivery. A withdrawal does not touch what was booked before it, and an inspector
 * may be accredited again. Who may send what at all: permissions.ts.
 */
export function decideInspector(
  inspector: Inspector | undefined,
  command: InspectorCommand,
  { now, caller }: InspectorContext,
): Decision<InspectorEvent> {
  const { type, data } = command;
  switch (type) {
    case 'AccreditInspector': {
      if (inspector?.accredited) return refuse('wrong_state', ALREADY_ACCREDITED);
      const { inspectorId, name, fields } = data;
      const accredited = {
        inspectorId,
        name,
        fields: [...fields],
        accreditedBy: caller.id,
        accreditedAt: now,
      };
      return accept(now, { type: 'InspectorAccredited', data: accredited });
    }
    case 'WithdrawAccreditation': {
      if (inspector === undefined) return refuse('not_found', UNKNOWN);
      if (!inspector.accredited) return refuse('wrong_state', NOT_ACCREDITED);
      const withdrawn = { inspectorId: inspector.inspectorId, reason: data.reason, withdrawnBy: caller.id };
      return accept(now, { type: 'AccreditationWithdrawn', data: withdrawn });
    }
    default: {
      const _: never = type;
      return _;
    }
  }
}

const UNKNOWN = { code: 'INSPECTOR.UNKNOWN', message: 'There is no such inspector.', rule: 16 };
const NOT_ACCREDITED = {
  code: 'INSPECTOR.NOT_ACCREDITED',
  message: 'The inspector is not accredited.',
  rule: 16,
};
const ALREADY_ACCREDITED = {
  code: 'INSPECTOR.ALREADY_ACCREDITED',
  message: 'The inspector is accredited already.',
  rule: 16,
};

import type { InspectorEvent } from './events.js';
import type { Inspector } from './state.js';

/** The inspector after the event. Never throws and never decides. */
export function evolveInspector(inspector: Inspector | undefined, event: InspectorEvent): Inspector {
  const { type, data } = event;
  switch (type) {
    case 'InspectorAccredited': {
      const { inspectorId, name, fields, accreditedAt } = data;
      return { inspectorId, name, fields, accreditedAt, accredited: true };
    }
    case 'AccreditationWithdrawn':
      // Every stream begins with an accreditation.
      return { ...(inspector as Inspector), accredited: false };
    default: {
      const _: never = type;
      return inspector as unknown as Inspector;
    }
  }
}

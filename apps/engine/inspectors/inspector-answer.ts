import type { Accepted, CommandRequest } from '../../../libs/application/command-outcome.js';
import type { InspectorCommand } from '../../../libs/domain/inspector/commands.js';
import type { Inspector } from '../../../libs/domain/inspector/state.js';
import { writtenBy, type Answer } from '../http/command-answer.js';
import { inspectorLinks } from './inspector-view.js';

/** The answer to an inspector's command: what was written, and what this caller may do next. */
export const inspectorAnswer = (
  outcome: Accepted<Inspector>,
  { id, caller }: CommandRequest<InspectorCommand>,
): Answer => ({
  body: { inspectorId: id, ...writtenBy(outcome), links: inspectorLinks(outcome.state, caller) },
  location: `/v1/inspectors/${id}`,
});

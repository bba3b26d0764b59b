import type { Accepted, CommandOutcome } from '../../../libs/application/command-outcome.js';
import type { ApiReply } from './api-request.js';
import { etagOf } from './command-headers.js';
import { problem, refusalError } from './problem.js';

/** What was accepted, with its headers on the reply; throws the problem for what was not. */
export function acceptedOf<State>(outcome: CommandOutcome<State>, reply: ApiReply): Accepted<State> {
  if (outcome.kind === 'idle') throw problem(409, 'COMMAND.NOTHING_TO_DO', 'There was nothing to do.');
  if (outcome.kind === 'refused') {
    throw refusalError(outcome.refusal, {
      ...(outcome.replayed ? { 'idempotent-replayed': 'true' } : {}),
      ...(outcome.retryAfter === undefined ? {} : { 'retry-after': String(outcome.retryAfter) }),
    });
  }
  void reply.header('etag', etagOf(outcome.revision));
  if (outcome.replayed) void reply.header('idempotent-replayed', 'true');
  return outcome;
}

/** What every answer to a command says. Revisions are decimal text: no JavaScript number holds them all. */
export const writtenBy = ({ revision, position, events }: Accepted<unknown>) => ({
  revision: String(revision),
  position,
  events: events.map(({ type, revision: at }) => ({ type, revision: String(at) })),
});

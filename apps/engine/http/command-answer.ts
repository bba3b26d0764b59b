import type { Accepted } from '../../../libs/application/command-outcome.js';
import type { CommandReply } from '../../../libs/application/commands.js';
import type { ApiReply } from './api-request.js';
import { etagOf } from './command-headers.js';
import { problem, refusalError } from './problem.js';

/** What an answer to an accepted command says, and where that of which it tells is found. */
export interface Answer {
  readonly location: string;
  readonly body: object;
}

/** The body of the answer, as JSON, with its headers on the reply; throws the problem for what was not accepted. */
export function answerOf(
  outcome: CommandReply,
  reply: ApiReply,
  { creates }: { readonly creates: boolean },
): string {
  if (outcome.kind === 'idle') throw problem(409, 'COMMAND.NOTHING_TO_DO', 'There was nothing to do.');
  if (outcome.kind === 'refused') {
    throw refusalError(outcome.refusal, {
      ...(outcome.replayed ? { 'idempotent-replayed': 'true' } : {}),
      ...(outcome.retryAfter === undefined ? {} : { 'retry-after': String(outcome.retryAfter) }),
    });
  }
  void reply.type('application/json; charset=utf-8').header('etag', etagOf(outcome.revision));
  if (outcome.replayed) void reply.header('idempotent-replayed', 'true');
  if (creates) void reply.header('location', outcome.location);
  return outcome.body;
}

/** What every answer to a command says. Revisions are decimal text: no JavaScript number holds them all. */
export const writtenBy = ({ revision, position, events }: Accepted<unknown>) => ({
  revision: String(revision),
  position,
  events: events.map(({ type, revision: at }) => ({ type, revision: String(at) })),
});

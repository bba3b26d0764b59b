import type { CommandRequest } from '../../../libs/application/command-outcome.js';
import type { ApiRequest } from './api-request.js';
import { expectedRevisionOf, idempotencyKeyOf } from './command-headers.js';
import { traceOf } from './problem.js';

/** What every command takes from its request besides its body. */
export const commandRequest = <Command>(
  request: ApiRequest,
  id: string,
  command: Command,
): CommandRequest<Command> => ({
  id,
  command,
  caller: request.principal,
  idempotencyKey: idempotencyKeyOf(request),
  expectedRevision: expectedRevisionOf(request),
  correlationId: traceOf(request.headers),
});

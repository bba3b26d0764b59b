import type { Application } from '../../../libs/application/application.js';
import type { Accepted, CommandOutcome, CommandRequest } from '../../../libs/application/command-outcome.js';
import type { CommandReply, CommandsOf, Kind } from '../../../libs/application/commands.js';
import type { Answer } from '../http/command-answer.js';
import { inspectorAnswer } from '../inspectors/inspector-answer.js';
import { orderAnswer } from '../orders/order-answer.js';
import { policyAnswer } from '../policies/policy-answer.js';
import { supplierAnswer } from '../suppliers/supplier-answer.js';

type Way<K extends Kind> = (
  application: Application,
  request: CommandRequest<CommandsOf[K]>,
) => Promise<CommandReply>;

const ways: { readonly [K in Kind]: Way<K> } = {
  order: async (application, request) => told(await application.runOrder(request), request, orderAnswer),
  supplier: async ({ suppliers }, request) => told(await suppliers.run(request), request, supplierAnswer),
  policy: async ({ policies }, request) => told(await policies.run(request), request, policyAnswer),
  inspector: async ({ inspectors }, request) => told(await inspectors.run(request), request, inspectorAnswer),
};

/** Runs a command, and puts into words what became of it. */
export const answerTo = <K extends Kind>(
  application: Application,
  kind: K,
  request: CommandRequest<CommandsOf[K]>,
): Promise<CommandReply> => ways[kind](application, request);

function told<State, Command>(
  outcome: CommandOutcome<State>,
  request: CommandRequest<Command>,
  answer: (outcome: Accepted<State>, request: CommandRequest<Command>) => Answer,
): CommandReply {
  if (outcome.kind !== 'accepted') return outcome;
  const { body, location } = answer(outcome, request);
  const { kind, replayed, revision } = outcome;
  return { kind, replayed, revision, body: JSON.stringify(body), location };
}

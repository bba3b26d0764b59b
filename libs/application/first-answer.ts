import type { RunnerServices } from './runner-services.js';
import type { Accepted } from './command-outcome.js';
import type { Message, StreamKind } from './stream-kind.js';

export interface Repeated {
  readonly stream: string;
  readonly commandId: string;
  /** Revision of the first event that the command appended. */
  readonly first: bigint;
}

/**
 * The answer that an accepted command got, folded again from the stream up to the command's last event, and the
 * fingerprint of the body that it had. So the first answer survives restarts without being kept anywhere.
 */
export async function firstAnswer<State extends object, Event extends Message>(
  { stream, commandId, first }: Repeated,
  kind: Pick<StreamKind<State, never, Event, never>, 'evolve'>,
  { store, codec }: Pick<RunnerServices, 'store' | 'codec'>,
): Promise<{ readonly fingerprint: string; readonly answer: Accepted<State> }> {
  let state: State | undefined;
  let last: { revision: bigint; position: string; at: string; fingerprint: string } | undefined;
  const caused: (Accepted<State>['events'][number] & { readonly at: string })[] = [];
  for await (const recorded of store.readStream(stream)) {
    const { event, revision, position, metadata } = codec.decode(recorded);
    if (revision > first && metadata.commandId !== commandId) break;
    state = kind.evolve(state, event as Event);
    const { recordedAt: at, fingerprint } = metadata;
    if (metadata.causationId === commandId) caused.push({ ...event, revision, at });
    last = { revision, position, at, fingerprint };
  }
  if (state === undefined || last === undefined) throw new Error(`${stream} has lost its events`);
  const { revision, position, at, fingerprint } = last;
  // The command may have come before, been refused, and found other deadlines overdue: those are no part of its answer.
  const events = caused
    .filter((event) => event.at === at)
    .map(({ type, data, revision: of }) => ({ type, data, revision: of }));
  return { fingerprint, answer: { kind: 'accepted', replayed: true, state, revision, position, events, at } };
}

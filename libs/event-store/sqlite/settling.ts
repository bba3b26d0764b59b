import { EventStoreError, type AppendResult, type EventToAppend, type ExpectedRevision } from '../port.js';
import { positionText } from './position.js';
import type { Answer } from './protocol.js';

/** An append that is durable now, as the events' readers will see it. */
export interface Committed {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  readonly firstRevision: bigint;
  readonly lastPlace: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** An append that has not been answered yet. */
export interface Waiting {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  readonly expected: ExpectedRevision;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: EventStoreError) => void;
}

/** Answers a group in the order in which it was given; `onCommitted` is told of what is durable before anybody else. */
export function settleGroup(
  group: readonly Waiting[],
  answers: readonly Answer[],
  created: number,
  onCommitted: (group: readonly Committed[]) => void,
): void {
  const committed: Committed[] = [];
  for (const [index, { stream, events, expected }] of group.entries()) {
    const answer = answers[index] as Answer;
    if (typeof answer !== 'number' || answer < 0) continue;
    committed.push({ stream, events, firstRevision: after(expected), lastPlace: answer, created });
  }
  onCommitted(committed);
  for (const [index, one] of group.entries()) settle(one, answers[index] as Answer);
}

const after = (expected: ExpectedRevision): bigint => (expected === 'no_stream' ? 0n : expected + 1n);

function settle({ stream, events, expected, resolve, reject }: Waiting, answer: Answer): void {
  const appendedAt = (place: number) =>
    resolve({ revision: after(expected) + BigInt(events.length - 1), position: positionText(place) });
  if (typeof answer !== 'number') {
    if ('earlier' in answer) appendedAt(answer.earlier);
    else reject(new EventStoreError(answer.code, answer.message));
  } else if (answer < 0) {
    const actual: ExpectedRevision = answer === -1 ? 'no_stream' : BigInt(-2 - answer);
    reject(new EventStoreError('REVISION_CONFLICT', `${stream} is at ${actual}, not at ${expected}`, actual));
  } else {
    appendedAt(answer);
  }
}

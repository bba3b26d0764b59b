import { GENESIS, nextLink, type ChainLink } from '../../libs/event-store/hash-chain.js';
import type { EventStore } from '../../libs/event-store/port.js';
import type { Instant } from '../../libs/kernel/instant.js';

export interface LogFindings {
  readonly events: number;
  /** Revision of each stream's last event. */
  readonly heads: ReadonlyMap<string, bigint>;
  /** Streams whose hash chain or revisions break. */
  readonly brokenChains: readonly string[];
  /** Commands whose events stand in a stream at more than one place. */
  readonly commandsAppliedTwice: readonly string[];
  /** Commands of callers by stream; what the clock did is not among them. */
  readonly commandsByStream: ReadonlyMap<string, number>;
  readonly expired: number;
  /** Deadlines that expired more than once. */
  readonly expiredTwice: readonly string[];
  /** Deadlines that expired before they were due. */
  readonly expiredEarly: readonly string[];
  /** Deadlines that were neither met nor expired, and when they are due. */
  readonly open: ReadonlyMap<string, Instant>;
}

/** Reads a whole log and judges it by what is written there, not by what any cache says. */
export async function readLog(store: Pick<EventStore, 'readAll'>): Promise<LogFindings> {
  const links = new Map<string, ChainLink>();
  const broken = new Set<string>();
  const lastCommand = new Map<string, string>();
  const commands = new Map<string, Set<string>>();
  const twice: string[] = [];
  const deadlines = deadlineBook();
  let events = 0;
  for await (const event of store.readAll()) {
    events++;
    const { stream } = event;
    const next = nextLink(links.get(stream) ?? GENESIS, event);
    if ('reason' in next) broken.add(stream);
    else links.set(stream, next);
    const { commandId, actor } = JSON.parse(event.metadata) as {
      commandId: string;
      actor: { role: string };
    };
    const seen = commands.get(stream) ?? new Set<string>();
    commands.set(stream, seen);
    if (actor.role !== 'clock') {
      if (seen.has(commandId) && lastCommand.get(stream) !== commandId) twice.push(`${stream} ${commandId}`);
      seen.add(commandId);
    }
    lastCommand.set(stream, commandId);
    if (event.type.startsWith('Deadline'))
      deadlines.enter(stream, event.type, JSON.parse(event.data) as Deadline);
  }
  return {
    events,
    heads: new Map([...links].map(([stream, { revision }]) => [stream, revision])),
    brokenChains: [...broken],
    commandsAppliedTwice: twice,
    commandsByStream: new Map([...commands].map(([stream, seen]) => [stream, seen.size])),
    expired: deadlines.expired.size,
    expiredTwice: deadlines.twice,
    expiredEarly: deadlines.early,
    open: deadlines.open,
  };
}

interface Deadline {
  readonly deadline: string;
  readonly dueAt: Instant;
  readonly firedAt: Instant;
  readonly to: Instant;
}

/** What became of each deadline, by its stream and name. */
function deadlineBook() {
  const open = new Map<string, Instant>();
  const expired = new Set<string>();
  const twice: string[] = [];
  const early: string[] = [];
  const enter = (stream: string, type: string, { deadline, dueAt, firedAt, to }: Deadline) => {
    const name = `${stream} ${deadline}`;
    if (type === 'DeadlineSet') open.set(name, dueAt);
    else if (type === 'DeadlineExtended') open.set(name, to);
    else open.delete(name);
    if (type !== 'DeadlineExpired') return;
    if (expired.has(name)) twice.push(name);
    if (firedAt < dueAt) early.push(name);
    expired.add(name);
  };
  return { open, expired, twice, early, enter };
}

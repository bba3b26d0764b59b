import { GENESIS, nextLink, type ChainLink } from '../../libs/event-store/hash-chain.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';

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
}

/** Reads a whole log and judges it by what is written there, not by what any cache says. */
export async function readLog(file: string): Promise<LogFindings> {
  const store = await openSqliteEventStore({ file, readOnly: true });
  const links = new Map<string, ChainLink>();
  const broken = new Set<string>();
  const lastCommand = new Map<string, string>();
  const commands = new Map<string, Set<string>>();
  const twice: string[] = [];
  const expired = new Set<string>();
  const expiredTwice: string[] = [];
  let events = 0;
  try {
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
        if (seen.has(commandId) && lastCommand.get(stream) !== commandId)
          twice.push(`${stream} ${commandId}`);
        seen.add(commandId);
      }
      lastCommand.set(stream, commandId);
      if (event.type === 'DeadlineExpired') {
        const { deadline } = JSON.parse(event.data) as { deadline: string };
        const name = `${stream} ${deadline}`;
        if (expired.has(name)) expiredTwice.push(name);
        expired.add(name);
      }
    }
  } finally {
    await store.close();
  }
  return {
    events,
    heads: new Map([...links].map(([stream, { revision }]) => [stream, revision])),
    brokenChains: [...broken],
    commandsAppliedTwice: twice,
    commandsByStream: new Map([...commands].map(([stream, seen]) => [stream, seen.size])),
    expired: expired.size,
    expiredTwice,
  };
}

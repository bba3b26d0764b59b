import { randomUUID } from 'node:crypto';
import { eventStoreErrorCode, type AppendResult } from '../event-store/port.js';
import type { Refusal } from '../kernel/problem.js';
import { writeBatch, type Written } from './batch.js';
import { catchUp, fold, type CachedStream } from './cached-stream.js';
import { commandIdOf, fingerprintOf } from './command-identity.js';
import type { CommandOutcome, CommandRequest, Refused } from './command-outcome.js';
import { firstAnswer } from './first-answer.js';
import { RefusalMemory } from './refusal-memory.js';
import { CONTENDED, KEY_REUSED, STILL_RUNNING, revisionMoved } from './refusals.js';
import type { RunnerServices, StreamState } from './runner-services.js';
import { StreamCache, pass, turnOn } from './stream-cache.js';
import { streamOf, type Message, type StreamKind } from './stream-kind.js';

export interface RunnerOptions {
  /** Memory for cached streams, about. Default 256 MiB. */
  readonly cacheBytes?: number;
  /** How many refusals are kept, so that a repeated command gets its first answer. Default 10,000. */
  readonly refusals?: number;
}

/** Decide again so often when another process was faster. */
const CONFLICTS = 3;
/** Default of {@link RunnerServices.eventId}. */
const randomId = (): string => randomUUID();
/** Send the same events again so often when the store did not say whether it wrote them. */
const UNKNOWN_OUTCOMES = 3;

/** A request with what identifies it. */
interface Identified<Command> extends CommandRequest<Command> {
  readonly stream: string;
  readonly commandId: string;
  readonly fingerprint: string;
}

/**
 * The way of a command: fold the stream, recognise a repeated command, decide, append at the expected revision.
 *
 * Guarantees: an accepted command is durable before it is answered, and takes effect once, however often and wherever
 * it is sent with its key. A refused one appends nothing but deadlines that were overdue when it came, and was judged by
 * what the store held after it came. Commands on one stream run one after another in this process.
 */
export class CommandRunner<State extends object, Command extends Message, Event extends Message, Context> {
  private readonly cache: StreamCache<State>;
  private readonly refusals: RefusalMemory;
  /**
   * Command id → fingerprint, of every command that runs or waits. One map for all streams: one that is emptied and filled
   * again with each command is made anew each time.
   */
  private readonly running = new Map<string, string>();

  constructor(
    private readonly kind: StreamKind<State, Command, Event, Context>,
    private readonly services: RunnerServices,
    { cacheBytes = 256 * 1024 * 1024, refusals = 10_000 }: RunnerOptions = {},
  ) {
    this.cache = new StreamCache(cacheBytes);
    this.refusals = new RefusalMemory(refusals);
  }

  /** Rejects only when the store fails; everything that can be wrong with a command is an outcome. */
  async run(request: CommandRequest<Command>): Promise<CommandOutcome<State>> {
    const start = performance.now();
    const stream = streamOf(this.kind, request.id);
    const commandId = commandIdOf(stream, request.caller, request.idempotencyKey);
    const fingerprint = fingerprintOf(request.command);
    const running = this.running.get(commandId);
    if (running !== undefined) return refused(running === fingerprint ? STILL_RUNNING : KEY_REUSED);
    this.running.set(commandId, fingerprint);
    const slot = this.cache.hold(stream);
    let outcome: CommandOutcome<State> | undefined;
    try {
      const turn = turnOn(slot);
      if (turn !== undefined) await turn;
      outcome = await this.take(slot.cached, { ...request, stream, commandId, fingerprint });
      return outcome;
    } finally {
      this.running.delete(commandId);
      pass(slot);
      this.cache.letGo(stream, slot);
      const seconds = (performance.now() - start) / 1_000;
      this.services.observer?.command(this.kind.name, outcome?.kind ?? 'failed', seconds);
    }
  }

  /**
   * The stream as it is. `maxAgeMs` 0 (the default) asks the store for what is new; otherwise what was asked within
   * that time is good enough.
   */
  async read(id: string, maxAgeMs = 0): Promise<StreamState<State>> {
    const stream = streamOf(this.kind, id);
    const slot = this.cache.hold(stream);
    try {
      if (maxAgeMs > 0 && slot.cached.readAt > performance.now() - maxAgeMs) return stateOf(slot.cached);
      const turn = turnOn(slot);
      if (turn !== undefined) await turn;
      try {
        await this.catchUp(slot.cached);
        return stateOf(slot.cached);
      } finally {
        pass(slot);
      }
    } finally {
      this.cache.letGo(stream, slot);
    }
  }

  /** Whether the command would be accepted as things stand, and had not been run before. Appends nothing. */
  async wouldBeAccepted(request: CommandRequest<Command>): Promise<boolean> {
    const { command, caller, idempotencyKey } = request;
    const stream = streamOf(this.kind, request.id);
    const slot = this.cache.hold(stream);
    try {
      const { state, revision, seen } = slot.cached;
      const commandId = commandIdOf(stream, caller, idempotencyKey);
      if (seen.has(commandId) || this.running.has(commandId) || this.turnedAway(slot.cached, request))
        return false;
      const now = this.services.clock.now();
      const context = this.kind.context({ state, command, caller, now, revision, fresh: true });
      return this.kind.decide(state, command, await context).refusal === undefined;
    } finally {
      this.cache.letGo(stream, slot);
    }
  }

  private async take(
    cached: CachedStream<State>,
    request: Identified<Command>,
  ): Promise<CommandOutcome<State>> {
    const { commandId, fingerprint } = request;
    // A refusal must not rest on a cached state: another process may have written since.
    let fresh = cached.revision < 0n;
    if (fresh) await this.catchUp(cached);
    for (let conflicts = 0; ;) {
      const first = cached.seen.get(commandId);
      if (first !== undefined) return this.answerAgain(request, first);
      const known = this.refusals.find(commandId);
      if (known !== undefined) {
        return refused(known.fingerprint === fingerprint ? known.refusal : KEY_REUSED, true);
      }
      const early = this.turnedAway(cached, request);
      if (early === undefined) {
        const outcome = await this.decide(cached, request, fresh);
        if (outcome === 'conflict') {
          if (conflicts++ === CONFLICTS) return { ...refused(CONTENDED), retryAfter: 1 };
        } else if (outcome !== 'stale') {
          return outcome;
        }
      } else if (fresh) {
        return refused(early);
      }
      await this.catchUp(cached);
      fresh = true;
    }
  }

  private turnedAway(cached: CachedStream<State>, request: CommandRequest<Command>): Refusal | undefined {
    const { expectedRevision } = request;
    const refusal = this.kind.admit(cached.state, request.command, request.caller);
    if (refusal !== undefined) return refusal;
    return expectedRevision === undefined || expectedRevision === cached.revision
      ? undefined
      : revisionMoved(cached.revision);
  }

  private async decide(
    cached: CachedStream<State>,
    request: Identified<Command>,
    fresh: boolean,
  ): Promise<CommandOutcome<State> | 'conflict' | 'stale'> {
    const { command, caller, commandId, fingerprint, stream } = request;
    const { state, revision, hash } = cached;
    const now = this.services.clock.now();
    const context = this.kind.context({ state, command, caller, now, revision, fresh });
    const decision = this.kind.decide(state, command, context instanceof Promise ? await context : context);
    const { refusal } = decision;
    if (refusal !== undefined && !fresh) return 'stale';
    const correlationId = request.correlationId ?? commandId;
    const batch = writeBatch(
      this.services.codec,
      { stream, revision, hash, commandId, fingerprint, correlationId, caller, now },
      decision,
      this.services.eventId ?? randomId,
    );
    const appended = batch.length === 0 ? undefined : await this.append(cached, batch);
    if (appended === 'conflict') return 'conflict';
    this.foldIn(cached, batch, decision.after);
    if (appended !== undefined) cached.position = appended.position;
    if (refusal !== undefined) {
      this.refusals.keep(commandId, fingerprint, refusal);
      return refused(refusal);
    }
    if (appended === undefined) return { kind: 'idle' };
    return {
      kind: 'accepted',
      replayed: false,
      state: cached.state as State,
      revision: appended.revision,
      position: appended.position,
      events: batch.map(({ event, revision: at }) => ({ type: event.type, data: event.data, revision: at })),
      at: now,
    };
  }

  private async append(
    { stream, revision }: CachedStream<State>,
    batch: readonly Written<Event>[],
  ): Promise<AppendResult | 'conflict'> {
    const events = batch.map(({ toAppend }) => toAppend);
    const expected = revision < 0n ? 'no_stream' : revision;
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.services.store.append(stream, events, expected);
        this.services.observer?.append((performance.now() - start) / 1_000);
        return result;
      } catch (error) {
        const code = eventStoreErrorCode(error);
        if (code === 'REVISION_CONFLICT') return 'conflict';
        if (code !== 'OUTCOME_UNKNOWN' || attempt === UNKNOWN_OUTCOMES) throw error;
      }
    }
  }

  private foldIn(cached: CachedStream<State>, batch: readonly Written<Event>[], after?: State): void {
    for (const { event, revision, metadata, toAppend } of batch) {
      const state = after ?? this.kind.evolve(cached.state, event);
      fold(cached, state, revision, metadata, toAppend.data.length);
    }
  }

  private async answerAgain(
    { stream, commandId, fingerprint }: Identified<Command>,
    first: bigint,
  ): Promise<CommandOutcome<State>> {
    const before = await firstAnswer({ stream, commandId, first }, this.kind, this.services);
    return before.fingerprint === fingerprint ? before.answer : refused(KEY_REUSED);
  }

  private catchUp(cached: CachedStream<State>): Promise<boolean> {
    return catchUp(cached, this.kind, this.services.store, this.services.codec);
  }
}

const stateOf = <State>({ state, revision, position }: CachedStream<State>): StreamState<State> => ({
  state,
  revision,
  position,
});

const refused = (refusal: Refusal, replayed = false): Refused => ({ kind: 'refused', replayed, refusal });

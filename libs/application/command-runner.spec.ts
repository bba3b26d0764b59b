import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Type from 'typebox';
import { accept, refuse, type Caller, type Decision } from '../domain/decision.js';
import { createCodec } from '../event-store/codec.js';
import { verifyChain } from '../event-store/hash-chain.js';
import { EventStoreError, type EventStore, type RecordedEvent } from '../event-store/port.js';
import { openSqliteEventStore } from '../event-store/sqlite/event-store.js';
import { VirtualClock } from '../kernel/clock.js';
import type { Instant } from '../kernel/instant.js';
import { CommandRunner, type RunnerOptions } from './command-runner.js';
import type { Accepted, CommandOutcome, CommandRequest, Refused } from './command-outcome.js';
import type { StreamKind } from './stream-kind.js';

/** A jar: what is put in adds up to ten at most, and it is emptied at its due instant, whoever looks first. */
interface Jar {
  readonly level: number;
  readonly emptied: boolean;
}
type Command = { readonly type: 'Put' | 'Look'; readonly data: { readonly amount: number } };
type Event = { readonly type: 'Filled' | 'Emptied'; readonly data: { readonly amount: number } };
interface Context {
  readonly now: Instant;
  readonly caller: Caller;
}

const START = '2026-03-01T00:00:00.000Z';
const DUE = '2026-03-05T00:00:00.000Z';
const AFTER = '2026-03-05T00:00:01.000Z';
const RESTED = '2026-03-06T00:00:00.000Z';

const jar: StreamKind<Jar, Command, Event, Context> = {
  name: 'jar',
  evolve: (state, { type, data }) =>
    type === 'Emptied'
      ? { level: 0, emptied: true }
      : { level: (state?.level ?? 0) + data.amount, emptied: state?.emptied ?? false },
  admit: (_state, _command, { role }) =>
    role === 'supplier'
      ? { kind: 'not_found', faults: [{ code: 'JAR.NOT_FOUND', message: 'No jar.' }] }
      : undefined,
  context: ({ now, caller }) => ({ now, caller }),
  decide(state, { type, data }, { now }): Decision<Event> {
    const due = state !== undefined && !state.emptied && now >= DUE;
    const expired = due
      ? [{ event: { type: 'Emptied', data: { amount: state.level } } as const, occurredAt: DUE }]
      : [];
    const level = due ? 0 : (state?.level ?? 0);
    if (type === 'Look') return { expired, accepted: [] };
    if (data.amount === 6 && now >= DUE && now < RESTED) {
      return { ...refuse('rules', { code: 'JAR.RESTS', message: 'No six today.' }), expired };
    }
    const decided =
      level + data.amount > 10
        ? refuse('rules', { code: 'JAR.FULL', message: 'Ten is all it holds.', facts: { level } })
        : accept<Event>(now, { type: 'Filled', data });
    return { ...decided, expired };
  },
};

const SCHEMA = Type.Object({ amount: Type.Integer() }, { additionalProperties: false });
const codec = createCodec([
  { type: 'Filled', version: 1, schema: SCHEMA },
  { type: 'Emptied', version: 1, schema: SCHEMA },
]);
const BUYER: Caller = { role: 'buyer', id: 'B1' };

describe('The command runner', () => {
  let folder: string;
  let store: EventStore;
  let clock: VirtualClock;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-runner-'));
    store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    clock = new VirtualClock(START);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const runnerOn = (over: Partial<EventStore> = {}, options: RunnerOptions = {}) =>
    new CommandRunner(jar, { store: { ...store, ...over }, codec, clock }, options);
  const put = (amount: number, key: string = randomUUID(), more: Partial<CommandRequest<Command>> = {}) => ({
    id: '1',
    command: { type: 'Put', data: { amount } } as const,
    caller: BUYER,
    idempotencyKey: key,
    ...more,
  });
  const history = async (): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const event of store.readStream('jar-1')) events.push(event);
    return events;
  };

  it('answers an accepted command with what it appended, once it is durable', async () => {
    const outcome = accepted(await runnerOn().run(put(3)));
    expect(outcome).toMatchObject({ replayed: false, state: { level: 3 }, revision: 0n, at: START });
    const [event] = await history();
    expect(event).toMatchObject({ type: 'Filled', data: '{"amount":3}', position: outcome.position });
    expect(JSON.parse(event?.metadata ?? '')).toMatchObject({
      actor: { role: 'buyer', id: 'B1' },
      recordedAt: START,
      occurredAt: START,
    });
  });

  it('gives the first answer again to the same key and body, also after a restart', async () => {
    const runner = runnerOn();
    const first = accepted(await runner.run(put(3, 'k')));
    clock.moveTo('2026-03-02T00:00:00.000Z');
    await runner.run(put(4));
    for (const again of [await runner.run(put(3, 'k')), await runnerOn().run(put(3, 'k'))]) {
      expect(again).toEqual({ ...first, replayed: true });
    }
    expect(await history()).toHaveLength(2);
  });

  it('tells a key by its caller and its stream', async () => {
    const runner = runnerOn();
    await runner.run(put(1, 'k'));
    expect(accepted(await runner.run(put(1, 'k', { caller: { role: 'buyer', id: 'B2' } }))).revision).toBe(
      1n,
    );
    expect(accepted(await runner.run(put(1, 'k', { id: '2' }))).revision).toBe(0n);
  });

  it('refuses the same key with another body', async () => {
    const runner = runnerOn();
    await runner.run(put(3, 'k'));
    expect(codesOf(await runner.run(put(4, 'k')))).toEqual(['IDEMPOTENCY.KEY_REUSED']);
    expect(await history()).toHaveLength(1);
  });

  it('refuses a key whose command is still running', async () => {
    const runner = runnerOn();
    const [first, second, other] = await Promise.all([
      runner.run(put(3, 'k')),
      runner.run(put(3, 'k')),
      runner.run(put(4, 'k')),
    ]);
    expect(first.kind).toBe('accepted');
    expect(codesOf(second)).toEqual(['IDEMPOTENCY.STILL_RUNNING']);
    expect(codesOf(other)).toEqual(['IDEMPOTENCY.KEY_REUSED']);
  });

  it('appends nothing for a refused command, and refuses it again the same way', async () => {
    const runner = runnerOn();
    await runner.run(put(8));
    const first = await runner.run(put(5, 'k'));
    clock.moveTo(AFTER);
    await runner.run(put(1));
    expect(codesOf(first)).toEqual(['JAR.FULL']);
    expect(await runner.run(put(5, 'k'))).toEqual({ ...first, replayed: true });
    expect(codesOf(await runner.run(put(6, 'k')))).toEqual(['IDEMPOTENCY.KEY_REUSED']);
    expect((await history()).map(({ type }) => type)).toEqual(['Filled', 'Emptied', 'Filled']);
  });

  it('records what was overdue in one append with the command that came upon it, as the clock’s doing', async () => {
    const runner = runnerOn();
    await runner.run(put(8));
    clock.moveTo(AFTER);
    const outcome = accepted(await runner.run(put(7, 'k')));
    expect(outcome.events.map(({ type }) => type)).toEqual(['Emptied', 'Filled']);
    const [, emptied, filled] = (await history()).map(({ metadata }) => JSON.parse(metadata));
    expect(emptied).toMatchObject({ actor: { role: 'clock' }, occurredAt: DUE, recordedAt: AFTER });
    expect(emptied.causationId).toBe(filled.commandId);
    expect(emptied.commandId).not.toBe(filled.commandId);
    expect(accepted(await runnerOn().run(put(7, 'k'))).events).toEqual(outcome.events);
  });

  it('answers a command that was refused once, and accepted later, without what expired the first time', async () => {
    await runnerOn().run(put(8));
    clock.moveTo(AFTER);
    expect(codesOf(await runnerOn().run(put(6, 'k')))).toEqual(['JAR.RESTS']);
    expect(await history()).toHaveLength(2);
    clock.moveTo(RESTED);
    const first = accepted(await runnerOn().run(put(6, 'k')));
    expect(first.events.map(({ type }) => type)).toEqual(['Filled']);
    expect(await runnerOn().run(put(6, 'k'))).toEqual({ ...first, replayed: true });
  });

  it('records what was overdue also when the command is refused', async () => {
    const runner = runnerOn();
    await runner.run(put(8));
    clock.moveTo(AFTER);
    expect(codesOf(await runner.run(put(11)))).toEqual(['JAR.FULL']);
    expect((await history()).map(({ type }) => type)).toEqual(['Filled', 'Emptied']);
  });

  it('appends nothing when there is nothing to do', async () => {
    const runner = runnerOn();
    await runner.run(put(1));
    expect(await runner.run({ ...put(0), command: { type: 'Look', data: { amount: 0 } } })).toEqual({
      kind: 'idle',
    });
    expect(await history()).toHaveLength(1);
  });

  it('never refuses on a state that another process has moved on', async () => {
    const [one, other] = [runnerOn(), runnerOn()];
    await one.run(put(8));
    await other.run(put(1));
    clock.moveTo(AFTER);
    await one.run(put(1));
    expect(accepted(await other.run(put(9))).state.level).toBe(10);
  });

  it('decides again when another process was faster', async () => {
    const [one, other] = [runnerOn(), runnerOn()];
    await one.run(put(1));
    await other.run(put(1));
    expect(accepted(await one.run(put(1))).state.level).toBe(3);
  });

  it('gives up after three more tries, with nothing changed', async () => {
    let tries = 0;
    const append = () =>
      Promise.reject(new EventStoreError('REVISION_CONFLICT', 'moved', 5n, { cause: ++tries }));
    const outcome = await runnerOn({ append }).run(put(1));
    expect(outcome).toMatchObject({ kind: 'refused', retryAfter: 1 });
    expect(codesOf(outcome)).toEqual(['COMMAND.CONTENDED']);
    expect(tries).toBe(4);
  });

  it('asks again with the same event ids when the store did not say what it did', async () => {
    const ids: string[] = [];
    const append: EventStore['append'] = async (stream, events, expected) => {
      ids.push(...events.map(({ id }) => id));
      const result = await store.append(stream, events, expected);
      if (ids.length < 3) throw new EventStoreError('OUTCOME_UNKNOWN', 'lost');
      return result;
    };
    expect(accepted(await runnerOn({ append }).run(put(1))).revision).toBe(0n);
    expect(new Set(ids).size).toBe(1);
    expect(await history()).toHaveLength(1);
  });

  it('is not confused by a write whose answer was lost', async () => {
    let lose = true;
    const append: EventStore['append'] = async (stream, events, expected) => {
      const result = await store.append(stream, events, expected);
      if (lose) throw new EventStoreError('OUTCOME_UNKNOWN', 'lost');
      return result;
    };
    const runner = runnerOn({ append });
    await expect(runner.run(put(1, 'k'))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    lose = false;
    expect(accepted(await runner.run(put(1, 'k')))).toMatchObject({ replayed: true, revision: 0n });
    expect(accepted(await runner.run(put(1)))).toMatchObject({ state: { level: 2 }, revision: 1n });
  });

  it('takes for done what another process has done of the same command, and goes on from what that wrote', async () => {
    const [one, other] = [runnerOn(), runnerOn()];
    await one.run(put(1));
    await other.run(put(1));
    await one.read('1');
    const first = accepted(await one.run(put(2, 'k')));
    clock.moveTo('2026-03-02T00:00:00.000Z');
    expect(accepted(await other.run(put(2, 'k')))).toEqual({ ...first, replayed: true });
    await other.run(put(3));
    expect(await verifyChain(await history())).toMatchObject({ intact: true });
  });

  it('takes for its own what it wrote unheard, and goes on from that', async () => {
    let lose = false;
    const append: EventStore['append'] = async (stream, events, expected) => {
      const result = await store.append(stream, events, expected);
      if (lose) throw new EventStoreError('OUTCOME_UNKNOWN', 'lost');
      return result;
    };
    const runner = runnerOn({ append });
    await runner.run(put(1));
    lose = true;
    await expect(runner.run(put(2, 'k'))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    lose = false;
    clock.moveTo('2026-03-02T00:00:00.000Z');
    expect(accepted(await runner.run(put(2, 'k')))).toMatchObject({ replayed: true, revision: 1n });
    await runner.run(put(3));
    expect(await verifyChain(await history())).toMatchObject({ intact: true });
  });

  it('holds a command to the revision that its caller has seen', async () => {
    const [runner, other] = [runnerOn(), runnerOn()];
    await runner.run(put(1));
    expect(accepted(await runner.run(put(1, 'k', { expectedRevision: 0n }))).revision).toBe(1n);
    expect(codesOf(await runner.run(put(1, 'l', { expectedRevision: 0n })))).toEqual([
      'PRECONDITION.REVISION',
    ]);
    await other.run(put(1));
    expect(accepted(await runner.run(put(1, 'm', { expectedRevision: 2n }))).revision).toBe(3n);
    // A retry is the same command, whatever has happened since.
    expect(accepted(await runner.run(put(1, 'k', { expectedRevision: 0n }))).replayed).toBe(true);
  });

  it('shows what a caller may not see as what does not exist', async () => {
    const runner = runnerOn();
    await runner.run(put(1));
    const outcome = await runner.run(
      put(1, 'k', { caller: { role: 'supplier', id: 'S1' }, expectedRevision: 7n }),
    );
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { kind: 'not_found' } });
  });

  it('runs commands on one stream one after another, without a conflict, into one chain', async () => {
    let conflicts = 0;
    const append: EventStore['append'] = (stream, events, expected) =>
      store.append(stream, events, expected).catch((error: unknown) => {
        conflicts++;
        throw error;
      });
    const runner = runnerOn({ append });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => runner.run(put(0))));
    expect(outcomes.map((outcome) => accepted(outcome).revision)).toEqual(
      Array.from({ length: 50 }, (_, index) => BigInt(index)),
    );
    expect(conflicts).toBe(0);
    expect(await verifyChain(await history())).toMatchObject({ intact: true, count: 50 });
  });

  it('forgets streams beyond its memory, and reads them again', async () => {
    const runner = runnerOn({}, { cacheBytes: 5_000 });
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    for (const id of ids) await runner.run(put(1, 'a', { id }));
    for (const id of ids) {
      expect(accepted(await runner.run(put(1, 'b', { id }))).state.level).toBe(2);
      expect(accepted(await runner.run(put(1, 'a', { id }))).replayed).toBe(true);
    }
  });
});

function accepted(outcome: CommandOutcome<Jar>): Accepted<Jar> {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
}

const codesOf = (outcome: CommandOutcome<Jar>): string[] =>
  (outcome as Refused).refusal.faults.map(({ code }) => code);

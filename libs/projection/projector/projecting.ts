import { setImmediate as turn } from 'node:timers/promises';
import { START, type Position } from '../../event-store/port.js';
import type { HeldLock } from '../lock/lock.js';
import type { Statement } from '../read-models/database.js';
import { readGenerations, takeOver } from '../read-models/generations.js';
import { replayRequests } from '../read-models/parked.js';
import { bell } from './bell.js';
import { foldPrepared, prepare } from './commit.js';
import { liveFeed, type Batch, type Feed } from './feed.js';
import { decodeAll } from './fold.js';
import { pageFeed, type PageFeed } from './page-feed.js';
import type { ProjectorOptions } from './options.js';
import { beginReplay, endReplay, foldReplay, type Replay } from './replaying.js';
import { findTracks } from './tracks.js';
import { typesOf, type Track } from './track.js';
import { writerOf } from './writer.js';

/** From so many events on, others in the process have their turn in the middle of a batch. */
const LARGE = 500;

/**
 * After a batch of so many events or more the front gathers for so long before it takes the next: a busy log is then
 * folded in fewer and larger transactions. One that is not busy is followed at once, and history is read at full speed.
 */
const BUSY = { events: 16, gatherMs: 20 } as const;

/** Those who follow the log together: at one position, by one subscription. */
interface Front {
  readonly tracks: readonly Track[];
  position: Position;
  readonly feed: Feed;
}

/** Those who are behind the front, and go through history until they are level with it. */
interface Follower {
  readonly tracks: readonly Track[];
  readonly feed: PageFeed;
}

/** What was parked, going through history until it is level with the front. */
interface Revision {
  readonly replay: Replay;
  readonly feed: PageFeed;
}

/**
 * One term of office: from acquiring the lock until the signal, or until something fails. All that is written is
 * written from here, one transaction after the other.
 */
export async function project(
  options: ProjectorOptions,
  held: HeldLock,
  signal: AbortSignal,
  progressed: () => void,
): Promise<void> {
  const { store, readModels, decode, batchSize = 2_000, pageSize = 2_000, lookMs = 500 } = options;
  const { database, projecting } = readModels;
  const { ring, rung } = bell();
  const writer = writerOf(database, held, ring);
  const known = new Map<string, Track>();
  let front: Front | undefined;
  let followers: readonly Follower[] = [];
  let revisions: readonly Revision[] = [];
  let asked = true;
  let gathering: NodeJS.Timeout | undefined;

  /** Folds a batch into tracks, and writes documents and checkpoints in one transaction. */
  const advance = async (tracks: readonly Track[], batch: Batch, also: readonly Statement[] = []) => {
    const decoded = decodeAll(batch.events, decode);
    const prepared = await Promise.all(tracks.map((track) => prepare(track, decoded)));
    const statements: Statement[] = [];
    for (const one of prepared) {
      statements.push(...foldPrepared(database, one, decoded, batch.through));
      if (decoded.length > LARGE) await turn();
    }
    const serving = tracks.filter(({ active }) => active);
    const reached = new Map(serving.map(({ projection }) => [projection.name, batch.through]));
    await writer.write([...statements, ...also], () => {
      progressed();
      projecting.reached(reached);
    });
  };

  const page = (types: readonly string[], after: Position) =>
    pageFeed({ store, after, types, limit: pageSize, ready: ring });

  const lead = async (tracks: readonly Track[], position: Position) => {
    await front?.feed.close();
    const feed = liveFeed({ store, after: position, types: typesOf(tracks), limit: batchSize, ready: ring });
    front = { tracks, position, feed };
  };

  /** Followers that are level with the front join it; those that were built beside others take their place. */
  const join = async (follower: Follower, batch: Batch) => {
    await writer.settled();
    const serving = (await readGenerations(database)).filter(({ active }) => active);
    const builds = follower.tracks.filter(({ active }) => !active);
    const takeOvers = builds.flatMap((track) => {
      const old = serving.find(({ projection }) => projection === track.projection.name);
      return old === undefined ? [] : takeOver(database, track.projection.name, track.table, old.table);
    });
    builds.forEach((track) => (track.active = true));
    await advance(follower.tracks, batch, takeOvers);
    followers = followers.filter((other) => other !== follower);
    const replaced = new Set(builds.map(({ projection }) => projection.name));
    const staying = (front?.tracks ?? []).filter(({ projection }) => !replaced.has(projection.name));
    await lead([...staying, ...follower.tracks], batch.through);
  };

  /** Finds tables that are to be folded and are not yet, and what is to be replayed. */
  const lookForWork = async () => {
    await writer.settled();
    const found = await findTracks(options, held, known);
    found.forEach((track) => known.set(track.table, track));
    const serving = found.filter(({ active }) => active);
    const foremost = serving.map(({ position }) => position).reduce((a, b) => (a > b ? a : b), START);
    const leaders = front === undefined ? serving.filter(({ position }) => position === foremost) : [];
    if (leaders.length > 0) await lead(leaders, foremost);
    const behind = found.filter((track) => !leaders.includes(track));
    for (const position of new Set(behind.map((track) => track.position))) {
      const tracks = behind.filter((track) => track.position === position);
      followers = [...followers, { tracks, feed: page(typesOf(tracks), position) }];
    }
    for (const request of await replayRequests(database)) {
      const track = front?.tracks.find(({ table }) => table === request.table);
      const begun = revisions.some(({ replay }) => isOf(replay, request));
      if (track !== undefined && !begun) await revise(track, request);
    }
  };

  const revise = async (track: Track, request: Replay['request']) => {
    const replay = await beginReplay(store, decode, track, request);
    revisions = [...revisions, { replay, feed: page(track.projection.types, START) }];
  };

  const follow = async (follower: Follower) => {
    const batch = follower.feed.take(front?.position);
    if (batch === undefined) return;
    if (batch.end) await join(follower, batch);
    else await advance(follower.tracks, batch);
  };

  const goOnRevising = async (revision: Revision) => {
    const { replay, feed } = revision;
    const stays = front?.tracks.includes(replay.track) ?? false;
    const batch = stays ? feed.take(front?.position) : undefined;
    if (batch !== undefined) foldReplay(replay, decodeAll(batch.events, decode));
    if (stays && batch?.end !== true && replay.unreadable === undefined) return;
    revisions = revisions.filter((other) => other !== revision);
    await feed.close();
    if (!stays) return;
    if (replay.again) await revise(replay.track, replay.request);
    else await writer.write(endReplay(database, replay));
    // What was replayed is read from the table when it is next touched.
    await writer.settled();
  };

  const feeds = () => [
    ...(front === undefined ? [] : [front.feed]),
    ...followers.map(({ feed }) => feed),
    ...revisions.map(({ feed }) => feed),
  ];
  const gathered = () => {
    gathering = undefined;
    ring();
  };
  const stopListening = projecting.onRequest(() => {
    asked = true;
    ring();
  });
  const looking = setInterval(() => {
    asked = true;
    ring();
  }, lookMs);
  signal.addEventListener('abort', ring);
  ring();
  try {
    for (;;) {
      await rung();
      // Lets feeds take in what has arrived, and everybody else in the process have a turn.
      await turn();
      if (signal.aborted) return;
      for (const { fault } of [writer, ...feeds()]) if (fault !== undefined) throw fault;
      if (asked) {
        asked = false;
        await lookForWork();
        ring();
      }
      // Who is nearly level gets there because the front waits for him, a page's time at most.
      const waits = [...followers, ...revisions].some(({ feed }) => feed.near);
      // And who is far behind goes twice as fast as the front, however much the front has to do.
      const most = followers.length + revisions.length > 0 ? Math.ceil(pageSize / 2) : batchSize;
      const batch = waits || gathering !== undefined ? undefined : front?.feed.take(most);
      if (front !== undefined && batch !== undefined) {
        await advance(front.tracks, batch);
        front.position = batch.through;
        const { length } = batch.events;
        if (length >= BUSY.events && length < most) gathering = setTimeout(gathered, BUSY.gatherMs);
      }
      for (const follower of followers) await follow(follower);
      for (const revision of revisions) await goOnRevising(revision);
    }
  } finally {
    clearInterval(looking);
    clearTimeout(gathering);
    stopListening();
    signal.removeEventListener('abort', ring);
    await Promise.all(feeds().map((feed) => feed.close()));
    await writer.settled().catch(() => undefined);
  }
}

const isOf = ({ request: { table, kind, id } }: Replay, request: Replay['request']): boolean =>
  table === request.table && kind === request.kind && id === request.id;

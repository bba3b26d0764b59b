/**
 * What writes: the only connection of its process that does. Places a group of appends in one transaction and commits it with
 * one fsync.
 *
 * Node runs this file as it stands where the sources run (see writer-thread.ts), and as the build compiled it otherwise. So it
 * takes what it needs by `require`, from packages only, gives by `exports`, and has no syntax beyond types that can be taken
 * away.
 */
import type { Answer, Append, EarlierResult, WriterFailure, WriterSettings } from './protocol.js';

const { MessageChannel, Worker, receiveMessageOnPort } =
  require('node:worker_threads') as typeof import('node:worker_threads');
const path = require('node:path') as typeof import('node:path');
const Sqlite = require('better-sqlite3') as typeof import('better-sqlite3');
const { LRUCache } = require('lru-cache') as typeof import('lru-cache');

/** Blocks while it works. */
export interface LogWriter {
  /** One transaction for all of them; what it answers is durable. When one makes it fail, each has one of its own. */
  commit(appends: readonly Append[], created: number): readonly Answer[];
  /** To be called after each commit, when its appends have been answered: it may wait for the disk. */
  keepLogShort(appends: readonly Append[]): void;
  /** Closing the last connection to the file copies what is left of the write-ahead log, and removes it. */
  close(closed: () => void): void;
}

export type OpenLogWriter = (settings: WriterSettings) => LogWriter;

/** A stream's number (0: it has none yet) and the revision of its last event (−1: it has none yet). */
interface Head {
  stream: number;
  revision: number;
}

type Event = [id: string, type: string, data: string, metadata: string];

/** What an append adds to the write-ahead log beside its texts, about: half a page of the index, which others touch, too. */
const APPEND_BYTES = 4_096;
/** Multiples of `checkpointBytes` at which writing stops until the write-ahead log could be begun anew. */
const HARD_BOUND = 4;

const isBusy = (error: unknown) => codeOf(error).startsWith('SQLITE_BUSY');
const codeOf = (error: unknown) => String((error as { code?: string }).code);
const failure = (code: WriterFailure['code'], error: unknown): WriterFailure => ({
  code,
  message: error instanceof Error ? error.message : String(error),
});

const paused = new Int32Array(new SharedArrayBuffer(4));
const pause = (milliseconds: number) => Atomics.wait(paused, 0, 0, milliseconds);

function openLogWriter({ file, busyTimeout, checkpointBytes }: WriterSettings): LogWriter {
  const database = new Sqlite(file, { fileMustExist: true, timeout: 0 });
  // FULL: the fsync of a commit is over before the commit is visible or answered. NORMAL, the default, may lose it.
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 0');
  database.pragma('cache_size = -65536');
  database.pragma(`journal_size_limit = ${checkpointBytes * HARD_BOUND}`);

  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const dataVersion = database.prepare<[], number>('PRAGMA data_version').pluck();
  const streamOf = database.prepare<[string], number>('SELECT id FROM streams WHERE name = ?').pluck();
  const insertStream = database.prepare<[string]>('INSERT INTO streams (name) VALUES (?)');
  const lastRevision = database
    .prepare<[number], number>('SELECT revision FROM log WHERE stream = ? ORDER BY revision DESC LIMIT 1')
    .pluck();
  const insertEvent = database.prepare<[number, number, number, string, string, string, string]>(
    'INSERT INTO log (stream, revision, created, type, id, metadata, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const eventsAfter = database
    .prepare<[number, number, number], [id: string, position: number]>(
      'SELECT id, position FROM log WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
    )
    .raw();

  /** True as long as no other connection has committed, which data_version tells, and no group was rolled back. */
  const heads = new LRUCache<string, Head>({ max: 50_000 });
  let seenVersion = -1;

  function headOf(stream: string): Head {
    const known = heads.get(stream);
    if (known !== undefined) return known;
    const head = readHead(stream);
    heads.set(stream, head);
    return head;
  }

  function readHead(stream: string): Head {
    const number = streamOf.get(stream);
    if (number === undefined) return { stream: 0, revision: -1 };
    return { stream: number, revision: lastRevision.get(number) ?? -1 };
  }

  /** Inside the group's transaction: appends, or recognises a retry, or answers with a conflict. */
  function place({ stream, expected, texts }: Append, created: number): number | EarlierResult {
    const head = headOf(stream);
    if (expected !== head.revision) return earlierResult(head, expected, texts) ?? -2 - head.revision;
    if (head.stream === 0) head.stream = Number(insertStream.run(stream).lastInsertRowid);
    let position = 0;
    for (let at = 0; at < texts.length; at += 4) {
      const [id, type, data, metadata] = [texts[at], texts[at + 1], texts[at + 2], texts[at + 3]] as Event;
      head.revision++;
      const { lastInsertRowid } = insertEvent.run(
        head.stream,
        head.revision,
        created,
        type,
        id,
        metadata,
        data,
      );
      position = Number(lastInsertRowid);
    }
    return position;
  }

  /** When exactly these events follow the expected revision already. */
  function earlierResult(head: Head, expected: number, texts: readonly string[]): EarlierResult | undefined {
    const count = texts.length / 4;
    if (expected + count > head.revision) return undefined;
    const held = eventsAfter.all(head.stream, expected, count);
    const [, earlier] = held.at(-1) ?? [];
    const isSame = held.every(([id], index) => id === texts[index * 4]);
    return isSame && earlier !== undefined ? { earlier } : undefined;
  }

  /** Tries more often than SQLite's own busy handler, whose pauses of up to 100 ms let a waiting process starve. */
  function beginWhenFree(): void {
    const deadline = performance.now() + busyTimeout;
    for (;;) {
      try {
        begin.run();
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
        pause(0.2 + Math.random());
      }
    }
  }

  /** One transaction for all of them. When one makes it fail, each has one of its own, so that it fails alone. */
  function commitTogether(appends: readonly Append[], created: number): readonly Answer[] {
    let committing = false;
    try {
      beginWhenFree();
      const version = dataVersion.get() ?? -1;
      if (version !== seenVersion) heads.clear();
      seenVersion = version;
      const answers = appends.map((append) => place(append, created));
      committing = true;
      commit.run();
      return answers;
    } catch (error) {
      heads.clear();
      if (database.inTransaction) rollback.run();
      // A full disk stops a commit before it is one. After any other error nobody knows what is on the disk.
      if (committing && codeOf(error) !== 'SQLITE_FULL' && !isBusy(error)) {
        return appends.map(() => failure('OUTCOME_UNKNOWN', error));
      }
      if (appends.length === 1 || isBusy(error))
        return appends.map(() => failure('STORE_UNAVAILABLE', error));
      return appends.flatMap((append) => commitTogether([append], created));
    }
  }

  // The write-ahead log. Another thread copies it into the database while this one writes on; that never gets to the end
  // of a log that grows, so this thread does the small rest, between two groups, and begins the log anew.
  let sinceCheckpoint = 0;
  let sinceRestart = 0;
  let checkpointing = false;
  const { port1: checkpoints, port2: theirEnd } = new MessageChannel();
  const checkpointer = new Worker(path.join(__dirname, `checkpoint-thread${path.extname(__filename)}`), {
    workerData: { file, port: theirEnd },
    transferList: [theirEnd],
  });
  checkpoints.on('message', () => {
    checkpointing = false;
    restartLog(20);
  });

  /** Blocks, and with it all appends: a disk that is too slow for them must not be given more. */
  function waitForCheckpoint(): void {
    const deadline = performance.now() + 10_000;
    while (receiveMessageOnPort(checkpoints) === undefined && performance.now() < deadline) pause(1);
    checkpointing = false;
  }

  /** Where it cannot be done now, for a reader or another process or a full disk, a later round tries again. */
  function restartLog(patience: number): void {
    database.pragma(`busy_timeout = ${patience}`);
    try {
      const [outcome] = database.pragma('wal_checkpoint(RESTART)') as { busy: number }[];
      if (outcome?.busy === 0) sinceRestart = 0;
    } catch {
      // The other thread met the same error, and has said so.
    } finally {
      database.pragma('busy_timeout = 0');
    }
  }

  function keepShort(written: number): void {
    sinceCheckpoint += written;
    sinceRestart += written;
    if (sinceCheckpoint >= checkpointBytes && !checkpointing) {
      checkpointing = true;
      sinceCheckpoint = 0;
      checkpoints.postMessage('go');
    }
    if (sinceRestart >= checkpointBytes * HARD_BOUND) {
      sinceRestart -= checkpointBytes;
      if (checkpointing) waitForCheckpoint();
      restartLog(100);
    }
  }

  return {
    commit: commitTogether,
    keepLogShort(appends) {
      let written = 0;
      for (const { texts } of appends) {
        written += APPEND_BYTES;
        for (const text of texts) written += text.length;
      }
      keepShort(written);
    },
    close(closed) {
      checkpointer.once('exit', () => {
        checkpoints.close();
        database.close();
        closed();
      });
      checkpoints.postMessage('leave');
    },
  };
}

exports.openLogWriter = openLogWriter satisfies OpenLogWriter;

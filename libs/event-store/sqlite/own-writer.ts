import type { GroupWriter } from './group-writer.js';
import type { OpenLogWriter } from './log-writer.js';
import { NO_STREAM, type Append, type WriterSettings } from './protocol.js';
import { settleGroup, type Committed, type Waiting } from './settling.js';

const { openLogWriter } = require('./log-writer.js') as { openLogWriter: OpenLogWriter };

/**
 * Writes in the calling thread, for one that does nothing but decide: what one turn of its event loop appended is one commit
 * at the turn's end, for which the thread stands still.
 */
export function ownWriter(
  settings: WriterSettings,
  onCommitted: (group: readonly Committed[]) => void,
): GroupWriter {
  const log = openLogWriter(settings);
  let waiting: Waiting[] = [];
  let closed = false;

  const commit = () => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    const appends = group.map(appendOf);
    const created = Date.now();
    settleGroup(group, log.commit(appends, created), created, onCommitted);
    // Not before those have gone on who were just answered.
    setImmediate(() => {
      if (!closed) log.keepLogShort(appends);
    });
  };

  return {
    append: (stream, events, expected) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(commit);
        waiting.push({ stream, events, expected, resolve, reject });
      }),
    failure: () => undefined,
    close() {
      commit();
      closed = true;
      return new Promise((resolve) => log.close(resolve));
    },
  };
}

const appendOf = ({ stream, events, expected }: Waiting): Append => ({
  stream,
  expected: expected === 'no_stream' ? NO_STREAM : Number(expected),
  texts: events.flatMap(({ id, type, data, metadata }) => [id, type, data, metadata]),
});

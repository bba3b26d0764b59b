/**
 * A process that appends to a log until it is told to stop or killed: `appending-process <file> <name> <appenders>`.
 * Says each append that was acknowledged on a line of its own, `stream revision position id …`. It ends at the end of stdin.
 */
import { randomUUID } from 'node:crypto';
import { openSqliteEventStore } from '../../../libs/event-store/sqlite/event-store.js';

async function main(): Promise<void> {
  const [file = '', name = '', appenders = '1'] = process.argv.slice(2);
  const store = await openSqliteEventStore({ file, checkpointBytes: 256 * 1024 });
  let stopped = false;
  process.stdin.on('end', () => (stopped = true)).resume();

  const appendStreams = async () => {
    while (!stopped) {
      const stream = `${name}-${randomUUID()}`;
      let revision = -1n;
      for (let append = 0; append < 5 && !stopped; append++) {
        const events = Array.from({ length: 1 + (append % 3) }, () => ({
          id: randomUUID(),
          type: 'SomethingHappened',
          data: JSON.stringify({ text: 'x'.repeat(500) }),
          metadata: '{}',
        }));
        const result = await store.append(stream, events, revision < 0n ? 'no_stream' : revision);
        revision = result.revision;
        process.stdout.write(
          `${stream} ${revision} ${result.position} ${events.map(({ id }) => id).join(' ')}\n`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: Number(appenders) }, appendStreams));
  await store.close();
}

void main();

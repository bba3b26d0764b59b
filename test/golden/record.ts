import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORDINGS, lineOf, readRecording, releases, schemaHashes, streamsOf } from './recording.js';
import { replay } from './replay.js';
import { tellStories } from './stories.js';
import { openWorld } from './world.js';

/**
 * `npm run golden`: tells the stories and keeps what was recorded under the version of package.json, and folds what every
 * older release recorded anew, so that a change of the state's shape shows as a difference. Recordings of older
 * releases are never rewritten.
 */
async function record(): Promise<void> {
  const release: string = JSON.parse(readFileSync('package.json', 'utf8')).version;
  const folder = join(RECORDINGS, release);
  const lines = new Map<string, string>();
  const world = await openWorld();
  try {
    await tellStories(world);
    for await (const event of world.events()) {
      lines.set(event.stream, (lines.get(event.stream) ?? '') + lineOf(event));
    }
  } finally {
    await world.close();
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [stream, text] of lines) writeFileSync(join(folder, `${stream}.ndjson`), text);
  writeFileSync(join(folder, 'schemas.json'), pretty(schemaHashes()));
  for (const recorded of releases()) {
    for (const stream of streamsOf(recorded)) {
      const state = replay(readRecording(recorded, stream));
      writeFileSync(join(RECORDINGS, recorded, `${stream}.state.json`), pretty(state));
    }
  }
  process.stdout.write(`Recorded ${lines.size} streams as release ${release} in ${RECORDINGS}.\n`);
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

void record();

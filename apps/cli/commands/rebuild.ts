import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { RebuildProgress } from '../../../libs/projection/read-models/read-models.js';
import { allProjections } from '../../../projections/every-projection.js';
import { withProgress, type Progress } from '../progress.js';
import { openReadSide, withReadSide, type ReadSide, type ReadSideFlags } from '../read-side.js';
import { shareOf } from '../store-address.js';
import { textTable } from '../table.js';

const allNames = allProjections.map(({ name }) => name);

export function rebuildCommand(program: Command): void {
  withReadSide(program.command('rebuild'))
    .summary('build read models anew from the log, beside those that serve')
    .description(
      'build read models anew from the log, beside the tables that serve. Each takes over by itself, at one stroke, as ' +
        'soon as it is level with the log; until then queries are answered from the old one. A running engine does the ' +
        'work; where none runs, this command does. Interrupted, it goes on with the next engine or rebuild.',
    )
    .argument('[projection...]', `all of them, or some of ${allNames.join(', ')}`)
    .option('--json', 'one JSON object on standard output')
    .action(rebuild);
}

async function rebuild(
  given: readonly string[],
  { json, ...flags }: ReadSideFlags & { readonly json?: true },
): Promise<void> {
  const wanted = given.length === 0 ? allNames : [...new Set(given)];
  const unknown = wanted.filter((name) => !allNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`there is no ${unknown.join(', ')}; there are ${allNames.join(', ')}`);
  const side = await openReadSide(flags);
  try {
    const started = performance.now();
    await side.whileProjecting(async () =>
      withProgress('rebuild', json === true, async (tell) => {
        const progress = new Map<string, RebuildProgress>();
        await side.readModels.rebuild(wanted, {
          onProgress(one) {
            progress.set(one.projection, one);
            tell(sumOf([...progress.values()]));
          },
        });
        await levelWithLog(side, wanted, tell);
      }),
    );
    const seconds = (performance.now() - started) / 1_000;
    const generations = await side.readModels.generations();
    const rebuilt = generations.filter(({ active, projection }) => active && wanted.includes(projection));
    if (json) {
      const rows = rebuilt.map(({ projection, table, version, events, position }) => ({
        projection,
        table,
        version,
        events,
        position,
      }));
      console.log(JSON.stringify({ rebuilt: rows, seconds: Number(seconds.toFixed(3)) }));
      return;
    }
    const rows = rebuilt.map(({ projection, table, events }) => [
      projection,
      table,
      events.toLocaleString('en-US'),
    ]);
    console.log(textTable(['projection', 'now served from', 'events'], rows));
    console.log(`rebuilt in ${seconds.toFixed(1)} s; there is nothing to switch`);
  } finally {
    await side.close();
  }
}

const LOOK_MS = 100;

/** A table takes over when it is level with the one that serves, which itself may be far behind where nobody projected. */
async function levelWithLog(
  { log, readModels }: ReadSide,
  names: readonly string[],
  tell: (progress: Progress) => void,
): Promise<void> {
  const head = await log.head();
  for (;;) {
    const serving = (await readModels.generations()).filter(
      ({ active, projection }) => active && names.includes(projection),
    );
    const position = serving.map((one) => one.position).toSorted()[0] ?? head;
    if (position >= head) return;
    const count = serving.reduce((sum, one) => sum + one.events, 0);
    tell({ doing: 'catching up', count, unit: 'events', share: shareOf(position, head) });
    await sleep(LOOK_MS);
  }
}

/** Projections that are built together share the log, so that their events are counted together. */
function sumOf(all: readonly RebuildProgress[]) {
  const events = all.reduce((sum, one) => sum + one.events, 0);
  const expected = all.reduce((sum, one) => sum + Math.max(one.of, one.events), 0);
  return { doing: 'folding', count: events, unit: 'events', share: expected === 0 ? 0 : events / expected };
}

import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { deployment, type Chosen, type Deployment } from './deployment.js';
import { http } from './http.js';
import { inProcess } from './in-process.js';
import { EVENTS_AN_ORDER, fill, inFolder, writing } from './log.js';
import { peers } from './peers.js';
import { readModels } from './read-models.js';
import { lengthen, replay } from './replay.js';
import { start } from './start.js';
import { timers } from './timers.js';

const HELP = `npm run bench -- [--json] [--only http,inProcess,log,timers] [--events 1000000] [--peers]
                 [--store eventstoredb] [--database postgres]
  http       durable commands beside an echo of the same DTO, at 32 and 256 connections
  inProcess  durable commands without HTTP, 64 at a time
  log        a log of so many events: catch-up, rebuild, replay of one order, start
  timers     2,000 deadlines due a second with 1,000,000 pending
  --store    eventstoredb: its protocol double in a process of its own; inProcess then has the client's own appends beside
  --database postgres: the machine's own, or the one that npm brings, with its disk writes on
  --peers    the in-process work on Emmett's SQLite and PostgreSQL stores (installs them under bench/peers)`;

const PARTS: readonly string[] = ['http', 'inProcess', 'log', 'timers'];

type Figures = Record<string, unknown>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', default: PARTS.join(',') },
      events: { type: 'string', default: '1000000' },
      store: { type: 'string', default: 'sqlite' },
      database: { type: 'string', default: 'sqlite' },
      peers: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const on = deployment(chosen(values));
  try {
    const figures = await measure(values, on);
    console.log(values.json ? JSON.stringify(figures) : table(figures));
  } finally {
    await on.stop();
  }
}

function chosen({ store, database }: { readonly store: string; readonly database: string }): Chosen {
  if (store !== 'sqlite' && store !== 'eventstoredb') throw new Error('--store is sqlite or eventstoredb');
  if (database !== 'sqlite' && database !== 'postgres') throw new Error('--database is sqlite or postgres');
  return { store, database };
}

async function measure(
  values: { readonly only: string; readonly events: string; readonly peers: boolean },
  on: Deployment,
): Promise<Figures> {
  const only = values.only.split(',');
  const unknown = only.find((name) => !PARTS.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${unknown}; there are ${PARTS.join(', ')}`);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const figures: Figures = {};
  const description = await on.description();
  if (description !== undefined) figures.on = description;
  if (only.includes('http')) {
    say('http: commands and echo in turn …');
    const measured = await http([32, 256], on);
    figures.http = { c32: measured.get(32), c256: measured.get(256) };
  }
  if (only.includes('inProcess')) {
    say('inProcess: 64 at a time …');
    figures.inProcess = await inProcess(on);
  }
  if (only.includes('log')) Object.assign(figures, await onLog(Number(values.events), on, say));
  if (only.includes('timers')) {
    say('timers: setting the scene takes a minute …');
    figures.timers = await timers(on);
  }
  if (values.peers) {
    say('peers: installing and running …');
    figures.peers = await peers();
  }
  return figures;
}

const onLog = (events: number, on: Deployment, say: (text: string) => void): Promise<Figures> =>
  inFolder(async (dataDir) => {
    say(`log: writing ${events} events …`);
    const order = await writing(dataDir, async (log) => {
      const [first = ''] = await fill(log, events);
      await lengthen(log, first);
      return first;
    });
    const store = await on.openLog(dataDir);
    try {
      const replayed = await replay(store, order);
      say('log: folding them, twice …');
      const folded = await readModels(dataDir, on);
      say('log: starting an engine on them …');
      const written = Math.ceil(events / EVENTS_AN_ORDER) * EVENTS_AN_ORDER + replayed.events;
      return { ...folded, replay: replayed, start: await start(dataDir, written, on) };
    } finally {
      await store.close();
      await on.release(dataDir);
    }
  });

function table(figures: Figures): string {
  const rows = new Table({
    head: ['figure', 'value'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right'],
  });
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) add(name === '' ? key : `${name}.${key}`, inner);
    } else {
      rows.push([name, typeof value === 'number' ? value.toLocaleString('en-US') : String(value)]);
    }
  };
  add('', figures);
  return rows.toString();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

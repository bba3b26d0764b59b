import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Role } from '../../../libs/domain/vocabulary.js';
import { localIssuer } from '../../../libs/identity/local-issuer.js';
import { castOf, type Cast } from '../demo/cast.js';
import { populate } from '../demo/populate.js';
import { STORY, playLateShipment, type Narrator } from '../demo/late-shipment.js';
import { startEngine, type EngineProcess } from '../engine-process.js';
import { historySource } from '../history.js';
import { printCaseFile } from '../print-case-file.js';
import { printReplay } from '../print-replay.js';
import { replay } from '../replay.js';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('play a late-shipment dispute on a virtual clock, from enrolment to refund and recovery')
    .option(
      '--keep',
      'then fill the engine with more than two hundred orders, and leave it running to look at',
    )
    .option('--port <port>', 'port of the engine that is kept', '3000')
    .action(runDemo);
}

async function runDemo({ keep, port }: { readonly keep?: boolean; readonly port: string }): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recourse-demo-'));
  const engine = await startEngine(dataDir, { RECOURSE_CLOCK: 'virtual' }, keep === true ? Number(port) : 0);
  try {
    const issuer = await localIssuer(dataDir);
    const cast = castOf(engine.url, (role, id) => {
      const party = role === 'buyer' || role === 'supplier' ? id : undefined;
      return issuer.issue({ role: role as Role, party, sub: id, lifetimeSeconds: 3600 });
    });
    console.log('An order, its dispute and its money, by commands over HTTP; time is virtual.\n');
    await playLateShipment(cast, narrator());
    console.log('\nThe case file, as the arbitrator sees it\n');
    await showCaseFile(cast);
    console.log('\nThe history, as an auditor replays it\n');
    await showHistory(engine.url, dataDir);
    if (keep === true) await leaveRunning(engine, cast);
  } finally {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Until it is asked to stop; its data go with it. */
async function leaveRunning(engine: EngineProcess, cast: Cast): Promise<void> {
  console.log('\nFilling the engine with orders in all states, day by day');
  const orders = await populate(cast, ({ day, days, commands }) => {
    if (day % 10 === 0) console.log(`  day ${String(day).padStart(3)} of ${days}, ${commands} commands`);
  });
  console.log(`\n${orders} orders. Look at them: ${engine.url} (Ctrl-C ends it)`);
  const stop = () => void engine.stop();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  await engine.ended;
}

function narrator(): Narrator {
  let number = 0;
  return {
    step(what, answer) {
      console.log(`${String(++number).padStart(2)}. ${what}`);
      const types =
        answer === undefined ? [] : 'events' in answer ? answer.events.map(({ type }) => type) : answer;
      if (types.length > 0) console.log(`    → ${types.join(', ')}`);
    },
  };
}

async function showCaseFile(cast: Cast): Promise<void> {
  const arbitrator = await cast.as('arbitrator', STORY.arbitrator);
  const orderId = STORY.orderId;
  const { position } = await arbitrator.get<{ position: string }>(`/v1/orders/${orderId}`);
  printCaseFile(
    await arbitrator.get(`/v1/case-files/${orderId}/1?minPosition=${encodeURIComponent(position)}`),
  );
}

async function showHistory(url: string, dataDir: string): Promise<void> {
  const source = await historySource({ url, dataDir });
  const replayed = await replay(source.events(STORY.orderId));
  printReplay(STORY.orderId, replayed);
  const issued = replayed.events.some(({ type }) => type === 'RefundIssued');
  const demanded = replayed.events.some(({ type }) => type === 'RecoveryDemanded');
  console.log(
    `${issued ? 'refund issued' : 'NO REFUND'}, ${demanded ? 'recovery demanded' : 'NO RECOVERY'}, ${replayed.chain.intact ? 'chain verified' : 'CHAIN BROKEN'}`,
  );
  if (!issued || !demanded || !replayed.chain.intact || !replayed.ledgerBalances) process.exitCode = 1;
}

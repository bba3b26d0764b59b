import { Command } from 'commander';
import { demoCommand } from './commands/demo.js';
import { exportCommand } from './commands/export.js';
import { parkedCommand } from './commands/parked.js';
import { rebuildCommand } from './commands/rebuild.js';
import { replayCommand } from './commands/replay.js';
import { storeCommand } from './commands/store.js';
import { tokenCommand } from './commands/token.js';
import { verifyCommand } from './commands/verify.js';

const program = new Command('recourse').description(
  'Order protection with provable history and durable deadlines',
);
tokenCommand(program);
demoCommand(program);
replayCommand(program);
verifyCommand(program);
exportCommand(program);
storeCommand(program);
rebuildCommand(program);
parkedCommand(program);

program.parseAsync().catch((error: Error) => {
  console.error(`recourse: ${error.message}`);
  process.exitCode = 1;
});

import { InvalidArgumentError, type Command } from 'commander';
import { localIssuer } from '../../../libs/identity/local-issuer.js';
import type { Role } from '../../../libs/domain/vocabulary.js';

interface Flags {
  readonly role: Role;
  readonly party?: string;
  readonly sub?: string;
  readonly name?: string;
  readonly hours: number;
  readonly dataDir: string;
}

export function tokenCommand(program: Command): void {
  program
    .command('token')
    .description("print a bearer token of the embedded engine's own issuer")
    .requiredOption(
      '--role <role>',
      'buyer, supplier, agent, arbitrator, appeal_arbitrator, inspector, payments, logistics, risk, policy_admin, auditor',
    )
    .option('--party <id>', 'the party, for buyer and supplier')
    .option('--sub <id>', 'the person or service, for all others')
    .option('--name <text>', 'a name to show')
    .option('--hours <n>', 'how long it is good for', asHours, 24)
    .option('--data-dir <folder>', 'data of the embedded engine', process.env.DATA_DIR ?? './data')
    .action(async ({ role, party, sub, name, hours, dataDir }: Flags) => {
      const issuer = await localIssuer(dataDir);
      console.log(await issuer.issue({ role, party, sub, name, lifetimeSeconds: hours * 3600 }));
    });
}

function asHours(text: string): number {
  const hours = Number(text);
  if (!(hours > 0 && hours <= 24 * 366)) throw new InvalidArgumentError('from above 0 to 8784 hours');
  return hours;
}

import type { Command } from 'commander';
import { verifyChain } from '../../../libs/event-store/hash-chain.js';
import { historySource } from '../history.js';
import { withSource, type SourceFlags } from '../options.js';

export function verifyCommand(program: Command): void {
  withSource(program.command('verify'))
    .description("recompute an order's hash chain; exits with 1 at the first broken link")
    .argument('<orderId...>')
    .option('--json', 'one JSON object an order')
    .action(async (orderIds: string[], flags: SourceFlags & { readonly json?: true }) => {
      const source = await historySource(flags);
      try {
        for (const orderId of orderIds) {
          const verdict = await verifyChain(source.events(orderId));
          const text = JSON.stringify({ orderId, ...verdict }, (_key, value) =>
            typeof value === 'bigint' ? String(value) : value,
          );
          if (flags.json) console.log(text);
          else if (verdict.count === 0 && verdict.intact) console.log(`${orderId}: there is no such order`);
          else if (verdict.intact)
            console.log(
              `${orderId}: chain verified, ${verdict.count} events${sealed(verdict.withheld)}, head ${verdict.head}`,
            );
          else
            console.log(
              `${orderId}: CHAIN BROKEN at revision ${verdict.broken.revision}: ${verdict.broken.reason}`,
            );
          if (!verdict.intact || verdict.count === 0) process.exitCode = 1;
        }
      } finally {
        await source.close();
      }
    });
}

const sealed = (count = 0): string => (count === 0 ? '' : ` (of ${count} under seal the place only)`);

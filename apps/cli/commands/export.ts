import type { Command } from 'commander';
import { historySource } from '../history.js';
import { withSource, type SourceFlags } from '../options.js';

export function exportCommand(program: Command): void {
  withSource(program.command('export'))
    .description("write an order's whole history as newline-delimited JSON, one envelope a line")
    .argument('<orderId>')
    .action(async (orderId: string, flags: SourceFlags) => {
      const source = await historySource(flags);
      try {
        for await (const { stream, revision, position, id, type, data, metadata, withheld } of source.events(
          orderId,
        )) {
          const { schemaVersion, ...rest } = JSON.parse(metadata);
          const envelope = {
            id,
            stream,
            revision: String(revision),
            position,
            type,
            schemaVersion,
            data: JSON.parse(data),
            metadata: rest,
            ...(withheld === true ? { sealed: true } : {}),
          };
          process.stdout.write(`${JSON.stringify(envelope)}\n`);
        }
      } finally {
        await source.close();
      }
    });
}

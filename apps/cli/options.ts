import type { Command } from 'commander';

export interface SourceFlags {
  readonly url: string;
  readonly log?: string;
  readonly token?: string;
  readonly dataDir: string;
}

const port = process.env.PORT ?? '3000';

/** Where to read from: the same flags on every command that reads. */
export const withSource = (command: Command): Command =>
  command
    .option('--url <url>', 'a running engine', process.env.RECOURSE_URL ?? `http://127.0.0.1:${port}`)
    .option('--log <file>', 'a log file instead of a running engine')
    .option('--token <jwt>', 'who asks; on the embedded default an auditor', process.env.RECOURSE_TOKEN)
    .option('--data-dir <folder>', 'data of the embedded engine', process.env.DATA_DIR ?? './data');

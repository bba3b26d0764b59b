import { ConfigError, readConfig } from './config.js';
import { startEngine, type Engine } from './engine.js';

/** Signals that ask to stop. A second one ends the process at once. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(): Promise<void> {
  const engine = await startEngine(readConfig(process.env));
  console.log(greeting(engine));
  for (const signal of SIGNALS) process.once(signal, () => void stop(engine));
}

function greeting({ url, composition: { config } }: Engine): string {
  if (!config.roles.has('api'))
    return `Recourse runs as ${[...config.roles].join(' and ')}: ${url}/health/ready`;
  const tokens =
    config.environment.RECOURSE_JWKS_URL === undefined
      ? 'a token: npx recourse token --role buyer --party B1'
      : `tokens: ${config.environment.RECOURSE_ISSUER}`;
  return `Recourse serves ${url} — its API: ${url}/docs — ${tokens}`;
}

async function stop(engine: Engine): Promise<void> {
  try {
    await engine.stop();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  const faults = error instanceof ConfigError ? error.faults : [reasonOf(error)];
  for (const fault of faults) console.error(`recourse: ${fault}`);
  process.exitCode = 1;
});

/** What is the operator's to mend is said in a line; anything else is ours, with its stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = 'code' in error && typeof error.code === 'string';
  return known ? `${error.message} (${String(error.code)})` : (error.stack ?? error.message);
}

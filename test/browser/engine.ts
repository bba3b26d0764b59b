import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { castOf, type Cast } from '../../apps/cli/demo/cast.js';
import type { Role } from '../../libs/domain/vocabulary.js';
import { localIssuer } from '../../libs/identity/local-issuer.js';

/** The engine that was built, in a process of its own, on the embedded default. */
export interface BrowserEngine {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

const ROOT = join(__dirname, '..', '..');

/** Resolves when it serves. `environment` may choose another clock. */
export async function startBuiltEngine(
  dataDir?: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<BrowserEngine> {
  const data = dataDir ?? (await mkdtemp(join(tmpdir(), 'recourse-browser-')));
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'apps', 'engine', 'main.js')], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      DATA_DIR: data,
      PORT: '0',
      LOG_LEVEL: 'warn',
      RECOURSE_CLOCK: 'virtual',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressIn(child.stdout);
  // Whatever else it says must not fill the pipe.
  child.stdout.resume();
  return {
    url,
    dataDir: data,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The engine says where it serves. */
async function addressIn(output: Readable): Promise<string> {
  for await (const line of createInterface(output)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (address !== null) return address[0];
  }
  throw new Error('the engine ended before it served');
}

/** People and services who speak to the engine over HTTP beside the browser. */
export async function castAt({ url, dataDir }: Pick<BrowserEngine, 'url' | 'dataDir'>): Promise<Cast> {
  const issuer = await localIssuer(dataDir);
  return castOf(url, (role, id) =>
    issuer.issue({
      role: role as Role,
      party: role === 'buyer' || role === 'supplier' ? id : undefined,
      sub: id,
      lifetimeSeconds: 36_000,
    }),
  );
}

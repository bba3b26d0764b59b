// Writes the console's client anew from the OpenAPI document of the engine that was just built:
// apps/console/api/openapi.json and apps/console/api/generated.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, under } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

const DOCUMENT = 'apps/console/api/openapi.json';

await writeFile(under(DOCUMENT), `${JSON.stringify(await documentOfEngine(), null, 2)}\n`);
const openApiTs = 'node_modules/@hey-api/openapi-ts/bin/run.js';
const { code } = await run(process.execPath, [openApiTs, '-f', 'apps/console/api/openapi-ts.config.ts']);
process.exitCode = code;

async function documentOfEngine() {
  const data = await mkdtemp(join(tmpdir(), 'recourse-client-'));
  const env = { ...process.env, DATA_DIR: data, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'development' };
  const engine = spawn(process.execPath, [under('dist/apps/engine/main.js')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await addressIn(engine.stdout);
    return await (await fetch(`${url}/openapi.json`)).json();
  } finally {
    engine.kill('SIGTERM');
    if (engine.exitCode === null) await once(engine, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

/** The engine says where it serves. */
async function addressIn(output) {
  for await (const line of createInterface(output)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (address !== null) return address[0];
  }
  throw new Error('the engine ended before it served');
}

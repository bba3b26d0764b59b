import { resolve } from 'node:path';
import { doomedProcess, freePort, unwell, type DoomedProcess } from './doomed-process.js';

/** An engine process on a port of its own that is killed and started again on the same data. */
export interface DoomedEngine extends DoomedProcess {
  readonly url: string;
}

const MAIN = resolve(__dirname, '../../dist/apps/engine/main.js');

/** The built engine; it is ready once it says so itself. */
export async function doomedEngine(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
): Promise<DoomedEngine> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = doomedProcess({
    name: `the engine (${environment.RECOURSE_ROLES ?? 'all roles'})`,
    argv: [MAIN],
    environment: {
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'error',
      ...environment,
    },
    awaits: () => unwell(`${url}/health/ready`),
  });
  return { url, ...process };
}

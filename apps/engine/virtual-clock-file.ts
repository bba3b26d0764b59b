import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VirtualClock } from '../../libs/kernel/clock.js';
import { isInstant, type Instant } from '../../libs/kernel/instant.js';

/** A virtual clock whose present survives a restart: time that has passed in the log must not come again. */
export interface KeptClock {
  readonly clock: VirtualClock;
  /** Writes the present down. Resolves when it is on the disk. */
  keep(): Promise<void>;
}

/** `<data directory>/virtual-clock` holds one instant. */
export async function keptVirtualClock(dataDir: string, start: Instant): Promise<KeptClock> {
  const file = join(dataDir, 'virtual-clock');
  const clock = new VirtualClock((await kept(file)) ?? start);
  const keep = async (): Promise<void> => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.tmp`, `${clock.now()}\n`, { flush: true });
    await rename(`${file}.tmp`, file);
  };
  await keep();
  return { clock, keep };
}

async function kept(file: string): Promise<Instant | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (!isInstant(text)) throw new Error(`${file} holds no instant`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

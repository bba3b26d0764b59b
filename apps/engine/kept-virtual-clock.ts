import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualClock } from '../../libs/kernel/clock.js';
import { isInstant, type Instant } from '../../libs/kernel/instant.js';

/**
 * A virtual clock whose present survives the end of the process, however it ends: time that has passed in the log does
 * not come again. `<data directory>/virtual-clock` holds the instant; it is on the disk before the clock shows it.
 */
export class KeptVirtualClock extends VirtualClock {
  private constructor(
    start: Instant,
    private readonly file: string,
  ) {
    super(start);
  }

  /** Goes on where the clock of this directory stood, else begins at `start`. */
  static in(dataDir: string, start: Instant): KeptVirtualClock {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = join(dataDir, 'virtual-clock');
    const clock = new KeptVirtualClock(presentIn(file) ?? start, file);
    clock.moveTo(clock.now());
    return clock;
  }

  override moveTo(instant: Instant): void {
    const present = this.now();
    writeFileSync(`${this.file}.tmp`, `${instant > present ? instant : present}\n`, { flush: true });
    renameSync(`${this.file}.tmp`, this.file);
    super.moveTo(instant);
  }
}

function presentIn(file: string): Instant | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (!isInstant(text)) throw new Error(`${file} holds no instant`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

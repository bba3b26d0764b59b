import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptVirtualClock } from './kept-virtual-clock.js';

const START = '2026-03-01T00:00:00.000Z';
const LATER = '2026-03-09T00:00:00.000Z';

describe('A virtual clock that is kept', () => {
  let data: string;
  beforeEach(async () => {
    data = join(await mkdtemp(join(tmpdir(), 'recourse-clock-')), 'data');
  });
  afterEach(() => rm(join(data, '..'), { recursive: true }));

  it('goes on where it stood, whatever start is asked for', () => {
    const clock = KeptVirtualClock.in(data, START);
    expect(clock.now()).toBe(START);
    clock.moveTo(LATER);
    expect(KeptVirtualClock.in(data, START).now()).toBe(LATER);
    expect(KeptVirtualClock.in(data, '2027-01-01T00:00:00.000Z').now()).toBe(LATER);
  });

  it('never goes back', () => {
    const clock = KeptVirtualClock.in(data, LATER);
    clock.moveTo(START);
    expect(clock.now()).toBe(LATER);
    expect(KeptVirtualClock.in(data, START).now()).toBe(LATER);
  });

  it('does not begin with a present that cannot be read', async () => {
    KeptVirtualClock.in(data, START);
    await writeFile(join(data, 'virtual-clock'), 'yesterday');
    expect(() => KeptVirtualClock.in(data, START)).toThrow(/holds no instant/);
  });
});

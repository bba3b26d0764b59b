import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClamd, type TestClamd } from '../../../test/support/clamd.js';
import { eicar } from '../../../test/support/evidence-samples.js';
import { clamdScanner } from './clamd-scanner.js';

async function* bytesOf(...chunks: readonly (Buffer | string)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe('clamd, asked by INSTREAM', () => {
  let folder: string;
  let clamd: TestClamd;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-clamd-'));
    clamd = await startClamd();
  });
  beforeEach(() => clamd.behave('well'));
  afterAll(async () => {
    await clamd.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const scan = (bytes: AsyncIterable<Uint8Array>, options = {}) =>
    clamdScanner(clamd.url, options).scan(bytes);

  it('finds nothing in what is clean, however large', async () => {
    expect(await scan(bytesOf('a', Buffer.alloc(3_000_000, 'b')))).toEqual({ kind: 'clean' });
  });

  it('finds what it knows, also across chunks', async () => {
    const infected = { kind: 'infected', signature: 'Win.Test.EICAR_HDB-1' };
    expect(await scan(bytesOf(eicar()))).toEqual(infected);
    expect(await scan(bytesOf(eicar().subarray(0, 40), eicar().subarray(40)))).toEqual(infected);
  });

  it('takes an empty file', async () => {
    expect(await scan(bytesOf())).toEqual({ kind: 'clean' });
  });

  it('is reached over a Unix socket as well', async () => {
    const local = await startClamd(join(folder, 'clamd.ctl'));
    expect(await clamdScanner(local.url).scan(bytesOf(eicar()))).toMatchObject({ kind: 'infected' });
    await local.stop();
  });

  it('is undecided where the daemon takes no such stream', async () => {
    clamd.behave('small');
    expect(await scan(bytesOf(Buffer.alloc(2_000)))).toEqual({
      kind: 'undecided',
      reason: 'INSTREAM size limit exceeded. ERROR',
    });
  });

  it('is undecided where the daemon hangs up', async () => {
    clamd.behave('hangs up');
    expect(await scan(bytesOf(Buffer.alloc(5_000_000)))).toMatchObject({ kind: 'undecided' });
  });

  it('is undecided where the daemon is silent', async () => {
    clamd.behave('mute');
    expect(await scan(bytesOf('a'), { patienceMs: 100 })).toEqual({
      kind: 'undecided',
      reason: 'no answer in time',
    });
  });

  it('is undecided where there is no daemon', async () => {
    const gone = await startClamd();
    await gone.stop();
    expect(await clamdScanner(gone.url).scan(bytesOf('a'))).toEqual({
      kind: 'undecided',
      reason: 'ECONNREFUSED',
    });
    expect(await clamdScanner(`unix://${join(folder, 'none.ctl')}`).scan(bytesOf('a'))).toEqual({
      kind: 'undecided',
      reason: 'ENOENT',
    });
  });

  it('is undecided, and lets go of the file, where the bytes cannot be read', async () => {
    let closed = false;
    async function* broken() {
      try {
        yield Buffer.from('a');
        throw new Error('the disk is gone');
      } finally {
        closed = true;
      }
    }
    expect(await scan(broken())).toEqual({ kind: 'undecided', reason: 'the disk is gone' });
    expect(closed).toBe(true);
  });
});

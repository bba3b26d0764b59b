import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClamd, type TestClamd } from '../../test/support/clamd.js';
import { eicar, gif, png, pngOf, sha256Of } from '../../test/support/evidence-samples.js';
import type { Allowance } from './allowance.js';
import { clamdScanner } from './clamd/clamd-scanner.js';
import { openDiskEvidenceStore } from './disk/disk-evidence-store.js';
import { openDiskUploads } from './disk/disk-uploads.js';
import { evidenceFiles, type EvidenceFiles } from './evidence-files.js';
import type { Delivery, Receipt } from './receive.js';
import type { Owner, Upload } from './uploads.js';

const HOUR = 3_600_000;
const buyer: Owner = { orderId: 'O-1', by: 'buyer', author: 'B1' };
const supplier: Owner = { orderId: 'O-1', by: 'supplier', author: 'S1' };
const allowed: Allowance = {
  maxFileBytes: 10_000,
  maxPartyBytes: 25_000,
  mediaTypes: ['image/png', 'image/gif', 'text/plain'],
  onRecord: [],
};

let folder: string;
let clamd: TestClamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd.stop());
beforeEach(async () => {
  clamd.behave('well');
  folder = await mkdtemp(join(tmpdir(), 'recourse-evidence-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Time passes for the uploads as the test says; files have the disk's. */
let passed = 0;
const opened = async (withScanner = false, graceMs?: number): Promise<EvidenceFiles> => {
  passed = 0;
  return evidenceFiles(
    {
      store: await openDiskEvidenceStore(folder),
      uploads: await openDiskUploads(folder),
      scanner: withScanner ? clamdScanner(clamd.url) : undefined,
      now: () => Date.now() + passed,
    },
    graceMs,
  );
};

async function* chunks(bytes: Buffer) {
  yield bytes.subarray(0, 10);
  yield bytes.subarray(10);
}

const hand = (files: EvidenceFiles, bytes: Buffer, over: Partial<Delivery> = {}): Promise<Receipt> =>
  files.receive({ owner: buyer, bytes: chunks(bytes), said: {}, allowance: allowed, ...over });

async function handed(files: EvidenceFiles, bytes: Buffer, over: Partial<Delivery> = {}): Promise<Upload> {
  const receipt = await hand(files, bytes, over);
  if (receipt.kind === 'refused') throw new Error(receipt.fault.message);
  return receipt.upload;
}

const codeOf = async (receipt: Promise<Receipt>) => {
  const known = await receipt;
  return known.kind === 'refused' ? known.fault.code : known.kind;
};

async function textOf(files: EvidenceFiles, owner: Owner, sha256: string): Promise<string> {
  const found = await files.open(owner, sha256);
  if (found.kind !== 'open') return found.kind;
  const read: Buffer[] = [];
  for await (const chunk of found.bytes) read.push(chunk as Buffer);
  return Buffer.concat(read).toString();
}

/** Lets go of what was opened. */
async function kindOf(files: EvidenceFiles, owner: Owner, sha256: string): Promise<string> {
  const found = await files.open(owner, sha256);
  if (found.kind === 'open') found.bytes.destroy();
  return found.kind;
}

const never = () => Promise.resolve(false);
const always = () => Promise.resolve(true);

/** Every file below the folder, by the folder that it lies in. */
async function kept(): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const counts: Record<string, number> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const top = entry.parentPath.slice(folder.length + 1).split('/')[0] ?? '';
    counts[top] = (counts[top] ?? 0) + 1;
  }
  return counts;
}

describe('Evidence files', () => {
  it('are received, and open to who asks for that owner and hash', async () => {
    const files = await opened();
    const upload = await handed(files, Buffer.from('Delivered late.'), {
      said: { mediaType: 'text/plain', sha256: sha256Of(Buffer.from('Delivered late.')), size: 15 },
    });
    expect(upload).toMatchObject({
      ...buyer,
      size: 15,
      mediaType: 'text/plain',
      scan: { state: 'unscanned' },
    });
    expect(await textOf(files, buyer, upload.sha256)).toBe('Delivered late.');
    expect(await files.find(buyer, upload.sha256)).toEqual(upload);
  });

  it('give nobody the bytes who only knows their hash', async () => {
    const files = await opened();
    const { sha256 } = await handed(files, Buffer.from('secret'));
    expect(await textOf(files, supplier, sha256)).toBe('absent');
    expect(await textOf(files, { ...buyer, orderId: 'O-2' }, sha256)).toBe('absent');
    expect(await textOf(files, { ...buyer, by: 'supplier' }, sha256)).toBe('absent');
    expect(await files.find(supplier, sha256)).toBeUndefined();
  });

  it('are kept once for all who hand them in', async () => {
    const files = await opened();
    const first = await hand(files, png());
    const again = await hand(files, png());
    const others = await hand(files, png(), { owner: supplier });
    expect([first, again, others]).toEqual([
      expect.objectContaining({ again: false }),
      expect.objectContaining({ again: true }),
      expect.objectContaining({ again: false }),
    ]);
    expect(await kept()).toEqual({ files: 1, waiting: 2 });
  });

  it.each<[string, Buffer, Partial<Delivery>, string]>([
    ['that are empty', Buffer.alloc(0), {}, 'EVIDENCE.EMPTY'],
    ['that are announced to be empty', png(), { said: { size: 0 } }, 'EVIDENCE.EMPTY'],
    ['that are too large', pngOf(10_001), {}, 'EVIDENCE.FILE_TOO_LARGE'],
    ['that are announced to be too large', png(), { said: { size: 10_001 } }, 'EVIDENCE.FILE_TOO_LARGE'],
    ['of another hash', png(), { said: { sha256: 'a'.repeat(64) } }, 'EVIDENCE.OTHER_HASH'],
    ['of another type', png(), { said: { mediaType: 'image/gif' } }, 'EVIDENCE.MEDIA_TYPE_LIES'],
    [
      'of a type that is not allowed',
      png(),
      { said: { mediaType: 'image/tiff' } },
      'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
    ],
    [
      'of a type that turns out not to be allowed',
      Buffer.from('%PDF-1.4\n%%EOF'),
      {},
      'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
    ],
    ['of no form', Buffer.from([0, 1, 2, 3]), {}, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED'],
    ['that act', gif('<script>alert(1)</script>'), {}, 'EVIDENCE.HARMFUL'],
  ])('are refused, %s, and leave nothing behind', async (_name, bytes, over, code) => {
    const files = await opened(true);
    expect(await codeOf(hand(files, bytes, over))).toBe(code);
    expect(await kept()).toEqual({});
  });

  it('leave nothing behind when their sender goes away', async () => {
    const files = await opened();
    async function* broken() {
      yield png().subarray(0, 20);
      throw Object.assign(new Error('gone'), { code: 'BROKEN_OFF' });
    }
    await expect(hand(files, png(), { bytes: broken() })).rejects.toMatchObject({ code: 'BROKEN_OFF' });
    expect(await kept()).toEqual({});
  });
});

describe('The quota of a party', () => {
  it('counts what waits and what is on record, each once, and is used up to the last byte', async () => {
    const files = await opened();
    const onRecord = [{ sha256: 'a'.repeat(64), size: 5_000 }];
    const allowance = { ...allowed, onRecord };
    const first = await handed(files, pngOf(10_000), { allowance });
    expect(await codeOf(hand(files, pngOf(10_000 - 1), { allowance }))).toBe('received');
    expect(await codeOf(hand(files, pngOf(200), { allowance }))).toBe('EVIDENCE.QUOTA_EXCEEDED');
    // What was handed in before costs nothing the second time, on record or not.
    expect(await codeOf(hand(files, pngOf(10_000), { allowance }))).toBe('received');
    const named = { ...allowance, onRecord: [...onRecord, first] };
    expect(await codeOf(hand(files, pngOf(10_000), { allowance: named }))).toBe('received');
    expect(await codeOf(hand(files, pngOf(200), { allowance: named }))).toBe('EVIDENCE.QUOTA_EXCEEDED');
    expect(await codeOf(hand(files, pngOf(200), { allowance, owner: supplier }))).toBe('received');
  });

  it('is not passed by files that come at the same time', async () => {
    const files = await opened();
    const codes = await Promise.all(
      [10_000, 9_999, 9_998, 9_997].map((size) => codeOf(hand(files, pngOf(size)))),
    );
    expect(codes.toSorted()).toEqual([
      'EVIDENCE.QUOTA_EXCEEDED',
      'EVIDENCE.QUOTA_EXCEEDED',
      'received',
      'received',
    ]);
    expect(await kept()).toEqual({ files: 2, waiting: 2 });
  });

  it('stops a file as soon as it cannot fit', async () => {
    const files = await opened();
    const allowance = {
      ...allowed,
      onRecord: [{ sha256: 'a'.repeat(64), size: 24_900 }],
      maxFileBytes: 1_000,
    };
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked++;
        yield Buffer.alloc(500);
      }
    }
    expect(await codeOf(hand(files, png(), { allowance, bytes: endless() }))).toBe('EVIDENCE.FILE_TOO_LARGE');
    expect(asked).toBe(3);
  });

  it('holds a hundred files that wait', async () => {
    const files = await opened();
    for (let at = 0; at < 100; at++) await handed(files, Buffer.from(`file ${at}`));
    expect(await codeOf(hand(files, Buffer.from('one more')))).toBe('EVIDENCE.TOO_MANY_WAITING');
    expect(await codeOf(hand(files, Buffer.from('file 7')))).toBe('received');
  });

  it('lets four files come at once', async () => {
    const files = await opened();
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    async function* slow(bytes: Buffer) {
      await released;
      yield bytes;
    }
    const running = [1, 2, 3, 4].map((at) =>
      codeOf(hand(files, png(), { bytes: slow(Buffer.from(`slow file ${at}`)) })),
    );
    expect(await codeOf(hand(files, png()))).toBe('EVIDENCE.TOO_MANY_AT_ONCE');
    expect(await codeOf(hand(files, png(), { owner: supplier }))).toBe('received');
    release();
    expect(await Promise.all(running)).toEqual(['received', 'received', 'received', 'received']);
    expect(await codeOf(hand(files, png()))).toBe('received');
  });
});

describe('A scanner', () => {
  it('lets pass what is clean, and has what is infected removed', async () => {
    const files = await opened(true);
    const upload = await handed(files, Buffer.from('Delivered late.'));
    expect(upload.scan.state).toBe('clean');
    expect(await codeOf(hand(files, eicar()))).toBe('EVIDENCE.INFECTED');
    expect(await kept()).toEqual({ files: 1, waiting: 1 });
  });

  it('holds back what it could not look at, and lets it go when it has', async () => {
    const files = await opened(true);
    clamd.behave('hangs up');
    const { sha256, scan } = await handed(files, Buffer.from('Delivered late.'));
    expect(scan).toMatchObject({ state: 'quarantined', reason: expect.any(String) });
    expect(await textOf(files, buyer, sha256)).toBe('quarantined');
    clamd.behave('well');
    expect(await textOf(files, buyer, sha256)).toBe('Delivered late.');
    expect((await files.find(buyer, sha256))?.scan.state).toBe('clean');
  });

  it('has removed what it could not look at first, and finds infected then', async () => {
    const files = await opened(true);
    clamd.behave('hangs up');
    const { sha256 } = await handed(files, eicar());
    clamd.behave('well');
    expect(await textOf(files, buyer, sha256)).toBe('infected');
    expect(await kept()).toEqual({ waiting: 1 });
    expect((await files.find(buyer, sha256))?.scan).toMatchObject({ state: 'infected' });
    expect(await textOf(files, buyer, sha256)).toBe('infected');
  });

  it('looks by itself, in every sweep, at what is held back', async () => {
    const files = await opened(true);
    clamd.behave('small');
    const { sha256 } = await handed(files, pngOf(3_000));
    clamd.behave('well');
    await files.sweep(never);
    expect((await files.find(buyer, sha256))?.scan.state).toBe('clean');
  });

  it('looks at what came before there was one', async () => {
    const { sha256 } = await handed(await opened(), eicar());
    const files = await opened(true);
    expect(await textOf(files, buyer, sha256)).toBe('infected');
  });

  it('does not take back what it has said', async () => {
    const files = await opened(true);
    await handed(files, png());
    clamd.behave('hangs up');
    expect((await handed(files, png())).scan.state).toBe('clean');
  });
});

describe('A sweep', () => {
  const files = (): Promise<EvidenceFiles> => opened(false, 24 * HOUR);
  const wait = (hours: number) => (passed = hours * HOUR);

  it('leaves what was handed in a day ago at most, and removes what nobody named by then', async () => {
    const some = await files();
    const { sha256 } = await handed(some, png());
    wait(23.9);
    expect(await some.sweep(never)).toEqual({ halves: 0, orphans: 0, settled: 0 });
    wait(25);
    expect(await some.sweep(never)).toEqual({ halves: 0, orphans: 1, settled: 0 });
    expect([await some.find(buyer, sha256), await kept()]).toEqual([undefined, {}]);
  });

  it('says before that it is too late to name it', async () => {
    const some = await files();
    const upload = await handed(some, png());
    expect(some.isStale(upload)).toBe(false);
    wait(13);
    expect(some.isStale(upload)).toBe(true);
    const again = await handed(some, png());
    expect(some.isStale(again)).toBe(false);
  });

  it('keeps for good what the history names', async () => {
    const some = await files();
    const { sha256 } = await handed(some, png());
    wait(25);
    expect(await some.sweep(always)).toEqual({ halves: 0, orphans: 0, settled: 1 });
    wait(1_000);
    expect(await some.sweep(never)).toEqual({ halves: 0, orphans: 0, settled: 0 });
    expect(await kindOf(some, buyer, sha256)).toBe('open');
    expect(await some.waiting(buyer)).toEqual([]);
  });

  it('removes no bytes that somebody else has handed in as well', async () => {
    const some = await files();
    const { sha256 } = await handed(some, png());
    await handed(some, png(), { owner: supplier });
    wait(25);
    const onlyTheSuppliers = (upload: Upload) => Promise.resolve(upload.by === 'supplier');
    expect(await some.sweep(onlyTheSuppliers)).toEqual({ halves: 0, orphans: 1, settled: 1 });
    expect(await kindOf(some, supplier, sha256)).toBe('open');
    expect(await kindOf(some, buyer, sha256)).toBe('absent');
  });

  it('removes bytes with the last upload that names them', async () => {
    const some = await files();
    await handed(some, png());
    await handed(some, png(), { owner: supplier });
    wait(25);
    expect(await some.sweep(never)).toEqual({ halves: 0, orphans: 2, settled: 0 });
    expect(await kept()).toEqual({});
  });

  it('leaves what is handed in anew while it looks', async () => {
    const some = await files();
    passed = -25 * HOUR;
    const { sha256 } = await handed(some, png());
    const then = new Date(Date.now() + passed);
    await utimes(join(folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), then, then);
    passed = 0;
    const meanwhile = async () => {
      await handed(some, png());
      return false;
    };
    await some.sweep(meanwhile);
    expect(await kindOf(some, buyer, sha256)).toBe('open');
    expect(await kept()).toEqual({ files: 1, waiting: 1 });
  });
});

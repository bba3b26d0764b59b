import { createHash } from 'node:crypto';
import type { EvidenceStore, StagedFile } from './store.js';
import type { Upload, Uploads } from './uploads.js';

/** What every evidence store keeps to. `open` gives one on a place of its own; `leftovers` counts what lies there unkept. */
export function evidenceStoreContract(
  name: string,
  open: () => Promise<{
    readonly store: EvidenceStore;
    leftovers(): Promise<number>;
    /** Damages the bytes of a file that is kept. */
    damage(sha256: string): Promise<void>;
    /** Makes a file look as if it had been kept two hours ago. */
    age(sha256: string): Promise<void>;
  }>,
): void {
  describe(`${name}, as an evidence store`, () => {
    let place: Awaited<ReturnType<typeof open>>;
    let store: EvidenceStore;
    beforeEach(async () => {
      place = await open();
      store = place.store;
    });

    const stage = (bytes: Buffer, maxBytes = 1_000_000): Promise<StagedFile> =>
      store.stage(chunksOf(bytes), { maxBytes });
    const keep = async (bytes: Buffer) => {
      const staged = await stage(bytes);
      await staged.keep();
      return staged.sha256;
    };

    it('keeps a file under the hash of its bytes, and gives the same bytes back', async () => {
      const bytes = Buffer.alloc(300_000, 'evidence ');
      const staged = await stage(bytes);
      expect([staged.sha256, staged.size]).toEqual([hashOf(bytes), bytes.length]);
      await staged.keep();
      const file = await store.open(staged.sha256);
      expect(file?.size).toBe(bytes.length);
      expect((await allOf(file!.bytes)).equals(bytes)).toBe(true);
    });

    it('has nothing before it is told to keep it, and nothing of what is discarded', async () => {
      const staged = await stage(Buffer.from('a'));
      expect(await store.has(staged.sha256)).toBe(false);
      await staged.discard();
      expect([await store.has(staged.sha256), await store.open(staged.sha256)]).toEqual([false, undefined]);
      expect(await place.leftovers()).toBe(0);
    });

    it('lets a kept file be discarded without losing it', async () => {
      const staged = await stage(Buffer.from('a'));
      await staged.keep();
      await staged.discard();
      expect(await store.has(staged.sha256)).toBe(true);
    });

    it('keeps the same bytes once, however often they come, also at the same time', async () => {
      const bytes = Buffer.alloc(100_000, 7);
      const hashes = await Promise.all(Array.from({ length: 8 }, () => keep(bytes)));
      expect(new Set(hashes).size).toBe(1);
      expect((await allOf((await store.open(hashOf(bytes)))!.bytes)).equals(bytes)).toBe(true);
      expect(await place.leftovers()).toBe(0);
    });

    it('takes as many bytes as it may and not one more, and leaves nothing of what was too many', async () => {
      expect((await stage(Buffer.alloc(1_000), 1_000)).size).toBe(1_000);
      await expect(stage(Buffer.alloc(1_001), 1_000)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
      expect(await place.leftovers()).toBe(1);
    });

    it('reads no more of a source than it has to', async () => {
      let asked = 0;
      async function* endless() {
        for (;;) {
          asked++;
          yield Buffer.alloc(100);
        }
      }
      await expect(store.stage(endless(), { maxBytes: 250 })).rejects.toMatchObject({
        code: 'FILE_TOO_LARGE',
      });
      expect(asked).toBe(3);
    });

    it('leaves nothing of a source that breaks off', async () => {
      async function* broken() {
        yield Buffer.from('half of it');
        throw Object.assign(new Error('gone'), { code: 'BROKEN_OFF' });
      }
      await expect(store.stage(broken(), { maxBytes: 1_000 })).rejects.toMatchObject({ code: 'BROKEN_OFF' });
      expect(await place.leftovers()).toBe(0);
    });

    it('shows every chunk on the way, in order', async () => {
      const seen: Uint8Array[] = [];
      const bytes = Buffer.from('one after another');
      await store.stage(chunksOf(bytes, 5), { maxBytes: 1_000, see: (chunk) => seen.push(chunk) });
      expect(Buffer.concat(seen).toString()).toBe('one after another');
    });

    it('takes an empty file for what it is', async () => {
      expect((await stage(Buffer.alloc(0))).size).toBe(0);
    });

    it.each([10, 200_000])('breaks off before the last byte of %d when they have changed', async (size) => {
      const sha256 = await keep(Buffer.alloc(size, 1));
      await place.damage(sha256);
      let received = 0;
      const reading = async () => {
        for await (const chunk of (await store.open(sha256))!.bytes) received += (chunk as Buffer).length;
      };
      await expect(reading()).rejects.toMatchObject({ code: 'CORRUPT' });
      expect(received).toBeLessThan(size);
    });

    it('removes what was kept before an instant, and leaves what was kept anew since', async () => {
      const sha256 = await keep(Buffer.from('a'));
      expect(await store.remove(sha256, Date.now() - 3_600_000)).toBe(false);
      expect(await store.has(sha256)).toBe(true);
      const later = Date.now() + 60_000;
      expect(await store.remove(sha256, later)).toBe(true);
      expect([await store.has(sha256), await store.remove(sha256, later)]).toEqual([false, true]);
    });

    it('loses nothing that is kept while it is removed', async () => {
      const bytes = Buffer.from('kept and removed');
      for (let round = 0; round < 50; round++) {
        const sha256 = await keep(bytes);
        await place.age(sha256);
        const remove = () => store.remove(sha256, Date.now() - 3_600_000);
        await Promise.all([keep(bytes), remove(), remove()]);
        expect(await store.has(sha256)).toBe(true);
      }
    });

    it('tidies nothing of what is being received', async () => {
      const staged = await stage(Buffer.from('a'));
      expect(await store.tidy()).toBe(0);
      await staged.keep();
      expect(await store.has(staged.sha256)).toBe(true);
    });
  });
}

/** What every record of uploads keeps to. */
export function uploadsContract(name: string, open: () => Promise<Uploads>): void {
  describe(`${name}, as the record of uploads`, () => {
    let uploads: Uploads;
    beforeEach(async () => {
      uploads = await open();
    });

    const buyers = { orderId: 'O-1', by: 'buyer', author: 'B1' };
    const suppliers = { orderId: 'O-1', by: 'supplier', author: 'B1' };
    const upload = (over: Partial<Upload> = {}): Upload => ({
      ...buyers,
      sha256: 'a'.repeat(64),
      size: 3,
      mediaType: 'image/png',
      extension: 'png',
      uploadedAt: '2026-03-01T00:00:00.000Z',
      scan: { state: 'unscanned' },
      ...over,
    });
    const everyone = async () => {
      const all: Upload[] = [];
      for await (const one of uploads.allWaiting()) all.push(one);
      return all;
    };

    it('finds what an owner has handed in, and shows it to no other', async () => {
      await uploads.put(upload());
      expect(await uploads.find(buyers, 'a'.repeat(64))).toEqual(upload());
      expect(await uploads.find(suppliers, 'a'.repeat(64))).toBeUndefined();
      expect(await uploads.find({ ...buyers, orderId: 'O-2' }, 'a'.repeat(64))).toBeUndefined();
      expect(await uploads.waiting(buyers)).toEqual([upload()]);
      expect(await uploads.waiting(suppliers)).toEqual([]);
    });

    it('tells ids apart that differ in case, and that try to be paths', async () => {
      const names = ['b1', 'B1', '../B1', 'B1/..'];
      for (const author of names) await uploads.put(upload({ author }));
      expect((await everyone()).map(({ author }) => author).toSorted()).toEqual(names.toSorted());
    });

    it('replaces what it knew of the same owner and bytes', async () => {
      const clean = upload({ scan: { state: 'clean', at: '2026-03-01T00:00:01.000Z' } });
      await uploads.put(upload());
      await uploads.put(clean);
      expect(await uploads.waiting(buyers)).toEqual([clean]);
    });

    it('finds what is settled still, but not among those that wait', async () => {
      await uploads.put(upload());
      await uploads.settle(upload());
      expect([await uploads.waiting(buyers), await everyone()]).toEqual([[], []]);
      expect(await uploads.find(buyers, 'a'.repeat(64))).toEqual(upload());
      expect(await uploads.isSettled('a'.repeat(64))).toBe(true);
      expect(await uploads.isSettled('b'.repeat(64))).toBe(false);
    });

    it('keeps settled what is handed in once more', async () => {
      await uploads.put(upload());
      await uploads.settle(upload());
      const again = upload({ uploadedAt: '2026-03-02T00:00:00.000Z' });
      await uploads.put(again);
      expect(await uploads.find(buyers, 'a'.repeat(64))).toEqual(again);
      expect(await uploads.waiting(buyers)).toEqual([]);
    });

    it('forgets what waits, but not what was handed in anew since', async () => {
      await uploads.put(upload());
      expect(await uploads.remove(upload())).toBe(true);
      expect([await uploads.remove(upload()), await uploads.find(buyers, 'a'.repeat(64))]).toEqual([
        false,
        undefined,
      ]);
      const anew = upload({ uploadedAt: '2026-03-02T00:00:00.000Z' });
      await uploads.put(anew);
      expect(await uploads.remove(upload())).toBe(false);
      expect(await uploads.find(buyers, 'a'.repeat(64))).toEqual(anew);
    });

    it('survives that one owner hands in, settles and takes back at the same time', async () => {
      for (let round = 0; round < 30; round++) {
        const mine = (digit: string) => upload({ sha256: digit.repeat(64) });
        await uploads.put(mine('1'));
        await uploads.put(mine('2'));
        await Promise.all([uploads.remove(mine('1')), uploads.settle(mine('2')), uploads.put(mine('3'))]);
        expect(await uploads.waiting(buyers)).toEqual([mine('3')]);
        await uploads.remove(mine('3'));
      }
    });
  });
}

async function* chunksOf(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function allOf(bytes: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { launch, visit } from './browser.js';
import { pdfText } from './pdf-text.js';
import { lateDispute } from './late-dispute.js';
import { populated, type Populated } from './populated.js';

const SCRIPT = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';
const OVERRIDE = 'invoice\u202Egpj.exe';
const EMOJI = '👩‍👩‍👧‍👦 🧵 𠮷野家';
const LONG = 'wordswordswords '.repeat(600) + 'A'.repeat(10_000);
/** More than 100 kB. Letters that hold HTML the engine takes from nobody. */
const LETTER = `To the works\n${LONG.repeat(6)}\n${OVERRIDE}\n${EMOJI}`;
const ORDER = 'O-hostile';

let browser: Browser;
let engine: Populated;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
  await hostileCase(engine);
});

afterAll(() => browser?.close());

/** A dispute in which everybody types the worst that the API takes. */
async function hostileCase(at: Populated): Promise<void> {
  const { cast } = at;
  const buyer = await cast.as('buyer', 'B-aurora');
  const supplier = await cast.as('supplier', 'S-shenzhen-lamps');
  await lateDispute(at, ORDER, {
    buyerName: `${SCRIPT}${OVERRIDE}`,
    product: SCRIPT,
    payer: OVERRIDE,
    statement: `${SCRIPT}\n${OVERRIDE}\n${EMOJI}\n${LONG}`.slice(0, 20_000),
  });
  const address = `/v1/orders/${ORDER}`;
  for (let part = 0; part < 5; part++) {
    await supplier.send(`${address}/disputes/1/post-message`, {
      text: `${part} ${SCRIPT} ${OVERRIDE} ${LONG}`.slice(0, 20_000),
    });
  }
  await buyer.send(`${address}/disputes/1/submit-evidence`, {
    kind: 'PHOTO',
    fileName: OVERRIDE,
    mediaType: 'image/jpeg',
    size: 10,
    sha256: 'b'.repeat(64),
    description: `${SCRIPT} ${EMOJI}`,
  });
  const evidence = `${address}/disputes/1`;
  const { sha256, size, mediaType } = await buyer.handIn<{
    readonly sha256: string;
    readonly size: number;
    readonly mediaType: string;
  }>(`${evidence}/evidence-files`, Buffer.from(LETTER), 'letter.txt');
  await buyer.send(`${evidence}/submit-evidence`, {
    kind: 'CORRESPONDENCE',
    fileName: 'letter.txt',
    mediaType,
    size,
    sha256,
  });
}

describe('What parties typed', () => {
  it.each([
    ['arbitrator-okafor', `/cases/${ORDER}/1`],
    ['arbitrator-okafor', `/worklist?q=${ORDER}`],
    ['auditor-weiss', `/audit/${ORDER}`],
    ['auditor-weiss', '/audit'],
    ['B-aurora', `/my/${ORDER}`],
    ['B-aurora', '/my'],
    ['S-shenzhen-lamps', `/cases/${ORDER}/1`],
  ])('is text for %s at %s', async (person, address) => {
    const { page, complaints, close } = await visit(browser, { url: engine.url, person });
    await page.goto(`${engine.url}${address}`);
    await page.getByText(ORDER).first().waitFor();
    await openEverything(page);
    expect(await page.title()).not.toContain('owned');
    expect(await page.locator('main img[src="x"], main script').count()).toBe(0);
    expect(await hiddenCharacters(page)).toEqual([]);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is shown as it was typed, its direction marks made visible', async () => {
    const { page, close } = await visit(browser, { url: engine.url, person: 'arbitrator-okafor' });
    await page.goto(`${engine.url}/cases/${ORDER}/1`);
    const statement = page.locator('blockquote');
    await statement.waitFor();
    expect(await statement.textContent()).toContain(SCRIPT);
    expect(await statement.textContent()).toContain('invoiceU+202Egpj.exe');
    expect(await statement.textContent()).toContain(EMOJI);
    expect((await statement.boundingBox())?.height).toBeLessThan(600);
    await statement.getByRole('button', { name: /Show all/ }).click();
    expect((await statement.textContent())?.length).toBeGreaterThan(19_000);
    await close();
  });

  it('is text in a letter of 100 kB that was handed in as evidence', async () => {
    const { page, complaints, close } = await visit(browser, { url: engine.url, person: 'S-shenzhen-lamps' });
    await page.goto(`${engine.url}/cases/${ORDER}/1`);
    await page.getByRole('button', { name: 'Open evidence 2' }).click();
    const viewer = page.getByRole('dialog');
    await viewer.getByText('The bytes shown have the hash that was recorded.').waitFor();
    await viewer.getByRole('button', { name: /^Show all/ }).click();
    const shown = (await viewer.textContent()) ?? '';
    expect(shown.length).toBeGreaterThan(100_000);
    expect(shown).toContain('invoiceU+202Egpj.exe');
    expect(shown).toContain(EMOJI);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is text in the PDF too', async () => {
    const { page, complaints, close } = await visit(browser, {
      url: engine.url,
      person: 'arbitrator-okafor',
    });
    await page.goto(`${engine.url}/cases/${ORDER}/1`);
    const download = page.waitForEvent('download', { timeout: 90_000 });
    await page.getByRole('button', { name: 'PDF' }).click();
    const file = await readFile(await (await download).path());
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    expect(/\/JavaScript|\/JS\b|\/OpenAction/.test(file.toString('latin1'))).toBe(false);
    const text = (await pdfText(file)).replaceAll(/\s+/g, '');
    expect(text).toContain(SCRIPT.replaceAll(/\s+/g, ''));
    expect(text).toContain('invoice[U+202E]gpj.exe');
    expect(text).toContain('野家');
    expect(text).toContain('[U+1F9F5]');
    // The statement and five messages, whole.
    expect(text.split('wordswordswords').length - 1).toBeGreaterThanOrEqual(6 * 600);
    expect(text.length).toBeGreaterThan(100_000);
    expect(complaints).toEqual([]);
    await close();
  });
});

/** Presses whatever shows more, until nothing does. */
async function openEverything(page: Page): Promise<void> {
  for (;;) {
    const more = page
      .getByRole('button', { name: /^Show all|^Show \d+ more/ })
      .or(page.locator('main [aria-expanded="false"]:not([role=combobox]):not([aria-haspopup])'))
      .first();
    if (!(await more.isVisible())) return;
    await more.click();
  }
}

/** Text of the page that holds a character which overrides the direction of what follows it. */
const hiddenCharacters = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (/[\u202A-\u202E\u2066-\u2069]/.test(node.textContent ?? ''))
        found.push((node.textContent ?? '').slice(0, 80));
    }
    return found;
  });

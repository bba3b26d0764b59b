import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { launch, visit } from './browser.js';
import { startBuiltEngine } from './engine.js';
import { caseOf, populated, type Populated } from './populated.js';

let browser: Browser;
let engine: Populated;
let orderId: string;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
  ({ orderId } = await caseOf(engine, 'state=CLOSED&ground=QUALITY'));
});

afterAll(() => browser?.close());

describe('An auditor in the browser', () => {
  it('verifies the chain of an order, by the browser’s own arithmetic', async () => {
    const { page, complaints, close } = await visit(browser, { url: engine.url, person: 'auditor-weiss' });
    await page.getByRole('textbox', { name: 'Order, buyer or supplier' }).fill(orderId);
    await page.getByRole('link', { name: orderId, exact: true }).click();
    await page.getByText(/^Chain verified: \d+ events$/).waitFor();
    const head = await page.getByTestId('chain-head').textContent();
    const auditor = await engine.cast.as('auditor', 'auditor-weiss');
    const history = await auditor.get<{ items: { metadata: { hash: string } }[] }>(
      `/v1/orders/${orderId}/events?limit=1000`,
    );
    expect(head).toBe(history.items.at(-1)?.metadata.hash);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'NDJSON' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).metadata.hash)).toEqual(
      history.items.map(({ metadata }) => metadata.hash),
    );
    expect(complaints).toEqual([]);
    await close();
  });

  it('sees the first broken link on a copy whose log was tampered with', async () => {
    const data = await mkdtemp(join(tmpdir(), 'recourse-tampered-'));
    const revision = await tamperedCopy(engine.dataDir, data, orderId);
    const tampered = await startBuiltEngine(data);
    const { page, complaints, close } = await visit(browser, { url: tampered.url, person: 'auditor-weiss' });
    await page.goto(`${tampered.url}/audit/${orderId}`);
    await page.getByRole('heading', { name: `The chain is broken at revision ${revision}` }).waitFor();
    const row = page.locator('[data-state="broken"]');
    await row.scrollIntoViewIfNeeded();
    expect(await row.count()).toBe(1);
    await page.screenshot({ path: 'docs/screens/audit-broken-light.png' });
    expect(complaints).toEqual([]);
    await close();
    await tampered.stop();
    await rm(data, { recursive: true, force: true });
  });
});

/** A backup of the log in which one payment was made larger. Returns the revision of the event. */
async function tamperedCopy(from: string, to: string, order: string): Promise<number> {
  await cp(join(from, 'identity'), join(to, 'identity'), { recursive: true });
  const log = new Database(join(from, 'events.db'), { readonly: true });
  await log.backup(join(to, 'events.db'));
  log.close();
  const copy = new Database(join(to, 'events.db'));
  const row = copy
    .prepare(
      `SELECT position, revision, data FROM log JOIN streams ON streams.id = log.stream
       WHERE name = ? AND type = 'PaymentReceived' ORDER BY revision LIMIT 1`,
    )
    .get(`order-${order}`) as { readonly position: number; readonly revision: number; readonly data: string };
  const data = row.data.replace(/"amount":\{"amount":\d+/, '"amount":{"amount":99999900');
  expect(data).not.toBe(row.data);
  copy.prepare('UPDATE log SET data = ? WHERE position = ?').run(data, row.position);
  copy.close();
  return row.revision;
}

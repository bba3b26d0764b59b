import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { launch, visit } from './browser.js';
import { caseOf, populated, type Populated } from './populated.js';

const FOLDER = 'docs/screens';

let browser: Browser;
let engine: Populated;
let open: string;
let decided: string;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
  await mkdir(FOLDER, { recursive: true });
  open = (await caseOf(engine, 'state=UNDER_DETERMINATION&ground=QUALITY&arbitrator=arbitrator-lindqvist'))
    .orderId;
  decided = (await caseOf(engine, 'state=CLOSED&ground=QUALITY&sort=claimed&direction=desc')).orderId;
});

afterAll(() => browser?.close());

describe.each(['light', 'dark'] as const)('Pictures for the README, %s', (scheme) => {
  const shoot = async (
    name: string,
    person: string,
    address: string,
    ready: (page: Page) => Promise<unknown>,
  ) => {
    const { page, complaints, close } = await visit(browser, { url: engine.url, person, scheme });
    await page.goto(`${engine.url}${address}`);
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${FOLDER}/${name}-${scheme}.png`, animations: 'disabled' });
    expect(complaints).toEqual([]);
    await close();
  };
  const see = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor();

  it('the worklist', () =>
    shoot('worklist', 'arbitrator-lindqvist', '/worklist', (page) =>
      page.locator('tbody tr').first().waitFor(),
    ));
  it('a case file', () =>
    shoot('case-file', 'arbitrator-lindqvist', `/cases/${open}/1`, see('Decide the case')));
  it('a determination', () =>
    shoot('determination', 'arbitrator-lindqvist', `/cases/${open}/1`, async (page) => {
      await page.getByRole('button', { name: 'Decide the case' }).click();
      await page.getByRole('dialog').getByText('Reasoning').waitFor();
      await page.getByRole('textbox', { name: 'Liability of the supplier' }).fill('60');
    }));
  it('the as-of comparison', () =>
    shoot(
      'as-of',
      'arbitrator-lindqvist',
      `/cases/${decided}/1?revision=24&compare=17`,
      see('What changed between'),
    ));
  it('the auditor’s view', () =>
    shoot('audit', 'auditor-weiss', `/audit/${decided}`, async (page) => {
      await page.getByText(/^Chain verified/).waitFor();
      await page.getByRole('button', { name: /Contract confirmed/ }).click();
    }));
  it('the dashboard', () =>
    shoot('dashboard', 'auditor-weiss', '/dashboard', (page) =>
      page.locator('.recharts-bar-rectangle').nth(20).waitFor({ state: 'attached' }),
    ));
});

import type { Browser } from 'playwright-core';
import { launch, visit, type Visit } from './browser.js';
import { caseOf, pass, populated, type Populated } from './populated.js';

let browser: Browser;
let engine: Populated;
let arbitrator: Visit;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
  arbitrator = await visit(browser, { url: engine.url, person: 'arbitrator-lindqvist' });
});

afterAll(() => browser?.close());

describe('An arbitrator in the browser', () => {
  it('takes an escalated case that an agent assigns from the worklist', async () => {
    const waiting = await caseOf(engine, 'state=ESCALATED&ground=QUALITY&arbitrator=none');
    const agent = await visit(browser, { url: engine.url, person: 'agent-mori' });
    const { page } = agent;
    await page.goto(`${engine.url}/worklist?whose=nobodys&q=${waiting.orderId}`);
    await page.getByRole('button', { name: `Assign an arbitrator to ${waiting.orderId}` }).click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Arbitrator/)
      .fill('arbitrator-lindqvist');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await arbitrator.page.goto(`${engine.url}/worklist?whose=mine&q=${waiting.orderId}`);
    await arbitrator.page.getByRole('link', { name: waiting.orderId }).waitFor();
    expect(agent.complaints).toEqual([]);
    await agent.close();
    await arbitrator.page.getByRole('link', { name: waiting.orderId }).click();
    await arbitrator.page.getByText('under determination').first().waitFor();
  });

  it('reads the evidence', async () => {
    const { page } = arbitrator;
    await page.getByRole('button', { name: 'Open evidence 1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('pallet-3.png').waitFor();
    expect(await dialog.textContent()).toMatch(/[0-9a-f]{64}/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('moves the slider through the order’s revisions, and sees the file as it was', async () => {
    const { page } = arbitrator;
    const slider = page.getByRole('slider', { name: 'Revision of the file' });
    await slider.focus();
    const last = Number(await slider.getAttribute('aria-valuenow'));
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft');
    await page
      .getByText(`Revision ${last - 3}`)
      .first()
      .waitFor();
    await page.waitForURL((address) => address.searchParams.get('revision') === String(last - 3));
    await page.keyboard.press('Home');
    await page.getByText('awaiting supplier').first().waitFor();
    expect(await page.getByRole('heading', { name: 'What may be done now' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.keyboard.press('n');
    await page.getByText(/What changed between revision \d+ and revision \d+/).waitFor();
    expect(await page.locator('[data-mark="new"]').count()).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Compare' }).click();
  });

  it('decides with a partial award, shown before it is sent', async () => {
    const { page } = arbitrator;
    await page.getByRole('button', { name: 'Decide the case' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Liability of the supplier' }).fill('60');
    const effect = form.getByRole('region', { name: 'What this does to the money' });
    expect(await amountIn(effect.locator('[data-kind="award"] dd').textContent())).toBeCloseTo(
      0.6 * (await amountIn(effect.locator('dd').first().textContent())) * (1 / 0.6),
    );
    await form.getByRole('checkbox', { name: 'partial refund' }).check();
    await form.getByRole('checkbox', { name: 'the goods do not conform' }).check();
    await form.getByRole('checkbox', { name: /^1 · photo/ }).check();
    await form.getByRole('textbox', { name: 'Reasoning' }).fill('The shade is off on two pallets of five.');
    await form.getByRole('button', { name: 'Issue the determination' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('determined', { exact: true }).first().waitFor();
    await page.getByText('Determination', { exact: true }).waitFor();
  });

  it('finds the refund instruction in the open page once the appeal window has closed', async () => {
    await pass(engine, 'P15D');
    const { page } = arbitrator;
    await page.getByText('Refund instructed').first().waitFor();
    await page.getByText('closed', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'As the arbitrator saw it' }).click();
    await page.getByText('under determination').first().waitFor();
  });

  it('had no complaint of the page or of its content security policy', () => {
    expect(arbitrator.complaints).toEqual([]);
  });
});

async function amountIn(text: Promise<string | null>): Promise<number> {
  return Number(((await text) ?? '').replaceAll(/[^\d.]/g, ''));
}

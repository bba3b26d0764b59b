import type { Browser } from 'playwright-core';
import { launch, visit } from './browser.js';
import { lateDispute } from './late-dispute.js';
import { caseOf, populated, type Populated } from './populated.js';

let browser: Browser;
let engine: Populated;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
});

afterAll(() => browser?.close());

describe('Live changes', () => {
  it('show a supplier’s answer in the arbitrator’s open page, and say so', async () => {
    const orderId = 'O-live';
    await lateDispute(engine, orderId);
    const reader = await visit(browser, { url: engine.url, person: 'arbitrator-lindqvist' });
    await reader.page.goto(`${engine.url}/cases/${orderId}/1`);
    await reader.page.getByText('awaiting supplier').first().waitFor();

    const supplier = await visit(browser, { url: engine.url, person: 'S-shenzhen-lamps' });
    const { page } = supplier;
    await page.goto(`${engine.url}/my/${orderId}`);
    await page.getByRole('link', { name: /late shipment/ }).click();
    await page.getByRole('button', { name: 'Respond to the dispute' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Response' }).click();
    await form.getByRole('option', { name: 'reject' }).click();
    await form.getByRole('checkbox', { name: 'the goods conform' }).check();
    await form.getByRole('textbox', { name: 'Statement' }).fill('They left the factory this morning.');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.waitFor({ state: 'detached' });

    await reader.page.getByText('Just now:').waitFor();
    expect(await reader.page.getByRole('status').filter({ hasText: 'Just now:' }).textContent()).toContain(
      'Supplier responded',
    );
    await reader.page.getByText('They left the factory this morning.').first().waitFor();
    await reader.page.getByText('negotiating').first().waitFor();
    expect([...reader.complaints, ...supplier.complaints]).toEqual([]);
    await reader.close();
    await supplier.close();
  });

  it('warn an arbitrator whose file moves while the determination is being written', async () => {
    const { orderId, buyer } = await caseOf(
      engine,
      'state=UNDER_DETERMINATION&ground=LATE_SHIPMENT&arbitrator=arbitrator-lindqvist',
    );
    const arbitrator = await visit(browser, { url: engine.url, person: 'arbitrator-lindqvist' });
    const { page } = arbitrator;
    await page.goto(`${engine.url}/cases/${orderId}/1`);
    await page.getByRole('button', { name: 'Decide the case' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('checkbox', { name: 'full refund' }).check();
    await form.getByRole('checkbox', { name: 'not shipped', exact: true }).check();
    const send = form.getByRole('button', { name: 'Issue the determination' });
    expect(await send.isEnabled()).toBe(true);

    const party = await engine.cast.as('buyer', buyer);
    await party.send(`/v1/orders/${orderId}/disputes/1/post-message`, {
      text: 'We have found another supplier.',
    });

    await form.getByText('The file has moved since you opened this form').waitFor();
    expect(await send.isEnabled()).toBe(false);
    await form.getByRole('button', { name: /^I have read this/ }).click();
    expect(await send.isEnabled()).toBe(true);
    expect(arbitrator.complaints).toEqual([]);
    await arbitrator.close();
  });
});

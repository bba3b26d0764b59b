import { source as axe } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launch, visit } from './browser.js';
import { caseOf, populated, type Populated } from './populated.js';

let browser: Browser;
let engine: Populated;
let decided: string;
let waiting: string;
let own: string;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
  decided = (await caseOf(engine, 'state=CLOSED&ground=QUALITY')).orderId;
  waiting = (await caseOf(engine, 'state=UNDER_DETERMINATION&ground=QUALITY&arbitrator=arbitrator-okafor'))
    .orderId;
  own = (await caseOf(engine, 'buyer=B-aurora&sort=openedAt&direction=desc')).orderId;
});

afterAll(() => browser?.close());

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** WCAG 2.2 AA and axe's own rules; what is serious or critical. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} — ${failureSummary}`),
    );
}

type Look = (page: Page) => Promise<unknown>;

const rows: Look = (page) => page.locator('tbody tr').first().waitFor();
const text =
  (wanted: string): Look =>
  (page) =>
    page.getByText(wanted).first().waitFor();

describe.each(['light', 'dark'] as const)('In the %s scheme', (scheme) => {
  const open = async (person: string | undefined, address: string, look: Look) => {
    const { page, complaints, close } = await visit(browser, { url: engine.url, person, scheme });
    if (address !== '') await page.goto(`${engine.url}${address}`);
    await look(page);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(scheme);
    const found = await findings(page);
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  };

  it('the sign-in has no serious finding', () => open(undefined, '', text('Demonstration')));
  it('the worklist has none', () => open('arbitrator-okafor', '/worklist', rows));
  it('the worklist with its filters open has none', () =>
    open('agent-mori', '/worklist', async (page) => {
      await rows(page);
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('dialog').waitFor();
    }));
  it('a case file has none', () => open('arbitrator-okafor', `/cases/${decided}/1`, text('Determination')));
  it('a case file as of the past, compared, has none', () =>
    open('arbitrator-okafor', `/cases/${decided}/1?revision=25&compare=16`, text('What changed between')));
  it('the form of a determination has none', () =>
    open('arbitrator-okafor', `/cases/${waiting}/1`, async (page) => {
      await page.getByRole('button', { name: 'Decide the case' }).click();
      await page.getByRole('dialog').getByText('Reasoning').waitFor();
    }));
  it('the evidence viewer has none', () =>
    open('arbitrator-okafor', `/cases/${decided}/1`, async (page) => {
      await page.getByRole('button', { name: 'Open evidence 1' }).click();
      await page.getByRole('dialog').getByText('SHA-256').waitFor();
    }));
  it('the auditor’s view has none', () =>
    open('auditor-weiss', `/audit/${decided}`, async (page) => {
      await page.getByText(/^Chain verified/).waitFor();
      await page.getByRole('button', { name: /Contract confirmed/ }).click();
    }));
  it('the search for an order has none', () => open('auditor-weiss', '/audit', rows));
  it('the dashboard has none', () =>
    open('auditor-weiss', '/dashboard', text('Open cases by state and age')));
  it('a party’s orders have none', () => open('B-aurora', '/my', rows));
  it('a party’s order has none', () => open('B-aurora', `/my/${own}`, text('What may be done now')));
  it('a party’s dispute has none', () => open('B-aurora', `/cases/${own}/1`, text('Negotiation')));
  it('the help for the keyboard has none', () =>
    open('arbitrator-okafor', '/worklist', async (page) => {
      await rows(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    }));
});

describe('By keyboard alone', () => {
  it('an arbitrator signs in, finds a case, looks at its past and decides it', async () => {
    const { page, complaints, close } = await visit(browser, { url: engine.url });
    const key = (name: string) => page.keyboard.press(name);
    await page.locator('[data-person="arbitrator-okafor"]').waitFor();
    await tabTo(page, 'Chidi Okafor');
    await key('Enter');
    await rows(page);
    await key('m');
    await page.waitForURL(/whose=mine/);
    await key('/');
    await page.keyboard.type(waiting);
    await page.waitForURL((address) => address.searchParams.get('q') === waiting);
    await page.getByText('1 case', { exact: true }).waitFor();
    await key('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TR');
    await key('Enter');
    await page.getByText('under determination').first().waitFor();
    await key('[');
    await page.waitForURL(/revision=\d+/);
    await key('n');
    await page.waitForURL((address) => !address.searchParams.has('revision'));
    await key('x');
    await page.getByRole('dialog').getByText('Reasoning').waitFor();
    await tabTo(page, 'Liability of the supplier');
    await key('Control+A');
    await page.keyboard.type('40');
    await tabTo(page, 'partial refund');
    await key('Space');
    await tabTo(page, 'the goods do not conform');
    await key('Space');
    await tabTo(page, 'Reasoning');
    await page.keyboard.type('By keyboard alone.');
    await tabTo(page, 'Issue the determination');
    await key('Enter');
    await page.getByText('determined', { exact: true }).first().waitFor();
    await page.getByText('By keyboard alone.').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])]
          : [];
      return `${labels.map((label) => label.textContent).join(' ')} ${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`;
    });
    if (focused.includes(name)) return;
  }
  throw new Error(`nothing called ${name} takes the focus`);
}

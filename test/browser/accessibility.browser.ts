import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launch, visit, type Visit } from './browser.js';
import { caseOf, populated, type Populated } from './populated.js';

/** Minified, as it is sent to every page anew. */
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let engine: Populated;
/** One signed-in page for each person: what is looked at is the page, not the way to it. */
const visits = new Map<string | undefined, Visit>();
let decided: string;
let waiting: string;
let own: string;

beforeAll(async () => {
  engine = await populated();
  browser = await launch();
  const ofOkafor = 'ground=QUALITY&arbitrator=arbitrator-okafor';
  decided = (await caseOf(engine, `state=CLOSED&${ofOkafor}`)).orderId;
  waiting = (await caseOf(engine, `state=UNDER_DETERMINATION&${ofOkafor}`)).orderId;
  own = (await caseOf(engine, 'buyer=B-aurora&state=NEGOTIATING')).orderId;
  lookInTurn(looks.filter(({ person }) => person === OKAFOR));
  lookInTurn(looks.filter(({ person }) => person !== OKAFOR));
});

afterAll(() => browser?.close());

async function visitOf(person: string | undefined): Promise<Visit> {
  const known = visits.get(person);
  if (known !== undefined) return known;
  const made = await visit(browser, { url: engine.url, person, reducedMotion: true });
  visits.set(person, made);
  return made;
}

interface Axe {
  run(options: {
    readonly resultTypes: readonly ['violations'];
  }): Promise<{ readonly violations: readonly Finding[] }>;
}

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/**
 * WCAG 2.2 AA and axe's own rules; what is serious or critical. Every rule runs; only what it found leaves the page: all
 * that passed is 2 MB of a case file, and takes longer to hand over than to find.
 */
async function findings(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} — ${failureSummary}`),
    );
}

interface Place {
  readonly name: string;
  readonly person?: string;
  readonly address: () => string;
  /** Resolves when there is everything that is to be looked at. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const rows = (page: Page) => page.locator('tbody tr[data-index], tbody tr th a').first().waitFor();
const text = (wanted: string | RegExp) => (page: Page) => page.getByText(wanted).first().waitFor();
const press = async (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const inDialog = (page: Page, wanted: string | RegExp) =>
  page.getByRole('dialog').getByText(wanted).first().waitFor();

const OKAFOR = 'arbitrator-okafor';
const places: readonly Place[] = [
  { name: 'the sign-in', address: () => '/', ready: text('Demonstration') },
  { name: 'the worklist', person: OKAFOR, address: () => '/worklist', ready: rows },
  {
    name: 'the worklist without a case',
    person: OKAFOR,
    address: () => '/worklist?q=nothing-is-called-so',
    ready: text('No case passes these filters.'),
  },
  {
    name: 'the worklist with its filters open',
    person: 'agent-mori',
    address: () => '/worklist?ground=QUALITY',
    ready: async (page) => {
      await rows(page);
      await press(page, 'Filters');
      await page.getByRole('dialog').getByLabel('Supplier').waitFor();
    },
  },
  {
    name: 'the assignment of an arbitrator',
    person: 'agent-mori',
    address: () => '/worklist?whose=nobodys&state=ESCALATED',
    ready: async (page) => {
      await press(page, /^Assign an arbitrator to/);
      await inDialog(page, 'Declared conflicts');
    },
  },
  {
    name: 'the help for the keyboard',
    person: OKAFOR,
    address: () => '/worklist',
    ready: async (page) => {
      await rows(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    },
  },
  {
    name: 'a case file that is decided',
    person: OKAFOR,
    address: () => `/cases/${decided}/1`,
    ready: text('Final'),
  },
  {
    name: 'a case file as of the past, compared',
    person: OKAFOR,
    address: () => `/cases/${decided}/1?revision=25&compare=16`,
    ready: text('What changed between'),
  },
  {
    name: 'the policy of a case',
    person: OKAFOR,
    address: () => `/cases/${decided}/1`,
    ready: async (page) => {
      await press(page, /, version \d/);
      await inDialog(page, /zone/i);
    },
  },
  {
    name: 'the form of a determination',
    person: OKAFOR,
    address: () => `/cases/${waiting}/1`,
    ready: async (page) => {
      await press(page, 'Decide the case');
      await inDialog(page, 'Reasoning');
    },
  },
  ...(['Request evidence', 'Submit evidence', 'Commission an inspection'] as const).map((action) => ({
    name: `the form to ${action.toLowerCase()}`,
    person: OKAFOR,
    address: () => `/cases/${waiting}/1`,
    ready: async (page: Page) => {
      await press(page, action);
      await page.getByRole('dialog').getByRole('button', { name: 'Send' }).waitFor();
    },
  })),
  ...(
    [
      [1, 'a picture', 'img'],
      [2, 'a letter', '[dir=auto]'],
      [3, 'a PDF', 'canvas[aria-label*="Rao Testing"]'],
    ] as const
  ).map(([number, what, shown]) => ({
    name: `${what} in the evidence viewer`,
    person: OKAFOR,
    address: () => `/cases/${decided}/1`,
    ready: async (page: Page) => {
      await press(page, `Open evidence ${number}`);
      await page.getByRole('dialog').locator(shown).first().waitFor();
      await inDialog(page, 'The bytes shown have the hash that was recorded.');
    },
  })),
  {
    name: 'the auditor’s view',
    person: 'auditor-weiss',
    address: () => `/audit/${decided}`,
    ready: async (page) => {
      await text(/^Chain verified/)(page);
      await press(page, /Contract confirmed/);
    },
  },
  { name: 'the search for an order', person: 'auditor-weiss', address: () => '/audit', ready: rows },
  {
    name: 'the dashboard',
    person: 'auditor-weiss',
    address: () => '/dashboard',
    ready: async (page) => {
      await page.locator('.recharts-bar-rectangle').nth(20).waitFor({ state: 'attached' });
      for (const summary of await page.locator('summary').all()) await summary.click();
    },
  },
  { name: 'a party’s orders', person: 'B-aurora', address: () => '/my', ready: rows },
  {
    name: 'a party’s order',
    person: 'B-aurora',
    address: () => `/my/${own}`,
    ready: text('What may be done now'),
  },
  {
    name: 'a party’s dispute, about to be settled',
    person: 'B-aurora',
    address: () => `/cases/${own}/1`,
    ready: async (page) => {
      await press(page, 'Propose a settlement');
      await inDialog(page, 'Offer stands until');
    },
  },
  {
    name: 'a case that is not there',
    person: OKAFOR,
    address: () => '/cases/O-none/1',
    ready: text('NOT_FOUND'),
  },
  {
    name: 'a page that is not there',
    person: OKAFOR,
    address: () => '/audit/no/such/page',
    ready: text('no such page'),
  },
];

async function inBothSchemes(place: Place): Promise<string[]> {
  const { page } = await visitOf(place.person);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${engine.url}${place.address()}`);
  await place.ready(page);
  await page.evaluate(AXE);
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    found.push(...(await findings(page)).map((finding) => `${scheme}: ${finding}`));
  }
  return found;
}

async function onATelephone(): Promise<string[]> {
  const viewport = { width: 360, height: 780 };
  const { page, complaints, close } = await visit(browser, {
    url: engine.url,
    person: OKAFOR,
    viewport,
    reducedMotion: true,
  });
  const found: string[] = [];
  for (const [address, ready] of [
    ['/worklist', rows],
    [`/cases/${waiting}/1`, text('What may be done now')],
  ] as const) {
    await page.goto(`${engine.url}${address}`);
    await ready(page);
    await page.evaluate(AXE);
    found.push(...(await findings(page)));
  }
  await close();
  return [...found, ...complaints];
}

interface Look {
  readonly name: string;
  /** Whose page it takes. */
  readonly person?: string;
  readonly find: () => Promise<string[]>;
}

const looks: readonly Look[] = [
  ...places.map((place) => ({
    name: `${place.name}, light and dark`,
    person: place.person,
    find: () => inBothSchemes(place),
  })),
  { name: 'the two narrowest pages: a worklist and a case on a telephone', find: onATelephone },
];
const outcomes = new Map<Look, Promise<string[]>>();

/**
 * One look after the other, each whether or not the one before it failed. Two turns go on at once, one for each processor of the
 * CI, while the tests wait for what is found: half of the looks are at pages of one person, who signs in once.
 */
function lookInTurn(turn: readonly Look[]): void {
  let before: Promise<unknown> = Promise.resolve();
  for (const look of turn) {
    const finding = before.then(look.find);
    outcomes.set(look, finding);
    before = finding.catch(() => undefined);
  }
}

describe('Nothing that axe calls serious or critical is in', () => {
  it.each(looks.map((look) => [look.name, look] as const))('%s', async (_, look) => {
    expect(await outcomes.get(look)).toEqual([]);
  });

  it('had no complaint of the pages or of their content security policy', async () => {
    await Promise.allSettled(outcomes.values());
    const complaints = [...visits.values()].flatMap((one) => one.complaints);
    // Of the case that is not there.
    expect(complaints.filter((complaint) => !complaint.includes('/v1/case-files/O-none/1'))).toEqual([]);
  });
});

describe('By keyboard alone', () => {
  it('an arbitrator signs in, finds a case, reads its evidence, looks at its past and decides it', async () => {
    const { page, complaints, close } = await visit(browser, { url: engine.url });
    const key = (name: string) => page.keyboard.press(name);
    await page.locator(`[data-person="${OKAFOR}"]`).waitFor();
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
    await page.getByRole('heading', { name: `${waiting} · dispute 1` }).waitFor();

    await tabTo(page, 'Open evidence 1');
    await key('Enter');
    await inDialog(page, 'The bytes shown have the hash that was recorded.');
    await key('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await key('[');
    await page.waitForURL(/revision=\d+/);
    await key('n');
    await page.waitForURL((address) => !address.searchParams.has('revision'));
    await key('x');
    await inDialog(page, 'Reasoning');
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

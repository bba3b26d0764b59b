import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('there is no Chromium: apt-get install chromium');
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Visit {
  readonly page: Page;
  /** What the content security policy refused, and every error of the page. There should be none. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly url: string;
  /** Of the demo; nobody: the sign-in page. */
  readonly person?: string;
  readonly scheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: string;
  readonly reducedMotion?: boolean;
}

/** A fresh profile on the console, signed in by the chooser of demo persons. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const {
    url,
    person,
    scheme = 'light',
    viewport = { width: 1440, height: 900 },
    locale = 'en-GB',
    reducedMotion = false,
  } = options;
  const context: BrowserContext = await browser.newContext({
    viewport,
    locale,
    colorScheme: scheme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text()))
      complaints.push(`${message.text()} ${message.location().url}`.trim());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`content security policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(url);
  if (person !== undefined) {
    await page.locator(`[data-person="${person}"]`).click();
    await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  }
  return { page, complaints, close: () => context.close() };
}

import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { launch, visit } from './browser.js';
import { startBuiltEngine, type BrowserEngine } from './engine.js';
import { believing, startOidcProvider, type OidcProvider } from './oidc-provider.js';

let browser: Browser;
let provider: OidcProvider;
let engine: BrowserEngine;

beforeAll(async () => {
  provider = await startOidcProvider({ sub: 'arbitrator-osei', role: 'arbitrator', name: 'Ama Osei' });
  engine = await startBuiltEngine(undefined, { ...believing(provider), RECOURSE_CLOCK: 'system' });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await engine?.stop();
  await provider?.stop();
  if (engine !== undefined) await rm(engine.dataDir, { recursive: true, force: true });
});

describe('With an identity provider', () => {
  it('one signs in there, comes back to where one wanted to go, and is offered no demo person', async () => {
    const { page, complaints, close } = await visit(browser, { url: `${engine.url}/worklist?whose=mine` });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.locator('[data-person]').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${engine.url}/worklist?whose=mine`);
    await page.getByText('Ama Osei').waitFor();
    await page.getByText('No case passes these filters.').waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('a return that nobody asked for signs nobody in', async () => {
    const { page, close } = await visit(browser, {
      url: `${engine.url}/signed-in?code=stolen&state=made-up`,
    });
    await page.getByRole('alert').waitFor();
    await page.goto(engine.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await close();
  });
});

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import type { Role } from '../../workflows/domain/verb.ts';
import { anAdmin as insertAdmin } from '../builders/rows.ts';
import { findChromium } from '../ground/chromium.ts';
import type { Site } from '../journeys/a-site.ts';

/** One browser for a test file. */
export const openBrowser = async (): Promise<Browser> => chromium.launch({ ...(await findChromium()), headless: true });

/** The two widths that pages are looked at in: a phone and a desk. */
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 900 };

export type VisitWish = { viewport?: typeof PHONE; javaScriptEnabled?: boolean };

const PASSWORD = 'correct horse battery staple';

/**
 * A browser window on a site's pages; whatever the page throws or the content policy stops fails
 * the test.
 */
export async function aVisit(browser: Browser, url: string, wish: VisitWish = {}) {
  const context = await browser.newContext({ baseURL: url, viewport: DESK, locale: 'en-US', ...wish });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on(
    'console',
    (message) => void (message.type() === 'error' && isFault(message.text()) && faults.push(message.text())),
  );
  return {
    page,
    context,
    /** Signs in through the page, as an admin with this role. */
    signIn: (site: Site, role: Role = 'owner') => signIn(page, site, role),
    /** Keeps a screenshot as test output, and has axe-core look the page over. */
    look: (name: string) => look(page, name),
    /** The same at both widths. */
    async lookBothWays(name: string) {
      for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size);
        await look(page, name);
      }
    },
    async close() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

export type Visit = Awaited<ReturnType<typeof aVisit>>;

/** An answer that is a problem is told on the console too; that is no fault of the page. */
const isFault = (text: string): boolean => !text.startsWith('Failed to load resource');

/** An admin of the site with a password, for the sign-in page. */
export async function anAdmin(site: Site, role: Role = 'owner'): Promise<{ email: string; password: string }> {
  const email = `${role}-${uuid().slice(-12)}@willow.example`;
  const accountId = role === 'operator' ? null : site.accountId;
  const passwordHash = await hashPassword(PASSWORD);
  await insertAdmin(site.town.deps.orm.em.fork(), { accountId, email, role, passwordHash });
  return { email, password: PASSWORD };
}

async function signIn(page: Page, site: Site, role: Role): Promise<void> {
  const { email, password } = await anAdmin(site, role);
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Sets one filter of a list, which applies at once. */
export async function choose(page: Page, filter: string, choice: string): Promise<void> {
  const chip = page.locator('details.chip').filter({ has: page.locator('summary', { hasText: filter }) });
  await chip.locator('summary').click();
  const from = page.url();
  await chip.getByText(choice, { exact: true }).click();
  await page.waitForURL((url) => url.href !== from);
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function look(page: Page, name: string): Promise<void> {
  const folder = join('test-output', 'screenshots');
  await mkdir(folder, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: join(folder, `${name}-${width < 600 ? 'phone' : 'desk'}.png`), fullPage: true });
  await expectNoSidewaysScrolling(page);
  await expectAccessible(page);
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect({ page: page.url(), over }).toEqual({ page: page.url(), over: 0 });
}

/** Nothing serious or critical by axe-core; what is found is named with its element. */
async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(await axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

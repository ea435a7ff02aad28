import { expect } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Admin } from '../../db/entities/admin.ts';
import type { Role } from '../../workflows/domain/verb.ts';
import { anAdmin as insertAdmin } from '../builders/rows.ts';
import { findChromium } from '../ground/chromium.ts';
import type { Site } from '../journeys/a-site.ts';
import { foundByAxe, misnamedFields, pixelsBeside } from './checks.ts';

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
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on(
    'console',
    (message) => void (message.type() === 'error' && isFault(message.text()) && faults.push(message.text())),
  );
  return {
    page,
    context,
    /** Signs in through the page, as an admin with this role. */
    signIn: (site: Site, role: Role = 'owner') => signIn(page, site, role),
    /** Looks over a state of a page that `every-page.test.ts` does not come by. */
    look: () => look(page),
    async close() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

export type Visit = Awaited<ReturnType<typeof aVisit>>;

/** An answer that is a problem is told on the console too; that is no fault of the page. */
const isFault = (text: string): boolean => !text.startsWith('Failed to load resource');

/** An admin of the site with a password, for the sign-in page; there is one owner. */
export async function anAdmin(site: Site, role: Role = 'owner'): Promise<{ email: string; password: string }> {
  const email = `${role}-${uuid().slice(-12)}@willow.example`;
  const accountId = role === 'operator' ? null : site.accountId;
  const passwordHash = await hashPassword(PASSWORD);
  const em = site.town.deps.orm.em.fork();
  if (role === 'owner') await em.nativeUpdate(Admin, { accountId, role }, { email, passwordHash });
  else await insertAdmin(em, { accountId, email, role, passwordHash });
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

/** As it stands: accessible, its forms read as they are meant, and beside it nothing on a phone. */
async function look(page: Page): Promise<void> {
  const size = page.viewportSize() ?? DESK;
  const found = [...(await foundByAxe(page)), ...(await misnamedFields(page))];
  await page.setViewportSize(PHONE);
  const beside = await pixelsBeside(page);
  await page.setViewportSize(size);
  expect({ page: page.url(), found, beside }).toEqual({ page: page.url(), found: [], beside: 0 });
}

import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeAt } from '../../api/auth/totp.ts';
import { STEP_MS } from '../builders/second-factors.ts';
import { anAdmin } from './a-visit.ts';
import { aWindow, page, site, usePages, visit } from './use-pages.ts';

usePages({ as: null });

type Credentials = { email: string; password: string };

const pressOn = (on: Page, name: string) => on.getByRole('button', { name, exact: true }).click();
const headingOf = (on: Page) => on.getByRole('heading', { level: 1 }).textContent();

async function givePassword(on: Page, { email, password }: Credentials): Promise<void> {
  await on.goto('/sign-in');
  await on.getByLabel('Email').fill(email);
  await on.getByLabel('Password').fill(password);
  await pressOn(on, 'Sign in');
}

/** What an app would scan. */
const shownSecret = async (on: Page): Promise<string> =>
  ((await on.locator('main code').first().textContent()) ?? '').replaceAll(' ', '');

test('an account asks for a second factor: an admin is led to set up an app, keeps the codes, and signs in with both', async () => {
  const kim = await anAdmin(site, 'support');
  await site.must(site.owner.patch('/v1/settings', { requireSecondFactor: true }));

  await givePassword(page, kim);
  expect(new URL(page.url()).pathname).toBe('/security');
  expect(await page.getByText('Set one up to go on').isVisible()).toBe(true);
  await page.goto('/contacts');
  expect(new URL(page.url()).pathname).toBe('/security');
  const app = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Codes of an app' }) });
  await app.getByLabel('Your password').fill('not it');
  await pressOn(page, 'Set up an app');
  expect(await page.getByText('Your password is not right').isVisible()).toBe(true);
  await app.getByLabel('Your password').fill(kim.password);
  await pressOn(page, 'Set up an app');
  expect(await page.getByRole('img', { name: 'QR code' }).isVisible()).toBe(true);
  await visit.look();
  const secret = await shownSecret(page);
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await pressOn(page, 'Use this app');
  expect(await page.getByText('The code is not right').isVisible()).toBe(true);
  await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(secret, Date.now()));
  await pressOn(page, 'Use this app');
  expect(await headingOf(page)).toBe('Your recovery codes');
  await visit.look();
  const recoveryCode = (await page.locator('.codes code').first().textContent()) ?? '';
  await page.getByRole('link', { name: 'I have kept them' }).click();
  expect(await page.getByText('10 of ten are left').isVisible()).toBe(true);
  await visit.look();

  const { page: phone } = await aWindow();
  await givePassword(phone, kim);
  await phone.getByRole('textbox', { name: 'Code' }).fill('000000');
  await pressOn(phone, 'Go on');
  expect(await phone.getByRole('alert').textContent()).toContain('was used already');
  await phone.getByRole('textbox', { name: 'Code' }).fill(codeAt(secret, Date.now() + STEP_MS));
  await pressOn(phone, 'Go on');
  await phone.waitForURL((url) => url.pathname !== '/sign-in');
  await phone.goto('/security');
  expect(await phone.getByRole('button', { name: 'Sign out', exact: true }).count()).toBe(1);
  await pressOn(phone, 'Sign out everywhere else');
  await page.goto('/contacts');
  expect(new URL(page.url()).pathname).toBe('/sign-in');

  await givePassword(page, kim);
  await page.getByRole('textbox', { name: 'Code' }).fill(recoveryCode);
  await pressOn(page, 'Go on');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.getByText('Your account').click({ force: true });
  await page.getByRole('link', { name: 'Your sign-in' }).click();
  expect(await page.getByText('9 of ten are left').isVisible()).toBe(true);
  expect(await page.getByRole('cell', { name: 'Recovery code used' }).isVisible()).toBe(true);
  await site.must(site.owner.patch('/v1/settings', { requireSecondFactor: false }));
});

test('the owner takes away the second factor of who has lost it, and says why', async () => {
  const { data } = await site.must<{ data: { id: string; hasSecondFactor: boolean }[] }>(site.owner.get('/v1/admins'));
  const secured = data.find(({ hasSecondFactor }) => hasSecondFactor);
  const { page: owner } = await aWindow({ as: 'owner' });

  await owner.goto(`/admins/${secured?.id}`);
  await owner.getByLabel('Why their second factor').fill('The phone is lost');
  await pressOn(owner, 'Reset their second factor');

  expect(await owner.getByRole('status').first().textContent()).toContain('Their second factor is taken away');
  expect(await owner.getByText('Reset their second factor').count()).toBe(0);
});

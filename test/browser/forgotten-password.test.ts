import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { PHONE } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { site, town, usePages, visit } from './use-pages.ts';

const PASSWORD = 'quartz lantern on the hill';

let email: string;
let purchaseId: string;
let slug: string;

usePages({ as: null, viewport: PHONE });
beforeAll(async () => {
  ({ slug } = (await site.owner.get('/v1/settings')).body);
  const { id: offerId } = await site.offer({});
  email = site.newEmail();
  await site.must(site.owner.post('/v1/grants', { offerId, email }));
  purchaseId = await site.boughtBy(email);
});

const at = (path: string): string => `/s/${slug}${path}`;
const heading = () => visit.page.getByRole('heading', { level: 1 }).textContent();
const press = (name: string) => visit.page.getByRole('button', { name, exact: true }).click();

async function linkInEmail(): Promise<string | undefined> {
  const texts = (await town.mailbox.emails(email)).map(({ text }) => text ?? '');
  return texts.flatMap((text) => /\/s\/[\w-]+\/reset-password\?token=[\w-]+/.exec(text) ?? [])[0];
}

test('who has forgotten the password sets another one by the mailed link, which works once', async () => {
  const { page } = visit;
  await page.goto(at('/login'));
  await page.getByRole('link', { name: 'Set a new password' }).click();
  await page.getByLabel('Email').fill(email);
  await press('Email me a link');
  expect(await heading()).toBe('Check your inbox');
  await visit.look();

  const link = (await eventually(linkInEmail)) ?? '';
  await page.goto(link);
  await page.getByLabel('Password').fill('password123');
  await press('Set password and log in');
  expect(await page.locator('main').textContent()).toContain('is one of those that are tried first everywhere');
  await visit.look();
  await page.getByLabel('Password').fill(PASSWORD);
  await press('Set password and log in');
  await page.waitForURL('**/library?notice=welcome');

  await page.goto(link);
  await page.getByLabel('Password').fill(PASSWORD);
  await press('Set password and log in');
  expect(await heading()).toBe('This link has expired');
  await visit.look();
});

test('who reads another language has the emails written in it', async () => {
  const { page } = visit;
  await page.goto(at('/library'));
  await page.getByText(email).first().click();
  await page.getByRole('link', { name: 'Language' }).click();
  await page.getByLabel('Language of your emails').selectOption('de');
  await visit.look();
  await press('Save');
  await page.waitForURL('**/language?notice=language-changed');

  expect(await page.getByLabel('Language of your emails').inputValue()).toBe('de');
  const { contactId } = await site.read(purchaseId);
  expect(await site.must(site.owner.get(`/v1/contacts/${contactId}`))).toMatchObject({ language: 'de' });
});

test('who is logged in elsewhere sees where, and logs out there', async () => {
  const { page } = visit;
  const elsewhere = await aVisitOfCustomer(purchaseId);
  await page.goto(at('/library'));
  await page.getByText(email).first().click();
  await page.getByRole('link', { name: 'Where you are logged in' }).click();
  expect(await page.locator('article').count()).toBe(2);
  await visit.look();

  await press('Log out there');
  await page.waitForURL('**/sessions?notice=session-ended');
  expect(await page.locator('article').allTextContents()).toEqual([expect.stringContaining('This browser')]);

  await elsewhere.page.goto(at('/library'));
  await elsewhere.page.waitForURL('**/login*');
});

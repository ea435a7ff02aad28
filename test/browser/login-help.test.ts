import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

let email: string;
let purchaseId: string;
let contactId: string;

usePages({ as: 'support' });
beforeAll(async () => {
  const { id: offerId } = await site.offer();
  email = site.newEmail();
  await site.must(site.owner.post('/v1/grants', { offerId, email, skipWelcome: true }));
  purchaseId = await site.boughtBy(email);
  contactId = (await site.read(purchaseId)).contact.id;
});

const box = () => page.locator('#login-help');
const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
const isMailed = async () => (await town.mailbox.emails(email)).some(({ text }) => text?.includes('/login?token='));

test('the page of a contact says why they cannot log in, and does what helps by one button', async () => {
  await page.goto(`/contacts/${contactId}`);
  expect(await box().locator('li').allTextContents()).toEqual([
    expect.stringMatching(/^They were granted Studio, and the welcome email was skipped.*Send a login link$/),
    expect.stringMatching(/^They have no password\..*Send a login link$/),
  ]);
  await visit.look();

  await press('Send a login link');

  await page.waitForURL('**?notice=mailed');
  expect(await page.getByText('The email is on its way.').count()).toBe(1);
  await eventually(isMailed);
});

test('support sees where a customer is logged in, and ends it', async () => {
  const customer = await aVisitOfCustomer(purchaseId);
  await page.goto(`/contacts/${contactId}`);
  await press('Log out');
  await page.waitForURL('**?notice=logged-out');
  expect(await page.getByText('They are logged in nowhere.').count()).toBe(1);

  await customer.page.reload();
  await customer.page.waitForURL('**/login*');
});

test('what closes access leads to the page that opens it', async () => {
  await site.ask(purchaseId, 'revoke', { reason: 'Shared the login' });
  await page.goto(`/contacts/${contactId}`);
  expect(await box().textContent()).toMatch(/The login is fine, but Course 1 is closed: revoked/);
  await box().getByRole('link', { name: 'Restore access …' }).click();

  await page.waitForURL(`**/purchases/${purchaseId}/restore`);
});

test('an address that nobody has leads from the search to those that are nearly the same', async () => {
  const wrong = email.replace('.com', '.org');
  await page.goto(`/contacts?q=${encodeURIComponent(wrong)}`);
  await page.getByRole('link', { name: 'Why can’t they log in?' }).click();
  await page.waitForURL('**/contacts/login-help?*');
  expect(await page.locator('main').textContent()).toContain('Nobody has this address. It may be one of those below');
  await visit.look();

  await page.getByLabel('Their address').fill(email.toUpperCase());
  await press('Find out why');
  await page.waitForURL(`**/contacts/${contactId}#login-help`);

  await page.goto('/contacts/login-help?email=nonsense');
  expect(await page.locator('main').textContent()).toContain('must be an email address');
});

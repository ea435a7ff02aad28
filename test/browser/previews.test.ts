import { expect, test } from '@jest/globals';
import { aWindow, site, usePages, visit } from './use-pages.ts';

usePages({ timeZone: 'Europe/Vienna' });

test('support sees the pages of a customer as they do, can change nothing, and comes back', async () => {
  const purchaseId = await site.buy(await site.offer({ name: 'Studio' }));
  await site.must(site.owner.patch('/v1/settings', { selfCancel: { isOn: true, isOneStep: true } }));
  const { contactId } = await site.read(purchaseId);
  const support = await aWindow({ as: 'support' });
  await support.page.goto(`/contacts/${contactId}`);

  const popup = support.page.waitForEvent('popup');
  await support.page.getByRole('button', { name: 'See their pages' }).click();
  const theirs = await popup;
  await theirs.waitForURL('**/library');
  const top = theirs.getByRole('complementary', { name: 'Preview' });
  expect(await top.innerText()).toMatch(/You see this as Ada, until \d\d:\d\d\. Nothing can be changed here\./);

  await theirs.goto(theirs.url().replace('/library', `/billing/${purchaseId}/cancel`));
  await theirs.getByRole('button', { name: 'Cancel the subscription' }).click();
  expect(await theirs.getByRole('alert').innerText()).toContain('nothing can be changed here');
  expect(await site.read(purchaseId)).toMatchObject({ billingStatus: 'active', cancelAt: null });

  await theirs.getByRole('button', { name: 'Leave' }).click();
  await theirs.waitForURL(`**/contacts/${contactId}`);
  await support.page.goto(`/contacts/${contactId}/timeline`);
  expect(await support.page.locator('main').innerText()).toContain('Somebody looked at their pages');
});

test('a test customer is made, tried out with a grant, and in no list that does not ask', async () => {
  const { page } = visit;
  const offer = await site.offer({ name: 'Gold' });
  await page.goto('/contacts/new');
  await page.getByLabel('Email').fill('try@studio.example');
  await page.getByLabel('A test customer').check();
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.waitForURL('**/contacts/*?notice=added');
  expect(await page.locator('.head').innerText()).toContain('Test customer');
  const contactId = new URL(page.url()).pathname.split('/').at(-1);
  await site.must(site.owner.post('/v1/grants', { contactId, offerId: offer.id }));

  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'See their pages' }).click();
  const theirs = await popup;
  await theirs.waitForURL('**/library');
  expect(await theirs.getByRole('complementary', { name: 'Preview' }).innerText()).toContain(
    'what you do here is done',
  );
  expect(await theirs.locator('main').innerText()).toContain('Course 1');

  await page.goto('/contacts');
  expect(await page.locator('main').innerText()).not.toContain('try@studio.example');
  await page.goto('/contacts?includeTest=true');
  expect(await page.locator('main').innerText()).toContain('try@studio.example');
  await visit.look();
});

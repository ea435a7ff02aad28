import { expect, test } from '@jest/globals';
import { DESK, PHONE } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { page, site, usePages, visit } from './use-pages.ts';

usePages();

const save = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('has been saved').waitFor();
};

test('a customer who is about to cancel stays with the code that the site offers [R9.4, R27.5]', async () => {
  const code = { code: 'STAY', percentOff: 50, duration: { months: 2 } };
  await site.must(site.owner.post('/v1/promotion-codes', code), 201);
  await page.goto('/settings');
  await page.getByLabel('a promotion code, which replaces').check();
  await page.getByLabel('The code that is offered').selectOption('STAY');
  await page.getByLabel('What they read beside the offer').fill('Half price for two months?');
  await save();
  const id = await site.buy(await site.offer());
  const customer = await aVisitOfCustomer(id);
  const { slug } = (await site.owner.get('/v1/settings')).body;

  await customer.page.setViewportSize(PHONE);
  await customer.page.goto(`/s/${slug}/billing/${id}/cancel`);
  expect(await customer.page.locator('main').innerText()).toMatch(
    /Half price for two months\?[^]*50% off for 2 months/,
  );
  await customer.look();
  await customer.page.getByRole('link', { name: 'Stay with the discount' }).click();
  expect(await customer.page.locator('main').innerText()).toContain('The next charge is $14.50');
  await customer.look();
  await customer.page.getByRole('button', { name: 'Stay', exact: true }).click();
  await customer.page.waitForURL('**/billing?notice=stayed');
  await site.quiet();

  expect(await site.read(id)).toMatchObject({ cancelAt: null, discount: { code: 'STAY' } });
  await page.goto('/cancellation-reasons');
  expect(await page.locator('tbody tr').allInnerTexts()).toEqual([
    expect.stringMatching(/Studio[^]*a code 1 time, taken 1 time/),
  ]);
  await visit.look();
});

test('a customer who is about to cancel pauses instead, for as long as they choose', async () => {
  await page.setViewportSize(DESK);
  await page.goto('/settings');
  await page.getByLabel('Customers may pause by themselves').check();
  await page.getByLabel('a pause, if they may pause').check();
  await save();
  const id = await site.buy(await site.offer());
  const customer = await aVisitOfCustomer(id);
  const { slug } = (await site.owner.get('/v1/settings')).body;

  await customer.page.goto(`/s/${slug}/billing/${id}/cancel`);
  await customer.page.getByRole('link', { name: 'Pause instead' }).click();
  await customer.page.getByRole('link', { name: '14 days' }).click();
  await customer.look();
  await customer.page.getByRole('button', { name: 'Pause it' }).click();
  await customer.page.waitForURL('**/billing?notice=stayed');
  await site.quiet();

  const { billing, cancelAt } = await site.read(id);
  expect(cancelAt).toBeNull();
  expect(billing?.pause?.resumeAt).toBe('2027-02-14T09:00:00.000Z');
});

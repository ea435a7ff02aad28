import { expect, test } from '@jest/globals';
import { aVisitOfCustomer } from './as-customer.ts';
import { backToUs, payAtStripe } from './at-stripe.ts';
import { site, town, usePages } from './use-pages.ts';

usePages({ as: null });

test('a customer adds a card, moves a purchase to it, makes it the default, and removes the other [R12.1]', async () => {
  const purchaseId = await site.buy(await site.offer({ name: 'Studio' }));
  const visit = await aVisitOfCustomer(purchaseId);
  const { page } = visit;
  await backToUs(visit, town);
  const told = () => page.getByRole('status').first().textContent();
  await page.getByRole('link', { name: 'Billing' }).first().click();
  await page.getByRole('link', { name: 'Your cards' }).click();

  expect(await page.getByRole('article').first().textContent()).toContain('Studio: $29.00');
  await page.getByRole('button', { name: 'Add a card' }).click();
  await payAtStripe(page);
  await page.waitForURL('**/billing/cards?notice=card-added');
  expect(await told()).toContain('has been added');
  await visit.look();

  await page.getByRole('button', { name: /Pay for Studio with it/ }).click();
  expect(await told()).toContain('Your new card is in place');
  await page
    .getByRole('button', { name: /Make it the default/ })
    .first()
    .click();
  expect(await told()).toContain('no card of its own');
  await page.getByRole('button', { name: /Remove/ }).click();
  expect(await told()).toContain('The card is removed');
  expect(await page.getByRole('article').count()).toBe(1);
  await visit.close();
});

test('with several purchases it is chosen which one a card is to pay for', async () => {
  const email = 'ada@several.example';
  const first = await site.buy(await site.offer({ name: 'Studio' }), { email });
  const second = await site.buy(await site.offer({ name: 'Library' }), { email });
  await site.buy(await site.offer({ name: 'Garden' }), { email });
  const visit = await aVisitOfCustomer(first);
  const { page } = visit;
  await page.goto(page.url().replace(/\/(?:library|billing).*/, '/billing/cards'));
  const box = page.getByRole('article').filter({ hasText: 'Studio: $29.00' });

  await box.getByRole('combobox').selectOption({ value: second });
  await box.getByRole('button', { name: /Pay for it with this card/ }).click();

  expect(await box.textContent()).toContain('Library: $29.00');
  await visit.look();
  await visit.close();
});

import { expect, test } from '@jest/globals';
import { compareNow } from '../journeys/compare-now.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

const main = async () => (await page.locator('main').textContent()) ?? '';
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

test('a difference is seen on the home page, read before it is mended, and gone then [R22.2]', async () => {
  const id = await site.buy(await site.offer());
  await page.goto('/reconciliation');
  expect(await main()).toContain('The first comparison is still to come.');
  await press('Compare now');
  expect(await main()).toContain('has looked at 0 of 1 purchases');
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop' });
  const subscriptionId = await site.subscriptionOf(id);
  await town.sandbox.stripe.subscriptions.update(subscriptionId, { pause_collection: { behavior: 'void' } });
  await compareNow(town);
  await compareNow(town);
  await control(town.sandbox, 'DELETE', '/faults');

  await page.goto('/');
  await page.getByRole('link', { name: 'Review: 1 difference from Stripe' }).click();
  await visit.look();
  await page.getByRole('link', { name: 'Another status' }).click();
  expect(await main()).toContain('It is active here and paused at Stripe.');
  expect(await main()).toContain('Billing: Active → Paused');
  expect(await main()).toContain('Email: Paused, to the customer');
  await visit.look();
  await press('Dismiss it');
  expect(await main()).toContain('Why it may stay');
  await page.getByLabel('Why it may stay').fill('We know of it.');
  await press('Dismiss it');
  await page.goto('/reconciliation?state=dismissed');
  await page.getByRole('link', { name: 'Another status' }).click();
  expect(await main()).toContain('We know of it.');
  await press('Take over what Stripe says');
  await page.waitForURL('**?notice=repairing');
  await site.quiet();
  await compareNow(town);

  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused' });
  await page.goto('/reconciliation?state=mended');
  await page.getByRole('link', { name: 'Another status' }).click();
  expect(await main()).toContain('Mended');
});

import { expect, test } from '@jest/globals';
import { anOwnStripe, aRestrictedKey, atStripesPage, ENOUGH } from '../journeys/own-stripe.ts';
import { aWindow, page, site, usePages, visit } from './use-pages.ts';

usePages();

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const textOf = () => page.locator('main').innerText();

test('the owner connects a Stripe account, sees what a poor key lacks, changes its secret and disconnects it', async () => {
  const own = await anOwnStripe(site);
  const poor = await aRestrictedKey({ permissions: ENOUGH.filter((one) => !one.startsWith('Customers')) });

  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Stripe', exact: true }).click();
  expect(await textOf()).toContain('paid to the Stripe account of whoever runs this platform');
  await page.getByLabel('Restricted key').fill(poor.key);
  await press('Connect');
  await page.getByRole('alert').waitFor();
  expect(await textOf()).toContain('Customers (write)');
  expect(await page.content()).not.toContain(poor.key);
  await visit.look();

  await page.getByLabel('Restricted key').fill(own.key);
  await page.getByLabel('Signing secret of the webhook endpoint').fill(own.webhookSecret);
  await press('Connect');
  await page.getByText('what is bought from now on is paid there').waitFor();
  expect(await textOf()).toContain(`a restricted key that ends in ${own.key.slice(-4)}`);
  await visit.look();
  const id = await site.buy(await site.offer());
  expect((await own.all.subscriptions.retrieve(await site.subscriptionOf(id))).status).toBe('active');

  const { key } = await aRestrictedKey({ account: own.account });
  await page.getByLabel('Restricted key').fill(key);
  await press('Connect');
  await page.getByRole('button', { name: 'Change its webhook secret' }).click();
  await page.getByText('has a new secret').waitFor();
  expect(await textOf()).toContain('made by us');

  await page.getByRole('link', { name: 'Disconnect' }).click();
  await page.getByText('One purchase is still charged there.').waitFor();
  await visit.look();
  await press('Disconnect it all the same');
  await page.getByText('It is disconnected.').waitFor();
  expect((await site.owner.get('/v1/account/stripe')).body).toMatchObject({ sellsOn: 'platform' });
});

test('nobody but the owner reaches the page', async () => {
  const { page: theirs } = await aWindow({ as: 'administrator' });

  const answer = await theirs.goto('/settings/stripe');

  expect(answer?.status()).toBe(403);
  await theirs.goto('/');
  expect(await theirs.getByRole('link', { name: 'Stripe', exact: true }).count()).toBe(0);
});

test('the owner connects on Stripe’s own page, or leaves it', async () => {
  await page.goto('/settings/stripe');
  await press('Connect with Stripe');
  await page.waitForURL(/oauth\/authorize/);
  const there = new URL(page.url());
  expect(there.searchParams.get('redirect_uri')).toBe('https://willow.example/settings/stripe/callback');
  expect(await page.getByRole('button', { name: 'Connect my Stripe account' }).isVisible()).toBe(true);

  const allowed = await atStripesPage(page.url(), { decision: 'allow', account: 'acct_ofthebrowser' });
  await page.goto(`/settings/stripe/callback?${allowed.toString()}`);
  await page.getByText('what is bought from now on is paid there').waitFor();
  expect(await textOf()).toContain('acct_ofthebrowser');
  await page.goto(`/settings/stripe/callback?${allowed.toString()}`);
  await page.getByText('Begin again').waitFor();
  await page.goto('/settings/stripe/callback?error=access_denied');
  await page.getByText('you left the page of Stripe').waitFor();
});

import { expect, test } from '@jest/globals';
import { PHONE } from './a-visit.ts';
import { backToUs, payAtStripe } from './at-stripe.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

test('a site is named, gets its color and its policies, and shows them', async () => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Linden Studio');
  await page.getByLabel('Color').fill('red');
  await page.getByLabel('Terms').fill('https://linden.example/terms');
  await page.getByLabel('Short name in the address').fill('Admin');
  await press('Save');

  expect(await page.getByText('Color must be a color such as #a8452a').isVisible()).toBe(true);
  expect(await page.getByText('Short name in the address is not available').isVisible()).toBe(true);
  await visit.look();

  await page.getByLabel('Color').fill('#a8452a');
  await page.getByLabel('Short name in the address').fill(`linden-${site.accountId.slice(-6)}`);
  await page.getByLabel('Postal address').fill('Lindengasse 12\n1070 Vienna');
  await press('Save');

  expect(await page.getByRole('status').first().textContent()).toContain('has been saved');
  expect((await site.owner.get('/v1/settings')).body).toMatchObject({
    siteName: 'Linden Studio',
    slug: `linden-${site.accountId.slice(-6)}`,
    color: '#a8452a',
    postalAddress: 'Lindengasse 12\n1070 Vienna',
    termsUrl: 'https://linden.example/terms',
    logoUrl: null,
  });

  await page.getByRole('link', { name: 'See it' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Log in to Linden Studio');
});

test('how often a customer is given a trial is chosen in the settings [R4.5]', async () => {
  await page.goto('/settings');
  expect(await page.getByLabel('once for each offer').isChecked()).toBe(true);

  await page.getByLabel('once, whatever the offer').check();
  await press('Save');
  await page.getByText('has been saved').waitFor();

  expect((await site.owner.get('/v1/settings')).body).toMatchObject({ trialOnce: 'site' });
  expect(await page.getByLabel('once, whatever the offer').isChecked()).toBe(true);
});

test('when a failed payment closes access is chosen in the settings [R11.3]', async () => {
  await page.goto('/settings');
  expect(await page.getByLabel('stays, and ends when no attempt is left').isChecked()).toBe(true);

  await page.getByLabel('closes after some days, until it is paid').check();
  await page.getByLabel('Days until it closes').fill('0');
  await press('Save');
  expect(await page.getByText('Days until it closes must be at least 1').isVisible()).toBe(true);
  await page.getByLabel('Days until it closes').fill('10');
  await page.getByLabel('Tries of a payment at Stripe').fill('3');
  await page.getByLabel('Days before a payment to tell customers').fill('7');
  await press('Save');
  await page.getByText('has been saved').waitFor();

  expect((await site.owner.get('/v1/settings')).body).toMatchObject({
    autoRevoke: 'after_days',
    autoRevokeDays: 10,
    paymentTries: 3,
    upcomingPaymentDays: 7,
  });
});

test('what a dispute and a refund at Stripe do is chosen in the settings [R10.4, R10.5]', async () => {
  await page.goto('/settings');
  await page.getByLabel('the purchase is canceled at once, for good').check();
  await page.getByLabel('is revoked', { exact: true }).check();
  await press('Save');
  await page.getByText('has been saved').waitFor();

  expect((await site.owner.get('/v1/settings')).body).toMatchObject({
    onDispute: 'cancel',
    onExternalRefund: 'revoke',
  });
});

test('how many emails that bounce unsubscribe somebody is chosen in the settings [R3.5]', async () => {
  await page.goto('/settings');
  await page.getByLabel('Undeliverable emails that unsubscribe somebody').fill('3');
  await page.getByLabel('All of them sent within days').fill('14');
  await press('Save');
  await page.getByText('has been saved').waitFor();

  expect((await site.owner.get('/v1/settings')).body).toMatchObject({ bounceLimit: { count: 3, days: 14 } });
});

test('who has had the trial reads so before paying, with what is due now; and pays that [R4.5]', async () => {
  await backToUs(visit, town);
  await page.setViewportSize(PHONE);
  const offer = await site.offer({ name: 'Membership', trialDays: 14, setupFeeMinor: 1_000 });
  const email = site.newEmail();
  await site.ask(await site.buy(offer, { email }), 'cancel', { when: 'now' });

  const { slug } = (await site.owner.get('/v1/settings')).body;
  await page.goto(`/s/${slug}/join/${offer.id}`);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue to payment' }).click();

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('You have had the free trial');
  const told = (await page.locator('main').textContent()) ?? '';
  expect(told).toContain('gives one trial to each customer. This time the first payment is due now:');
  expect(told).toContain('Today you pay $39.00, including a one-time fee of $10.00.');
  expect(told).not.toContain('free;');
  await visit.look();

  await page.getByRole('link', { name: 'Continue to payment' }).click();
  await payAtStripe(page);
  await page.waitForURL('**/thanks?checkout=*');
  expect(await site.read(await site.boughtBy(email, { billingStatus: 'active' }))).toMatchObject({
    billingStatus: 'active',
    trialEndsAt: null,
    payments: [{ amountMinor: 3_900 }],
  });
});

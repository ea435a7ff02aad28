import { expect, test } from '@jest/globals';
import { PHONE } from './a-visit.ts';
import { backToUs, payAtStripe } from './at-stripe.ts';
import { site, town, usePages, visit } from './use-pages.ts';

usePages();

test('how often a customer is given a trial is chosen in the settings [R4.5]', async () => {
  const { page } = visit;
  await page.goto('/settings');
  expect(await page.getByLabel('once for each offer').isChecked()).toBe(true);

  await page.getByLabel('once, whatever the offer').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('has been saved').waitFor();

  expect((await site.owner.get('/v1/settings')).body).toMatchObject({ trialOnce: 'site' });
  expect(await page.getByLabel('once, whatever the offer').isChecked()).toBe(true);
});

test('who has had the trial reads so before paying, with what is due now; and pays that [R4.5]', async () => {
  const { page } = visit;
  await backToUs(visit, town);
  await page.setViewportSize(PHONE);
  const offer = await site.offer({ name: 'Membership', trialDays: 14, setupFeeMinor: 1_000 });
  const email = site.newEmail();
  await site.ask(await site.buy(offer, { email }), 'cancel', { when: 'now' });

  const { slug } = (await site.owner.get('/v1/settings')).body;
  await page.goto(`/s/${slug}/join/${offer.id}`);
  await page.getByLabel('Email').fill(email);
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
  await site.quiet();
  const { data } = (await site.owner.get(`/v1/purchases?q=${encodeURIComponent(email)}&billingStatus=active`)).body;
  expect(await site.read(data[0]?.id ?? '')).toMatchObject({
    billingStatus: 'active',
    trialEndsAt: null,
    payments: [{ amountMinor: 3_900 }],
  });
});

import { expect, test } from '@jest/globals';
import { control } from '../sandbox/stripe/sandbox.ts';
import { DESK, PHONE } from './a-visit.ts';
import { site, usePages, visit } from './use-pages.ts';

usePages();

const rows = (): Promise<string[]> => visit.page.locator('tbody tr').allInnerTexts();
const main = (): Promise<string> => visit.page.locator('main').innerText();

test('who began to buy is listed with what became of it, by state and by reason', async () => {
  const { page } = visit;
  await page.goto('/checkouts');
  expect(await main()).toContain('Nobody has begun to buy yet.');
  const studio = await site.offer();
  const email = site.newEmail();
  const { sessionId } = await site.checkOut(studio, email);
  await control(site.town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { card: '4000000000000002' });
  await site.checkOut(await site.offer({ name: 'Critique', amountMinor: 4_900 }));
  await site.moveTo('2027-02-02T09:00:00.000Z');
  await site.checkOut(await site.offer({ name: 'Retreat' }));

  await page.getByRole('link', { name: 'Checkouts', exact: true }).first().click();
  await page.getByRole('link', { name: 'Not paid', exact: true }).click();
  expect(await rows()).toEqual([
    expect.stringMatching(/Critique[^]*Left[^]*Not bought[^]*Feb 1[^]*\$49\.00/),
    expect.stringMatching(/Studio[^]*Declined[^]*Not bought[^]*Feb 1[^]*\$29\.00/),
  ]);
  await page.getByRole('link', { name: 'Declined', exact: true }).click();
  expect(await rows()).toEqual([expect.stringMatching(/Studio[^]*Declined/)]);
  await page.setViewportSize(PHONE);
  await visit.look();

  await site.buy(studio, { email });
  await page.reload();
  expect(await rows()).toEqual([expect.stringMatching(/Studio[^]*Declined[^]*Bought Feb 2/)]);
  await page.getByRole('link', { name: /^Ada/ }).click();
  await page.getByRole('link', { name: 'What this person began to buy' }).click();
  expect(await rows()).toEqual([expect.stringMatching(/Studio[^]*Paid/), expect.stringMatching(/Studio[^]*Declined/)]);
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  expect(await main()).toContain('No checkouts match.');
  await page.getByRole('link', { name: 'Show all checkouts' }).click();
  expect((await rows()).length).toBe(4);
});

test('the box beside a buyer’s details is not set, and what it says is kept as their consent', async () => {
  const { page } = visit;
  await page.setViewportSize(DESK);
  const { slug } = (await site.owner.get('/v1/settings')).body;
  const { id } = await site.offer({ name: 'Letters' });
  const email = site.newEmail();
  await page.goto(`/s/${slug}/join/${id}`);
  const box = page.getByLabel(/news/);
  expect(await box.isChecked()).toBe(false);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await box.check();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByLabel('Card number').waitFor();

  await page.goto(`/contacts?q=${encodeURIComponent(email)}`);
  await page.locator('tbody a.row').first().click();
  expect(await main()).toMatch(/Marketing email[^]*Subscribed[^]*a checkout/);
});

import { expect, test } from '@jest/globals';
import { DESK, PHONE } from './a-visit.ts';
import { aWindow, site, usePages, visit } from './use-pages.ts';

usePages();

const DECLINES_LATER = '4000000000000341';
const ADA = 'ada@host.example';

const main = (): Promise<string> => visit.page.locator('main').innerText();
const rows = (): Promise<string[]> => visit.page.locator('tbody tr').allInnerTexts();
const query = () => Object.fromEntries(new URL(visit.page.url()).searchParams);

test('say what will be there as long as nothing was paid', async () => {
  await visit.page.goto('/');
  await visit.page.getByRole('link', { name: 'Payments', exact: true }).first().click();

  expect(await main()).toContain('Nothing has been paid yet');
});

test('are listed with state, person and reason, and narrowed by state, date and amount', async () => {
  const { page } = visit;
  const studio = await site.offer();
  await site.buy(studio, { email: ADA });
  await site.moveTo('2027-01-31T10:30:00.000Z');
  await site.buy(await site.offer({ name: 'Critique' }), { email: ADA });
  await site.buy(await site.offer({ amountMinor: 29_000, name: 'Yearly', trialDays: 1 }), { card: DECLINES_LATER });
  await site.moveTo('2027-02-02T09:00:00.000Z');

  await page.goto('/payments');
  expect(await rows()).toHaveLength(3);
  expect(await main()).toContain('3 payments');

  await page.getByRole('link', { name: 'Failed 1' }).click();
  const [failed, ...none] = await rows();
  expect(none).toEqual([]);
  expect(failed).toMatch(/\$290\.00\s+Failed[^]*Yearly[^]*The bank declined it, try 1, next in 2 days/);
  const retry = page.getByRole('link', { name: 'Retry $290.00, Ada' });
  expect(await retry.getAttribute('href')).toMatch(/^\/purchases\/[\w-]+\/retry-payment$/);

  await page.setViewportSize(PHONE);
  const reason = page.locator('tbody').getByText('The bank declined it, try 1, next in 2 days').first();
  expect(await reason.isVisible()).toBe(true);
  await visit.look();
  await page.setViewportSize(DESK);

  await page.getByText('Date', { exact: true }).click();
  await page.getByLabel('Before').fill('2027-02-01');
  await page.getByRole('button', { name: 'Apply' }).click();
  expect(query()).toMatchObject({ state: 'failed', to: '2027-02-01' });
  expect(await main()).toContain('No payments match');

  await page.getByRole('link', { name: 'Show all payments' }).click();
  await page.locator('summary', { hasText: 'Amount' }).click();
  await page.getByLabel('Amount').fill('$29.00');
  await page.getByRole('button', { name: 'Apply' }).click();
  expect(await rows()).toEqual([expect.stringContaining('$29.00'), expect.stringContaining('$29.00')]);
  await page.goto('/payments?amount=from+30');
  expect(await rows()).toEqual([expect.stringContaining('$290.00')]);
});

test('say what is wrong with an amount that cannot be read, and show nothing as if it matched', async () => {
  const { page } = visit;
  await page.goto('/payments?amount=lots');

  expect(await main()).toContain('Amount must be an amount, such as 29.00, or a range');
  expect(await page.getByLabel('Amount').inputValue()).toBe('lots');
  expect(await rows()).toEqual([]);
  await visit.look();
});

test('are on the page of the person, with what was paid in total and what was charged twice', async () => {
  const { page } = visit;
  await page.goto('/payments?state=succeeded');
  await page.locator('tbody').getByRole('link', { name: 'Ada', exact: true }).first().click();
  await page.waitForURL('**/contacts/*');

  const text = await page.locator('section', { hasText: 'Paid in total' }).last().innerText();
  expect(text).toContain('Paid in total: $58.00 in 2 payments');
  expect(text).toContain('$29.00 was charged twice within a day: for Studio on');
  expect(text).toContain('Second charge within a day');
  expect(text).toMatch(/Visa ending in 4242/);
  await visit.look();
});

test('are refunded from their row: the page of the verb has that payment chosen', async () => {
  const { page } = visit;
  const first = page.getByRole('link', { name: 'Refund $29.00, Ada' }).first();
  const address = new URL((await first.getAttribute('href')) ?? '', page.url());
  await first.click();
  await page.waitForURL('**/refund?paymentId=*');

  expect(await page.getByLabel('Payment').inputValue()).toBe(address.searchParams.get('paymentId'));
  await page.locator('#do').click();
  await page.waitForURL(/\?command=/);
  await site.quiet();
  await page.goto('/payments?state=refunded');

  expect(await rows()).toEqual([
    expect.stringMatching(/\$29\.00\s+Refunded[^]*Refunded in full/),
    expect.stringMatching(/−\$29\.00\s+Refund/),
  ]);
});

test('are read on a purchase and without any script; support refunds nothing, assistants see none', async () => {
  const plain = await aWindow({ as: 'support', javaScriptEnabled: false });
  await plain.page.goto('/payments');
  await plain.page.getByText('Date', { exact: true }).click();
  await plain.page.getByLabel('From').fill('2027-02-01');
  await plain.page.getByRole('button', { name: 'Apply' }).click();
  expect(await plain.page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining('$290.00')]);
  await plain.page.getByRole('link', { name: 'Yearly' }).click();
  expect(await plain.page.locator('section', { hasText: 'Payments' }).first().innerText()).toContain('$290.00');
  await plain.page.goto('/payments');
  expect(await plain.page.getByRole('link', { name: /^(Refund|Retry) / }).count()).toBe(0);
  await plain.close();

  const assistant = await aWindow({ as: 'assistant' });
  expect((await assistant.page.goto('/payments'))?.status()).toBe(403);
  await assistant.page.goto('/contacts');
  expect(await assistant.page.getByRole('link', { name: 'Payments' }).count()).toBe(0);
  await assistant.close();
});

import { expect, test } from '@jest/globals';
import { PHONE } from './a-visit.ts';
import { site, usePages, visit } from './use-pages.ts';

usePages();

const rows = (): Promise<string[]> => visit.page.locator('tbody tr').allInnerTexts();
const main = (): Promise<string> => visit.page.locator('main').innerText();

test('what comes of a purchase, and the revenue to come by month, until a date that one chooses', async () => {
  const { page } = visit;
  await page.goto('/forecast');
  expect(await main()).toContain('Nothing is charged until then.');
  const plan = { price: { kind: 'payment_plan', amountMinor: 4_900, currency: 'usd', instalments: 3 } };
  const id = await site.buy(await site.offer(plan));
  await site.buy(await site.offer({ name: 'Critique', amountMinor: 1_000 }));

  await page.goto(`/purchases/${id}`);
  await page.getByRole('link', { name: 'What comes until a date' }).click();
  expect(await main()).toContain('$98.00 in 2 payments');
  expect(await rows()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/February[^]*\$49\.00/),
      expect.stringMatching(/Feb 28[^]*Payment 2 of 3[^]*\$49\.00/),
      expect.stringMatching(/Mar 31[^]*Plan completed|Mar 31[^]*complete/),
      expect.stringMatching(/Email “.*” to the customer/),
    ]),
  );
  await visit.look();

  await page.locator('summary', { hasText: 'Until' }).click();
  await page.getByLabel('Until the end of').fill('2027-02-28');
  await page.getByRole('button', { name: 'Apply' }).click();
  expect(new URL(page.url()).searchParams.get('until')).toBe('2027-02-28');
  expect(await main()).toContain('$49.00 in 1 payment');
  await page.setViewportSize(PHONE);
  await visit.look();

  await page.goto('/forecast');
  expect(await main()).toContain('$218.00 in 14 payments');
  expect((await rows())[0]).toMatch(/February[^]*2[^]*\$59\.00/);
  await page.getByRole('link', { name: '3 months' }).click();
  expect(await main()).toContain('$128.00 in 5 payments');
  await visit.look();
});

test('a date that is none, or lies behind, is refused in words', async () => {
  const { page } = visit;

  for (const [until, words] of [
    ['soon', 'must be an instant'],
    ['2026-12-31', 'must lie after'],
    ['2040-01-01', 'months ahead'],
  ] as const) {
    const answer = await page.goto(`/forecast?until=${until}`);
    expect(answer?.status()).toBe(422);
    expect(await main()).toContain(words);
  }
});

import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { PHONE } from './a-visit.ts';
import { site, usePages, visit } from './use-pages.ts';

usePages();

const rows = (): Promise<string[]> => visit.page.locator('tbody tr').allInnerTexts();
const main = (): Promise<string> => visit.page.locator('main').innerText();

test('disputes are listed with their deadline, on the home and on the purchase, until they are decided', async () => {
  const { page } = visit;
  await page.goto('/disputes');
  expect(await main()).toContain('No bank has disputed a payment.');
  const [ada, grace] = [await site.buy(await site.offer(), {}), await site.buy(await site.offer({ name: 'Critique' }))];
  const { id } = await control(site.town.sandbox, 'POST', '/disputes', { charge: await site.chargeOf(ada) });
  const inquiry = { charge: await site.chargeOf(grace), status: 'warning_needs_response', reason: 'unrecognized' };
  await control(site.town.sandbox, 'POST', '/disputes', inquiry);
  await eventually(async () => (await site.must<{ data: object[] }>(site.owner.get('/v1/disputes'))).data.length === 2);

  await page.goto('/');
  expect(await main()).toContain('Ada disputes a payment');
  expect(await main()).toContain('The bank of Ada asks about a payment');
  expect(await main()).toMatch(/Stripe takes evidence until Feb 7/);

  await page.getByRole('link', { name: 'Disputes', exact: true }).first().click();
  await page.getByRole('link', { name: 'Inquiry', exact: true }).click();
  expect(await rows()).toEqual([
    expect.stringMatching(/Critique[^]*Inquiry[^]*does not recognize[^]*Feb 7[^]*\$29\.00/),
  ]);
  await page.setViewportSize(PHONE);
  await visit.look();

  await page.goto(`/purchases/${ada}`);
  expect(await main()).toMatch(/Disputes[^]*Open[^]*did not make the payment/);

  await control(site.town.sandbox, 'POST', `/disputes/${String(id)}/lose`);
  await eventually(
    async () => (await site.must<{ data: object[] }>(site.owner.get('/v1/disputes?state=lost'))).data.length,
  );
  await page.goto('/disputes?state=lost');
  expect(await rows()).toEqual([expect.stringMatching(/Studio[^]*Lost/)]);
  await page.goto('/');
  expect(await main()).not.toContain('Ada disputes a payment');
});

import { expect, test } from '@jest/globals';
import { PHONE } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { page, site, usePages, visit } from './use-pages.ts';

usePages();

test('a site asks for its own reasons, a customer chooses one, and it is counted [R9.3]', async () => {
  await page.goto('/settings');
  await page.getByLabel('Reasons to choose from').fill('No time\n\n  It costs too much \n');
  await page.getByLabel('What they read before they confirm').fill('We are sorry to see you go.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('has been saved').waitFor();
  const { body } = await site.owner.get('/v1/settings');
  expect(body).toMatchObject({
    selfCancel: { isOn: true, reasons: ['No time', 'It costs too much'], message: 'We are sorry to see you go.' },
  });

  const id = await site.buy(await site.offer());
  const customer = await aVisitOfCustomer(id);
  const { slug } = body;
  await customer.page.goto(`/s/${slug}/billing/${id}/cancel`);
  await customer.page.getByLabel('Why are you canceling?').selectOption('It costs too much');
  await customer.page.getByLabel('In your own words').fill('By far');
  await customer.look();
  await customer.page.getByRole('button', { name: 'Cancel the subscription' }).click();
  await customer.page.waitForURL('**/billing?notice=canceled');

  await page.getByRole('link', { name: 'Cancellations', exact: true }).first().click();
  expect(await page.locator('tbody tr').allInnerTexts()).toEqual([
    expect.stringMatching(/Studio[^]*Jan 2027[^]*1[^]*It costs too much: 1 time/),
  ]);
  await page.setViewportSize(PHONE);
  await visit.look();
  await page.goto(`/purchases/${id}`);
  expect(await page.locator('main').innerText()).toMatch(/Cancellation scheduled[^]*It costs too much/);
});

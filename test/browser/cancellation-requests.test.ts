import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Visit } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { site, usePages, visit } from './use-pages.ts';

describe('a request to cancel', () => {
  let purchaseId: string;

  usePages({ as: 'owner' });
  beforeAll(async () => {
    purchaseId = await site.buy(await site.offer({ name: 'Studio membership', cancelBy: 'request' }));
  });

  async function asCustomer(): Promise<Visit> {
    const customer = await aVisitOfCustomer(purchaseId);
    await customer.page.getByRole('link', { name: 'Billing' }).click();
    await customer.page.waitForURL('**/billing');
    return customer;
  }

  test('is made in place of canceling, withdrawn, and made again', async () => {
    const customer = await asCustomer();
    const { page } = customer;
    expect(await page.getByRole('link', { name: /Cancel the subscription/ }).count()).toBe(0);

    await page.getByRole('link', { name: /Ask to cancel/ }).click();
    await page.getByLabel('Why? (optional)').fill('We are moving away');
    await page.getByLabel('I would like my money back').check();
    await page.getByRole('button', { name: 'Ask to cancel' }).click();
    await page.getByText('You have asked to cancel this').waitFor();
    await page.getByRole('button', { name: /Withdraw the request/ }).click();
    await page.getByText('Your request has been withdrawn').waitFor();
    await page.getByRole('link', { name: /Ask to cancel/ }).click();
    await page.getByRole('button', { name: 'Ask to cancel' }).click();
    await page.getByText('You have asked to cancel this').waitFor();
  });

  test('waits at home and in the queue, is declined with a reason, and the customer reads it', async () => {
    const { page } = visit;
    await page.goto('/');
    await page.getByRole('link', { name: '1 customer asks to cancel', exact: true }).click();
    await page.getByRole('link', { name: 'Decline …' }).click();
    await page.getByLabel('Why').fill('The term ends in May');
    await page.getByRole('button', { name: 'Decline the request' }).click();
    await page.waitForURL('**/cancellation-requests');
    await page.getByText('There are none.').waitFor();

    const customer = await asCustomer();
    expect(await customer.page.locator('article').textContent()).toContain('The term ends in May');
    await customer.page.getByRole('link', { name: /Ask to cancel/ }).click();
    await customer.page.getByRole('button', { name: 'Ask to cancel' }).click();
    await customer.page.getByText('You have asked to cancel this').waitFor();
  });

  test('is carried out from the purchase’s page, by the verb with its preview', async () => {
    const { page } = visit;
    await page.goto(`/purchases/${purchaseId}`);
    expect(await page.locator('main').textContent()).toContain('The customer asks to cancel it');
    await page.getByRole('link', { name: 'Cancel …' }).click();
    await page.getByText('This carries out the customer’s request').waitFor();
    await page.getByRole('button', { name: /Cancel on/ }).click();
    await page.waitForURL(`**/purchases/${purchaseId}?command=*`);
    await page.goto('/cancellation-requests?state=carried_out');

    expect(await page.getByRole('link', { name: 'Studio membership' }).count()).toBe(1);
  });
});

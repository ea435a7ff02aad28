import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Visit } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { site, usePages, visit } from './use-pages.ts';

describe('a change of offer', () => {
  let purchaseId: string;

  usePages();
  beforeAll(async () => {
    const of = { group: 'plans', refundWindowDays: 0 };
    const silver = await site.offer({ ...of, name: 'Silver' });
    await site.offer({ ...of, name: 'Gold', amountMinor: 9_900, description: 'Everything, and the archive.' });
    await site.offer({ ...of, name: 'Small', amountMinor: 900 });
    purchaseId = await site.buy(silver);
  });

  const notice = () => visit.page.locator('.notice').first().innerText();

  test('is chosen by an admin, previewed, shown while it is pending, and undone', async () => {
    const { page } = visit;
    await page.goto(`/purchases/${purchaseId}/change-offer`);
    await page.getByLabel('Offer', { exact: true }).selectOption({ label: 'Small, $9.00 a month' });
    await page.getByLabel('at the end of the period').check();
    await page.getByRole('button', { name: 'Change it at the end of the period' }).waitFor();
    await page.getByText('The next charge is $9.00').waitFor();
    await visit.look();
    await page.locator('#do').click();
    await page.waitForURL(/\?command=/);
    await site.quiet();
    await page.goto(`/purchases/${purchaseId}`);

    expect(await page.locator('main').innerText()).toContain('Small');

    await page.goto(`/purchases/${purchaseId}/undo-change-offer`);
    await page.locator('#do').click();
    await page.waitForURL(/\?command=/);
    await site.quiet();

    expect(await notice()).toContain('is undone');
    expect((await site.read(purchaseId)).pendingChange).toBeNull();
  });

  test('is allowed to customers in the settings', async () => {
    const { page } = visit;
    await page.goto('/settings');
    await page.getByLabel('to any of them').check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('has been saved').waitFor();

    expect((await site.owner.get('/v1/settings')).body).toMatchObject({ selfChange: 'all' });
  });

  async function asCustomer(): Promise<Visit> {
    const customer = await aVisitOfCustomer(purchaseId);
    await customer.page.getByRole('link', { name: 'Billing' }).click();
    await customer.page.waitForURL('**/billing');
    return customer;
  }

  test('is planned by its customer in two steps, taken back, and made at once where it costs more', async () => {
    const customer = await asCustomer();
    const { page } = customer;
    const main = () => page.locator('main').innerText();
    const choose = async (name: string) => {
      await page.getByRole('link', { name: /Change offer/ }).click();
      await page.getByRole('link', { name: new RegExp(`to change to ${name}`) }).click();
    };
    await page.getByRole('link', { name: /Change offer/ }).click();
    expect(await main()).toContain('Everything, and the archive.');
    await page.goBack();

    await choose('Small');
    expect(await main()).toMatch(/It begins on Feb 28.*The next charge is \$9\.00 on Feb 28/s);
    await page.getByRole('button', { name: 'Change to Small' }).click();
    await page.getByText('It changes to Small, $9.00 a month, on Feb 28').waitFor();
    await page.getByRole('button', { name: 'Keep Silver' }).click();
    await page.getByText('Nothing changes: you keep the offer').waitFor();
    await site.quiet();

    await choose('Gold');
    expect(await main()).toMatch(/It begins at once.*\$29\.00 is credited.*\$70\.00 is charged now/s);
    await page.getByRole('button', { name: 'Change to Gold' }).click();
    await page.getByText('Your offer has been changed.').waitFor();

    expect(await page.locator('article h2').first().innerText()).toBe('Gold');
  });
});

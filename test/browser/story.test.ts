import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { backToUs, payAtStripe } from './at-stripe.ts';
import { anAdmin, PHONE, type Visit } from './a-visit.ts';
import { byKeyboard } from './by-keyboard.ts';
import { aWindow, site, town, usePages, visit as admin } from './use-pages.ts';

/**
 * One subscription from its offer to its end: the admin at a desk without a mouse, the customer on
 * a phone.
 */
describe('the life of a subscription through the pages', () => {
  let customer: Visit;
  let email: string;

  usePages({ as: null });
  beforeAll(async () => {
    email = site.newEmail();
    customer = await aWindow({ viewport: PHONE });
    await backToUs(customer, town);
  });

  const timeline = (): Promise<string[]> => admin.page.locator('ol.timeline > li:not(.due) strong').allInnerTexts();
  const main = (page: Page): Promise<string> => page.locator('main').innerText();

  test('the admin signs in, makes a product and an offer', async () => {
    const { type, press, follow } = byKeyboard(admin.page);
    const { email: own, password } = await anAdmin(site);
    await admin.page.goto('/sign-in');
    await type('Email', own);
    await type('Password', password);
    await press('Sign in');
    await admin.page.waitForURL('**/');

    await follow('Products');
    await follow('Create a product');
    await type('Name', 'Drawing for beginners');
    await press('Create product');
    await admin.page.waitForURL('**/products/*-*?notice=*');

    await follow('Offers');
    await follow('Create an offer');
    await type('Name', 'Drawing, monthly');
    await press('Drawing for beginners', ' ');
    await type('Amount', '29.00');
    await press('Create offer');
    await admin.page.waitForURL('**/offers/*-*?notice=*');
    expect(await main(admin.page)).toContain('$29.00 a month');
  });

  test('the customer follows the copied link, pays, sets a password and has the product', async () => {
    const { page } = customer;
    const link = await admin.page.getByLabel('Checkout link').inputValue();
    await page.goto(new URL(link).pathname);
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await payAtStripe(page);
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await page.getByLabel('Password').fill('correct horse battery staple');
    await page.getByRole('button', { name: /Set password/ }).click();
    await page.waitForURL('**/library?*');

    expect(await main(page)).toMatch(/Your library[^]*Drawing for beginners[^]*Yours through/);
    await site.quiet();
  });

  test('the admin finds the purchase and pauses it, after reading what that would do', async () => {
    const { type, press, follow } = byKeyboard(admin.page);
    await follow('Purchases');
    await type('Name or email', email);
    await admin.page.keyboard.press('Enter');
    await admin.page.waitForURL('**/purchases?*');
    await follow(email);
    expect(await timeline()).toEqual(['Paid', 'Bought']);

    await follow('Pause');
    await type('Reason', 'On holiday');
    const plan = admin.page.locator('[data-preview="plan"]');
    expect(await plan.innerText()).toMatch(/Active[^]*Paused/);
    await press('Pause now');
    await admin.page.waitForURL('**/purchases/*?command=*');
    await site.quiet();
    await admin.page.reload();

    expect(await timeline()).toEqual(['Paused', 'Paid', 'Bought']);
    expect(await main(admin.page)).toContain('On holiday');
  });

  test('the next cycle passes without a charge, and resuming goes on with the regular date', async () => {
    const { press, follow } = byKeyboard(admin.page);
    const purchase = admin.page.url().split('?')[0] ?? '';
    await follow('Test clock');
    await press('Forward one month');
    await admin.page.waitForURL('**/test-clock?*');
    await site.quiet();
    await admin.page.goto(purchase);
    expect((await timeline()).filter((entry) => entry.startsWith('Paid'))).toHaveLength(1);

    await follow('Resume');
    await press('Resume now');
    await admin.page.waitForURL('**/purchases/*?command=*');
    await site.quiet();
    expect(await admin.page.locator('main').innerText()).toContain('Active');
  });

  test('the customer cancels, keeps access to the end of the period, and sees why it is over then', async () => {
    const { page } = customer;
    await page.goto('/billing');
    await page.getByRole('link', { name: 'Cancel the subscription' }).click();
    await page.getByRole('button', { name: 'Cancel the subscription' }).click();
    await page.waitForURL('**/billing?notice=canceled');
    await page.goto('/library');
    expect(await main(page)).toContain('Yours through');

    const { data } = (await site.owner.get(`/v1/purchases?q=${encodeURIComponent(email)}`)).body;
    const { cancelAt } = await site.read(data[0]?.id ?? '');
    await site.moveTo(cancelAt ?? '');
    await page.reload();

    expect(await main(page)).not.toContain('Yours through');
  });

  test('every email of that life is in the log, as it looked', async () => {
    const { follow } = byKeyboard(admin.page);
    await follow('Emails');
    const table = await admin.page.locator('table').innerText();
    for (const kind of ['Purchase Confirmation', 'Paused', 'Resumed', 'Cancellation scheduled', 'Canceled'])
      expect(table).toContain(kind);
    await follow('Purchase Confirmation');
    const frame = admin.page.frameLocator('iframe').first();
    expect(await frame.locator('body').innerText()).toContain('Drawing, monthly');
  });
});

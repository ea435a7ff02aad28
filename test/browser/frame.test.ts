import { describe, expect, test } from '@jest/globals';
import { aContact } from '../builders/rows.ts';
import { PHONE } from './a-visit.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';

const WIDE = { width: 1440, height: 900 };

describe('the frame around the pages of an account', () => {
  usePages({ timeZone: 'Europe/Vienna' });

  test('has four places and More below on a phone; More opens all of them, without any script', async () => {
    const plain = await aWindow({ as: 'owner', viewport: PHONE, javaScriptEnabled: false });
    const { page } = plain;
    await page.goto('/purchases');
    const bar = page.getByRole('navigation', { name: 'Most used' });
    const all = page.getByRole('navigation', { name: 'Main' });

    expect(await bar.getByRole('link').allInnerTexts()).toEqual(['Home', 'Purchases', 'Contacts', 'Payments', 'More']);
    expect(await bar.locator('[aria-current]').innerText()).toBe('Purchases');
    expect(await all.isVisible()).toBe(false);

    await bar.getByRole('link', { name: 'More' }).click();
    await all.getByRole('link', { name: 'Webhooks' }).click();
    await page.waitForURL('**/webhooks');

    expect(await all.isVisible()).toBe(false);
    await page.goto('/webhooks#nav');
    expect(await all.locator('[aria-current]').innerText()).toBe('Webhooks');
    await all.getByRole('link', { name: 'Close' }).click();
    expect(await all.isVisible()).toBe(false);
    expect(await bar.locator('[aria-current]').innerText()).toBe('More');
    await plain.close();

    await visit.page.setViewportSize(PHONE);
    await visit.page.goto('/webhooks#nav');
    await visit.look();
  });

  test('says at the side where one is, searches from every page, and names the zone once', async () => {
    const { page } = visit;
    for (const n of [7, 8])
      await aContact(town.deps.orm.em.fork(), site.accountId, { email: `address-${n}@crowd.example` });
    await page.setViewportSize(WIDE);
    await page.goto('/products/new');
    await page.keyboard.press('/');
    await page.keyboard.type('address-7@');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=address-7*');

    expect(await page.locator('#main [data-result]').count()).toBe(1);
    await page.goto('/products');
    expect(await page.locator('.side [aria-current]').innerText()).toBe('Products');
    expect(await page.getByText('Times are Vienna’s, GMT+1.').count()).toBe(1);
  });
});

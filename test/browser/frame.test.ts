import { describe, expect, test } from '@jest/globals';
import { aPurchase } from '../api/a-world.ts';
import { aContact } from '../builders/rows.ts';
import { PHONE } from './a-visit.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';

const WIDE = { width: 1440, height: 900 };
/** Where a name's letters run from right to left, and one that no line holds. */
const NAMES = ['Noor مرحبا', 'Bartholomew-Maximilian of the very long and never broken name', 'Jean', 'Ada'];

describe('the frame around the pages of an account', () => {
  let paths: string[];

  usePages({ timeZone: 'Europe/Vienna' });

  test('leaves fifteen rows of a list above the fold, one line each', async () => {
    const { page } = visit;
    const offer = await site.offer({ name: 'Studio membership, monthly' });
    const purchaseId = await site.buy(offer, { email: 'ada.lovelace-of-the-analytical-engine@lovelace.example' });
    await site.ask(purchaseId, 'cancel', { when: 'period_end' });
    for (let n = 0; n < 20; n += 1) {
      const person = {
        email: `somebody-with-a-long-address-${n}@crowd.example`,
        name: NAMES[n % NAMES.length] ?? null,
      };
      const contactId = await aContact(town.deps.orm.em.fork(), site.accountId, person);
      await aPurchase(town.deps.orm, { contactId, offerId: offer.id });
    }
    paths = await pathsAround(purchaseId, offer);
    await page.setViewportSize(WIDE);

    const rows: Record<string, number[]> = {};
    for (const path of ['/purchases', '/contacts']) {
      await page.goto(path);
      const boxes = await Promise.all((await page.locator('tbody tr').all()).map((row) => row.boundingBox()));
      rows[path] = boxes.filter((box) => box && box.y + box.height <= WIDE.height).map((box) => box?.height ?? 0);
    }

    for (const heights of Object.values(rows)) {
      expect(heights.length).toBeGreaterThanOrEqual(15);
      expect(new Set(heights.map(Math.round))).toEqual(new Set([36]));
    }
  });

  test('scrolls nowhere sideways and is accessible: every page, on a phone, on a desk and in the dark', async () => {
    const { page } = visit;
    for (const path of paths) {
      const name = `all${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'one').replaceAll('/', '-')}`;
      await page.goto(path);
      await page.setViewportSize(PHONE);
      await visit.look(name);
      await page.setViewportSize(WIDE);
      await visit.look(name);
      await page.emulateMedia({ colorScheme: 'dark' });
      await visit.look(`${name}-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
    }
  }, 240_000);

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
    await plain.close();

    await visit.page.setViewportSize(PHONE);
    await visit.page.goto('/webhooks#nav');
    await visit.look('navigation-open');
  });

  test('says at the side where one is, searches people from every page, and names the zone once', async () => {
    const { page } = visit;
    await page.setViewportSize(WIDE);
    await page.goto(paths.at(-1) ?? '');
    await page.keyboard.press('/');
    await page.keyboard.type('address-7@');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/contacts?q=address-7*');

    expect(await page.locator('.side [aria-current]').innerText()).toBe('Contacts');
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.getByText('Times are Vienna’s, GMT+1.').count()).toBe(1);
  });
});

/** Every page of an admin that needs no other state; the rest have tests of their own. */
async function pathsAround(purchaseId: string, offer: { id: string; productIds: string[] }): Promise<string[]> {
  const { contactId } = await site.read(purchaseId);
  const first = async (list: string) => (await site.must(site.owner.get(`/v1/${list}`))).data[0]?.id;
  return [
    '/',
    '/purchases',
    '/contacts',
    '/contacts/new',
    '/offers',
    '/offers/new',
    '/products',
    '/products/new',
    '/payments',
    '/emails',
    '/commands',
    '/webhooks',
    '/test-clock',
    `/contacts/${contactId}`,
    `/offers/${offer.id}`,
    `/offers/${offer.id}/archive`,
    `/products/${offer.productIds[0]}`,
    `/emails/${await first('emails')}`,
    `/commands/${await first('commands')}`,
    `/webhooks/${await first('webhooks')}`,
    `/purchases/${purchaseId}`,
    `/purchases/${purchaseId}/pause`,
    `/purchases/${purchaseId}/cancel`,
    `/purchases/${purchaseId}/refund`,
    `/purchases/${purchaseId}/revoke`,
  ];
}

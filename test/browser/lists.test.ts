import { expect, test } from '@jest/globals';
import { aPurchase } from '../api/a-world.ts';
import { aContact, anEmail, aPaymentRow } from '../builders/rows.ts';
import { choose } from './a-visit.ts';
import { page, site, town, usePages } from './use-pages.ts';

/** How much of a list people see before they scroll. */
const SCREEN = { width: 1440, height: 900 };

usePages({ viewport: SCREEN });

const PEOPLE = 27;

async function crowd(): Promise<void> {
  const { orm } = town.deps;
  const { accountId } = site;
  const { id: offerId } = await site.offer({ name: 'Studio membership' });
  for (let n = 0; n < PEOPLE; n += 1) {
    const em = orm.em.fork();
    const contactId = await aContact(em, accountId, { email: `p${n}@crowd.example`, name: `Person ${n}` });
    const purchaseId = await aPurchase(orm, { contactId, offerId });
    await aPaymentRow(em, { accountId, contactId, purchaseId, id: `in_${n}` });
    await anEmail(em, { accountId, recipientId: contactId, purchaseId, state: 'sent' });
  }
}

/** Rows that are seen whole. */
async function aboveTheFold(): Promise<number> {
  const boxes = await Promise.all((await page.locator('tbody tr').all()).map((row) => row.boundingBox()));
  return boxes.filter((box) => box !== null && box.y + box.height <= SCREEN.height).length;
}

test('at least 15 rows of every list stand above the fold, and 25 on a page', async () => {
  await crowd();

  for (const path of ['/purchases', '/contacts', '/payments', '/emails']) {
    await page.goto(path);
    expect([path, await page.locator('tbody tr').count()]).toEqual([path, 25]);
    expect(await aboveTheFold()).toBeGreaterThanOrEqual(15);
    await page.getByRole('link', { name: 'Next page' }).click();
    expect([path, await page.locator('tbody tr').count()]).toEqual([path, PEOPLE - 25]);
  }
});

test('purchases are found by the dates on which they were bought, in a few words', async () => {
  await page.goto('/purchases?startedAtFrom=2027-01-01&startedAtTo=2027-01-31');
  expect(await page.locator('main').innerText()).toContain('0 purchases');
  expect(await page.locator('summary', { hasText: 'Bought: Jan 1 to Jan 31' }).isVisible()).toBe(true);

  await page.locator('summary', { hasText: 'Bought' }).click();
  await page.getByLabel('Before').first().fill('');
  await page.getByRole('button', { name: 'Apply' }).first().click();

  await page.locator('summary', { hasText: 'Bought: from Jan 1' }).waitFor();
  expect(await page.locator('main').innerText()).toContain(`${PEOPLE} purchases`);
});

test('each view says how many it has, of those that the other filters find', async () => {
  const views = (): Promise<string> => page.getByRole('navigation', { name: 'Views' }).innerText();
  await page.goto('/purchases');
  expect(await views()).toMatch(/All 27\s+Needs attention 0\s+Past due 0/);
  expect(await views()).not.toContain('Refund failed');

  await choose(page, 'Access', 'No access');

  expect(await views()).toMatch(/All 0\s+Needs attention 0/);
});

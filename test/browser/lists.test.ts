import { expect, test } from '@jest/globals';
import { aPurchase } from '../api/a-world.ts';
import { aContact, anEmail, anOffer, aPaymentRow } from '../builders/rows.ts';
import { choose } from './a-visit.ts';
import { page, site, town, usePages } from './use-pages.ts';

/** How much of a list people see before they scroll. */
const SCREEN = { width: 1440, height: 900 };

usePages({ viewport: SCREEN });

const PEOPLE = 27;
/** Where a name's letters run from right to left, and one that no line holds. */
const NAMES = ['Noor مرحبا', 'Bartholomew-Maximilian of the very long and never broken name', 'Jean', 'Ada'];

async function crowd(): Promise<void> {
  const { orm } = town.deps;
  const { accountId } = site;
  const { id: offerId } = await site.offer({ name: 'Studio membership' });
  for (let n = 0; n < PEOPLE; n += 1) {
    const em = orm.em.fork();
    const name = `${NAMES[n % NAMES.length]} ${n}`;
    const contactId = await aContact(em, accountId, { email: `somebody-of-a-long-address-${n}@crowd.example`, name });
    const purchaseId = await aPurchase(orm, { contactId, offerId });
    await aPaymentRow(em, { accountId, contactId, purchaseId, id: `in_${n}` });
    await anEmail(em, { accountId, recipientId: contactId, purchaseId, state: 'sent' });
    await anOffer(em, accountId, { name });
  }
}

/** How high the rows are that are seen whole. */
async function rowsAboveTheFold(): Promise<number[]> {
  const boxes = await Promise.all((await page.locator('tbody tr').all()).map((row) => row.boundingBox()));
  return boxes.flatMap((box) => (box && box.y + box.height <= SCREEN.height ? [Math.round(box.height)] : []));
}

test('at least 15 rows of every list stand above the fold, a line each, and 25 on a page', async () => {
  await crowd();

  for (const [path, all] of [
    ['/purchases', PEOPLE],
    ['/contacts', PEOPLE],
    ['/payments', PEOPLE],
    ['/emails', PEOPLE],
    ['/offers', PEOPLE + 1],
    ['/products', PEOPLE + 1],
  ] as const) {
    await page.goto(path);
    expect([path, await page.locator('tbody tr').count()]).toEqual([path, 25]);
    const heights = await rowsAboveTheFold();
    expect([path, heights.length >= 15, new Set(heights)]).toEqual([path, true, new Set([36])]);
    await page.getByRole('link', { name: 'Next page' }).click();
    expect([path, await page.locator('tbody tr').count()]).toEqual([path, all - 25]);
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

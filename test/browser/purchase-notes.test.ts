import { expect, test } from '@jest/globals';
import { aPurchase } from '../api/a-world.ts';
import { aContact, anOffer } from '../builders/rows.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

test('a note is written and deleted on the page of a purchase, and stands on the page of the person', async () => {
  const { orm } = town.deps;
  const contactId = await aContact(orm.em.fork(), site.accountId, { name: 'Ada' });
  const purchaseId = await aPurchase(orm, { contactId, ...(await anOffer(orm.em.fork(), site.accountId)) });
  await page.goto(`/purchases/${purchaseId}`);
  await page.getByText('Write a note').click();
  await page.getByRole('button', { name: 'Keep note' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Note').fill('Wants the invoice anew');
  await page.getByRole('button', { name: 'Keep note' }).click();
  await page.waitForURL(`**/purchases/${purchaseId}#notes`);

  expect(await page.getByText('Wants the invoice anew').count()).toBe(1);
  await visit.look();
  await page.goto(`/contacts/${contactId}`);
  expect(await page.getByText('Wants the invoice anew').count()).toBe(1);
  await page.getByRole('link', { name: 'a purchase', exact: true }).click();
  await page.getByRole('button', { name: /^Delete the note/ }).click();
  await page.getByText('No notes.').waitFor();
});

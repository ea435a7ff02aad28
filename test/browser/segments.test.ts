import { expect, test } from '@jest/globals';
import { addTag } from '../../db/people/contact-tags.ts';
import { scopeTo } from '../../db/account-scope.ts';
import { aContact, aField, T0 } from '../builders/rows.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages({ as: 'support' });

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const main = (): Promise<string> => page.locator('main').innerText();

async function add(kind: string): Promise<void> {
  await page.getByRole('combobox', { name: /condition$/ }).selectOption({ label: kind });
  await press('Add condition');
}

test('a segment is put together, counted, saved, used as a filter, changed and deleted', async () => {
  const em = scopeTo(town.deps.orm.em.fork(), site.accountId);
  const fieldId = await aField(em, site.accountId, 'city', 'text');
  const here = { fields: { [fieldId]: 'Vienna' } };
  const ids = [await aContact(em, site.accountId, { ...here, email: 'lin@segments.example' })];
  ids.push(await aContact(em, site.accountId, { ...here, email: 'moe@segments.example' }));
  await addTag(em, ids[0]!, 'vip', T0);

  await page.goto('/contacts');
  await page.getByRole('link', { name: 'Segments …' }).click();
  expect(await main()).toContain('There are no segments of your own yet');
  await page.getByRole('link', { name: 'Create a segment' }).first().click();
  await page.getByLabel('Name').fill('Best of Vienna');
  await add('The city');
  await page.getByLabel('Test').selectOption('contains');
  await page.getByLabel('Text').fill('VIEN');
  await press('Count');
  expect(await main()).toContain('2 contacts now');
  await visit.look();

  await add('Money spent');
  await page.getByLabel('Amount').fill('lots');
  await press('Create segment');
  expect(await main()).toContain('must be a number, such as 10.00');
  await press('Remove condition 2');
  await add('Tag');
  await page.getByLabel('Tag').fill('vip');
  await press('Create segment');
  await page.waitForURL('**?notice=saved');
  expect(await main()).toMatch(/The segment has been saved.*1 contact now/s);
  await visit.look();

  await page.getByRole('link', { name: 'See who is in it' }).click();
  expect(await main()).toContain('lin@segments.example');
  expect(await main()).not.toContain('moe@segments.example');
  expect(await main()).toContain('Segment: Best of Vienna');
  await visit.look();

  await page.goBack();
  await page.getByLabel('Who').last().selectOption({ label: 'does not have it' });
  await press('Save');
  await page.waitForURL('**?notice=saved');
  await page.getByRole('link', { name: 'See who is in it' }).click();
  expect(await main()).toContain('moe@segments.example');

  await page.goto('/contacts/segments');
  await visit.look();
  await page.getByRole('link', { name: 'Best of Vienna', exact: true }).click();
  await page.getByText('Delete', { exact: true }).click();
  await press('Delete the segment');
  await page.waitForURL('**?notice=deleted');
  expect(await main()).toContain('There are no segments of your own yet');
});

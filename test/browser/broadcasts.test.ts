import { expect, test } from '@jest/globals';
import { people } from '../builders/broadcasts.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages({ as: 'owner' });

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const main = (): Promise<string> => page.locator('main').innerText();

test('a broadcast is written, tried, saved, looked over with its numbers, and sent', async () => {
  const em = town.deps.orm.em.fork();
  await people(em, site.accountId, 3);
  await people(em, site.accountId, 1, { status: 'never_subscribed', prefix: 'never' });

  await page.goto('/broadcasts');
  expect(await main()).toContain('Nothing was sent to many yet');
  await page.getByRole('link', { name: 'Write a broadcast' }).first().click();
  await page.getByLabel('Subject').fill('The spring kiln opens');
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'All contacts' });
  await page.getByLabel('Text', { exact: true }).first().fill('Dear {{firstName}}, it opens on Monday.');
  await press('Save the draft');
  await page.getByText('must not name {{firstName}}').first().waitFor();
  await page.getByLabel('Text', { exact: true }).first().fill('Dear {{contactName}}, it opens on Monday.');
  await press('Preview');
  await page.frameLocator('iframe.email').getByText('it opens on Monday').waitFor();
  await press('Send me a test');
  await page.getByText('A test is on its way to').waitFor();
  await press('Save the draft');
  await page.waitForURL('**?notice=saved');
  await visit.look();

  await page.getByRole('link', { name: 'Send …' }).click();
  expect(await main()).toMatch(/Get it\s+3 contacts/);
  expect(await main()).toMatch(/never subscribed\s+1/);
  await visit.look();
  await press('Send to 3 contacts');
  await page.getByText('4 of 4 contacts').waitFor();
  expect(await main()).toMatch(/Got it\s+3/);
  await visit.look();
  await page.getByRole('link', { name: 'Write another like it' }).click();
  expect(await page.getByLabel('Subject').inputValue()).toBe('The spring kiln opens');
});

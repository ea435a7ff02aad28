import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { eraseContacts } from '../../activities/people/erase-contacts.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

test('a copy is saved, what would go is read, and the person is erased', async () => {
  const id = await site.buy(await site.offer({ name: 'Glazing' }));
  const { contactId } = await site.read(id);

  await page.goto(`/contacts/${contactId}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save what is known …' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`contact-${contactId}.json`);
  expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toMatchObject({ contact: { id: contactId } });
  await page.getByRole('link', { name: 'Erase …' }).click();
  await page.getByText('is canceled at once, without money back').waitFor();
  await visit.look();
  await page.getByRole('button', { name: 'Erase this person' }).click();
  await page.getByText('Say cancelSubscriptions').waitFor();
  await page.getByLabel('Cancel first what is billed on').check();
  await page.getByRole('button', { name: 'Erase this person' }).click();
  await page.getByText('This person is being erased').waitFor();

  await site.quiet();
  await eraseContacts(town.deps);
  await page.reload();
  await page.getByText('This person has been erased.').waitFor();
  await visit.look();
  expect(await page.getByRole('link', { name: 'Erase …' }).count()).toBe(0);
  expect((await site.read(id)).billingStatus).toBe('canceled');
  await page.goto(`/contacts/${contactId}/erase`);
  await page.getByText('This person has been erased already.').waitFor();
});

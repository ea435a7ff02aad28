import { expect, test } from '@jest/globals';
import { mergeContacts } from '../../activities/people/merge-contacts.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

test('the other contact is found by its address, what merging does is read, and both become one', async () => {
  const offer = await site.offer({ name: 'Weaving' });
  const [old, kept] = [await site.buy(offer), await site.buy(offer)];
  const [{ contactId: goes }, { contactId: stays }] = [await site.read(old), await site.read(kept)];
  const { email } = await site.must<{ email: string }>(site.owner.get(`/v1/contacts/${stays}`));

  await page.goto(`/contacts/${goes}`);
  await page.getByRole('link', { name: 'Merge …' }).click();
  await page.getByLabel('Address of the contact that stays').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Look what merging would do' }).click();
  await page.getByText('is no contact’s').waitFor();
  await page.getByLabel('Address of the contact that stays').fill(email);
  await page.getByRole('button', { name: 'Look what merging would do' }).click();
  await page.getByText('Both have the same offer, and both are live.').waitFor();
  await visit.look();
  expect(await page.getByRole('button', { name: 'Merge the two contacts' }).count()).toBe(0);

  await site.ask(kept, 'cancel', { when: 'now' });
  await page.reload();
  await visit.look();
  await page.getByRole('button', { name: 'Merge the two contacts' }).click();
  await page.getByText('This contact is being merged into another one.').waitFor();
  await site.quiet();
  await mergeContacts(town.deps);
  await page.reload();
  await page.getByText('This contact is part of another one, to which its address leads.').waitFor();
  await visit.look();
  expect(await page.getByRole('link', { name: 'Merge …' }).count()).toBe(0);
  await page.getByRole('link', { name: 'What moved' }).click();
  await page.getByText('1 of 1 purchase').waitFor();

  await page.goto(`/contacts/${stays}/timeline`);
  await page.getByText('Another contact was merged into this one').waitFor();
  await page.goto(`/contacts/${goes}/merge?email=${encodeURIComponent(email)}`);
  await page.getByText('This contact has been merged into another one').waitFor();
  expect((await site.read(old)).contactId).toBe(stays);
});

import { expect, test } from '@jest/globals';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { aWindow, page, site, usePages, visit } from './use-pages.ts';

usePages();

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const said = async () => (await page.getByRole('status').first().textContent()) ?? '';

/** What the mail brings: the mailbox is asked for it in a test of its own. */
async function theLink(adminId: string): Promise<string> {
  const of = { accountId: site.accountId, adminId, kind: 'confirm_admin', now: fromMs(Date.now()) } as const;
  return `/confirm?token=${(await createLoginToken(site.town.deps.orm.em.fork(), of)).token}`;
}

test('somebody is invited to the team, made something else, confirms, becomes the owner and is removed', async () => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Team' }).click();
  await page.getByLabel('Email').fill('grace@willow.example');
  await page.getByLabel('Support: people and their access').check();
  await press('Send invitation');
  expect(await said()).toContain('Invited');
  await page.getByLabel('Email').fill('grace@willow.example');
  await press('Send invitation');
  expect(await page.getByText('This is the address of an admin already.').isVisible()).toBe(true);
  await visit.look();

  await page.getByRole('link', { name: 'grace@willow.example' }).click();
  await page.getByLabel('Assistant: products and offers, no money').check();
  await press('Change role');
  expect(await said()).toContain('The role has been changed');
  await press('Send the invitation again');
  const here = page.url().split('?')[0]!;
  const id = here.split('/').at(-1)!;
  expect((await site.owner.get(`/v1/admins/${id}`)).body).toMatchObject({ role: 'assistant', state: 'invited' });

  const link = await theLink(id);
  const { page: stranger } = await aWindow();
  await stranger.goto(link);
  await stranger.getByLabel('Password').fill('correct horse battery');
  await stranger.getByRole('button', { name: 'Confirm and sign in' }).click();
  expect(await stranger.getByRole('link', { name: 'Offers' }).first().isVisible()).toBe(true);
  await stranger.goto(link);
  await stranger.getByLabel('Password').fill('correct horse battery');
  await stranger.getByRole('button', { name: 'Confirm and sign in' }).click();
  expect(await stranger.getByRole('heading', { level: 1 }).textContent()).toBe('This link has expired');

  await page.goto(here);
  await press('Make them the owner');
  expect(await said()).toContain('They are the owner now');
});

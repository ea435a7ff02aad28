import { expect, test } from '@jest/globals';
import { Contact } from '../../db/entities/contact.ts';
import { unsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { eventually } from '../ground/eventually.ts';
import { aContact } from '../builders/rows.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

usePages({ as: 'support' });

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const main = (on = page): Promise<string> => on.locator('main').innerText();
const standing = async (email: string) => {
  const where = { accountId: site.accountId, email };
  const found = await town.deps.orm.em.fork().findOne(Contact, where);
  return found && [found.marketingStatus, found.unsubscribedReason];
};

/** The link that was mailed to an address last. */
const linkTo = (email: string): Promise<string> =>
  eventually(async () => {
    const texts = (await town.mailbox.emails(email)).map(({ text }) => text ?? '');
    return texts.flatMap((text) => /\/s\/\S+\/confirm-subscription\?token=[\w-]+/.exec(text)?.[0] ?? []).at(-1);
  });

test('a form is made, sent by a stranger, confirmed by the mailed link, changed and deleted', async () => {
  await page.goto('/forms');
  expect(await main()).toContain('There are no forms yet');
  await page.getByRole('link', { name: 'Create a form' }).first().click();
  await press('Create form');
  expect(await page.getByLabel('Name').getAttribute('required')).toBe('');
  await page.getByLabel('Name').fill('Foot of the blog');
  await page.getByLabel('What they agree to').fill('Send me your letter <twice> a month.');
  await press('Create form');
  await page.waitForURL('**?notice=made');
  const address = await page.getByLabel('Its address').inputValue();
  await visit.look();

  const guest = await aWindow();
  await guest.page.goto(new URL(address).pathname);
  await guest.page.getByLabel('Email').fill('lin@forms.example');
  await guest.page.getByLabel('Name').fill('Lin');
  await guest.page.getByRole('button', { name: 'Subscribe' }).click();
  await guest.page.waitForURL('**?sent=yes');
  expect(await main(guest.page)).toContain('an email with a link is on its way');
  await guest.look();
  expect(await standing('lin@forms.example')).toEqual(['unconfirmed', null]);

  const link = await linkTo('lin@forms.example');
  await guest.page.goto(link);
  await guest.look();
  expect(await standing('lin@forms.example')).toEqual(['unconfirmed', null]);
  await guest.page.getByRole('button', { name: 'Confirm' }).click();
  await guest.page.getByRole('heading', { name: 'You are subscribed' }).waitFor();
  expect(await standing('lin@forms.example')).toEqual(['subscribed', null]);
  await guest.page.goto(link);
  await guest.page.getByRole('button', { name: 'Confirm' }).click();
  await guest.page.getByRole('heading', { name: 'This link is used or over' }).waitFor();

  await page.reload();
  expect(await main()).toMatch(/Sent\s+1\b/);
  await page.getByLabel('at once').check();
  await page.getByLabel('Button').fill('Count me in');
  await press('Save');
  await page.waitForURL('**?notice=changed');
  await page.getByText('Delete', { exact: true }).click();
  await press('Delete the form');
  await page.waitForURL('**/forms?notice=deleted');
  await guest.page.goto(new URL(address).pathname);
  expect(await main(guest.page)).toContain('This form is closed');
  expect(await standing('lin@forms.example')).toEqual(['subscribed', null]);
});

test('its snippet, put into a page of somebody else’s, subscribes from there', async () => {
  await page.goto('/forms/new');
  await page.getByLabel('Name').fill('On a blog');
  await page.getByLabel('at once').check();
  await press('Create form');
  await page.waitForURL('**?notice=made');
  const snippet = await page.locator('pre.sent').innerText();
  const at = new URL(await page.getByLabel('Its address').inputValue()).origin;

  const blog = await aWindow();
  await blog.page.goto('about:blank');
  await blog.page.setContent(`<main>${snippet.replaceAll(at, town.apiUrl)}</main>`);
  await blog.page.getByLabel('Email').fill('noor@forms.example');
  await blog.page.getByRole('button', { name: 'Subscribe' }).click();
  await blog.page.waitForURL('**?sent=yes');

  expect(await main(blog.page)).toContain('You are subscribed to news from');
  expect(await standing('noor@forms.example')).toEqual(['subscribed', null]);
});

test('whoever opens the link of a marketing email unsubscribes by its button, and comes back by confirming', async () => {
  const email = 'ida@forms.example';
  const id = await aContact(town.deps.orm.em.fork(), site.accountId, { email, marketingStatus: 'subscribed' });
  const guest = await aWindow();
  await guest.page.goto(`/unsubscribe/${unsubscribeToken(id, town.environment.SECRET_KEY ?? '')}`);
  expect(await main(guest.page)).toContain('gets news from');
  expect(await standing(email)).toEqual(['subscribed', null]);

  await guest.page.getByRole('button', { name: 'Unsubscribe' }).click();
  await guest.page.getByText('is unsubscribed').waitFor();
  expect(await standing(email)).toEqual(['unsubscribed', 'opted_out']);
  await guest.look();

  await guest.page.getByRole('button', { name: 'Subscribe again' }).click();
  await guest.page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
  expect(await standing(email)).toEqual(['unsubscribed', 'opted_out']);
  await guest.page.goto(await linkTo(email));
  await guest.page.getByRole('button', { name: 'Confirm' }).click();
  await guest.page.getByRole('heading', { name: 'You are subscribed' }).waitFor();

  expect(await standing(email)).toEqual(['subscribed', null]);
});

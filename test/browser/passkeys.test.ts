import { expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Contact } from '../../db/entities/contact.ts';
import { eventually } from '../ground/eventually.ts';
import { loginTokenOf } from '../journeys/as-customer.ts';
import { anAdmin, PHONE } from './a-visit.ts';
import { aWindow, site, town, usePages } from './use-pages.ts';

usePages({ as: null });

const press = (on: Page, name: string) => on.getByRole('button', { name, exact: true }).click();

const leadsTo = (path: string): string => `<meta http-equiv="refresh" content="0;url=${path}">`;

/** Passkeys belong to PUBLIC_URL: what is asked there is answered by the town's API. */
async function atPublicUrl(context: BrowserContext): Promise<string> {
  const publicUrl = town.environment.PUBLIC_URL ?? '';
  await context.route(`${publicUrl}/**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(publicUrl, town.apiUrl), maxRedirects: 0 });
    const to = response.headers().location;
    // Nobody is asked about what a browser is led on to by an answer: a page leads there.
    if (to === undefined) await route.fulfill({ response });
    else await route.fulfill({ response, status: 200, contentType: 'text/html', body: leadsTo(to) });
  });
  return publicUrl;
}

/** As of a phone that knows its owner by the finger. */
async function withAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('an admin adds a passkey, signs in with nothing else, and removes it', async () => {
  const { email, password } = await anAdmin(site, 'support');
  const visit = await aWindow();
  const { page, context } = visit;
  const here = await atPublicUrl(context);
  await withAuthenticator(page);
  const givePassword = async () => {
    await page.goto(`${here}/sign-in`);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await press(page, 'Sign in');
  };
  await givePassword();
  await page.waitForURL((url) => url.pathname !== '/sign-in');

  await page.goto(`${here}/security`);
  const part = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Passkeys' }) });
  await part.getByLabel('Your password').fill(password);
  await press(page, 'Add a passkey');
  await visit.look();
  await page.getByLabel('Name').fill('My phone');
  await press(page, 'Make the passkey');
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  await page.getByRole('link', { name: 'I have kept them' }).click();
  expect(await part.getByRole('cell', { name: 'My phone' }).isVisible()).toBe(true);
  await visit.look();
  await page.getByText('Your account').click({ force: true });
  await press(page, 'Sign out');

  await givePassword();
  expect(await page.getByRole('textbox', { name: 'Code' }).isVisible()).toBe(true);
  await visit.look();
  await press(page, 'Use a passkey');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.getByText('Your account').click({ force: true });
  await press(page, 'Sign out');
  await page.goto(`${here}/sign-in?next=/security`);
  await press(page, 'Use a passkey');
  await page.waitForURL('**/security');

  await part.getByText('Rename or remove a passkey').click();
  await part.getByLabel('Name').fill('Old phone');
  await press(page, 'Rename');
  await part.getByRole('cell', { name: 'Old phone' }).waitFor();
  await part.getByText('Rename or remove a passkey').click();
  await part.getByLabel('Your password, to remove it').fill(password);
  await press(page, 'Remove');
  await page.getByText('The passkey is removed').waitFor();
  await page.goto(`${here}/sign-in`);
  await press(page, 'Use a passkey');
  await page.getByRole('alert').filter({ hasText: 'not known here' }).waitFor();
});

test('a customer who came by a mailed link adds a passkey, logs in with nothing else, and removes it', async () => {
  const { id: offerId } = await site.offer({});
  const email = site.newEmail();
  await site.must(site.owner.post('/v1/grants', { offerId, email }));
  const token = await loginTokenOf(site, await site.boughtBy(email));
  const { slug } = (await site.owner.get('/v1/settings')).body;
  const visit = await aWindow({ viewport: PHONE });
  const { page, context } = visit;
  const here = `${await atPublicUrl(context)}/s/${slug}`;
  await withAuthenticator(page);
  const go = async (place: string) => {
    await page.getByText(email).first().click({ force: true });
    await page.getByRole(place === 'Log out' ? 'button' : 'link', { name: place, exact: true }).click();
  };
  await page.goto(`${here}/login?token=${token}`);
  await press(page, 'Log in');
  await page.waitForURL('**/library*');

  await go('Passkeys');
  expect(await page.getByText('You have no passkey here').isVisible()).toBe(true);
  await visit.look();
  await press(page, 'Add a passkey');
  await visit.look();
  await page.getByLabel('Name').fill('My phone');
  await press(page, 'Make the passkey');
  await page.getByText('The passkey is added').waitFor();
  await visit.look();
  await go('Log out');
  await page.waitForURL('**/login*');
  await visit.look();

  await press(page, 'Use a passkey');
  await page.waitForURL('**/library*');
  await go('Where you are logged in');
  expect(await page.locator('article').allTextContents()).toEqual([expect.stringContaining('with a passkey')]);

  await go('Passkeys');
  await page.getByText('Rename or remove').click();
  await page.getByLabel('Name').fill('Old phone');
  await press(page, 'Rename');
  await page.getByRole('heading', { name: 'Old phone' }).waitFor();
  await page.getByText('Rename or remove').click();
  await visit.look();
  await press(page, 'Remove');
  await page.getByText('The passkey is removed').waitFor();
  await go('Log out');
  await page.waitForURL('**/login*');
  await press(page, 'Use a passkey');
  await page.getByText('not known here').waitFor();
  await visit.look();
});

test('a customer whose address is not proven is mailed a link first, and in the same browser keeps the password', async () => {
  const { id: offerId } = await site.offer({});
  const email = site.newEmail();
  await site.must(site.owner.post('/v1/grants', { offerId, email }));
  const [password, { slug }] = ['quartz lantern', (await site.owner.get('/v1/settings')).body];
  const passwordHash = await hashPassword(password);
  await town.deps.orm.em.fork().nativeUpdate(Contact, { email }, { passwordHash });
  const visit = await aWindow({ viewport: PHONE });
  const { page } = visit;
  await page.goto(`/s/${slug}/login?next=/passkeys`);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Log in');
  await page.waitForURL('**/passkeys');
  expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
  await visit.look();

  await press(page, 'Email me a link');
  await page.getByText('A link is on its way to you').waitFor();
  await visit.look();
  const found = async () =>
    (await town.mailbox.emails(email)).map(({ text }) => /\/s\/[\w-]+\/login\?token=[\w-]+/.exec(text ?? '')?.[0]);
  await page.goto((await eventually(async () => (await found()).find((link) => link !== undefined))) ?? '');
  await press(page, 'Log in');
  await page.waitForURL('**/library');
  expect(await page.getByText('You logged in with a link').count()).toBe(1);
  await page.goto(`/s/${slug}/passkeys`);
  expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(1);
});

test('where no script runs, nothing is said of passkeys, and the password does', async () => {
  const { email, password } = await anAdmin(site, 'support');
  const { page } = await aWindow({ javaScriptEnabled: false });
  await page.goto('/sign-in');

  expect(await page.getByRole('button', { name: 'Use a passkey' }).isVisible()).toBe(false);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Sign in');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
});

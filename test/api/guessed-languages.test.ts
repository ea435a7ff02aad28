import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Contact } from '../../db/entities/contact.ts';
import { aContact, aForm } from '../builders/rows.ts';
import { FORM_TYPE } from './a-stranger.ts';
import { T0 } from './a-world.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();

const newEmail = () => `ada-${uuid().slice(-12)}@example.com`;
const locale = () => api.stripe.checkouts.at(-1)?.locale;

async function languageOf(email: string): Promise<string | null> {
  const { accountId } = world;
  return (await api.orm.em.fork().findOneOrFail(Contact, { accountId, email })).language;
}

const sell = (email: string, more: object = {}) =>
  owner.post('/v1/checkouts', { offerId: world.offerId, email, ...more });
const buy = (email: string, more: object = {}) =>
  guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, name: null, ...more });

async function somebody(given: Partial<Contact>): Promise<string> {
  const email = newEmail();
  await aContact(api.orm.em.fork(), world.accountId, { email, ...given });
  return email;
}

/** Sends the form of a page, as a browser does that asks for these languages. */
async function sendPage(path: string, texts: Record<string, string>, languages: string): Promise<number> {
  const { slug } = (await owner.get('/v1/settings')).body as unknown as { slug: string };
  const headers = { ...FORM_TYPE, 'accept-language': languages };
  const body = new URLSearchParams(texts);
  return (await fetch(`${api.url}/s/${slug}${path}`, { method: 'POST', headers, body, redirect: 'manual' })).status;
}

test('a checkout says in which language its contact is written to, and Stripe’s page is shown', async () => {
  const [ada, kim, none] = [newEmail(), newEmail(), newEmail()];

  expect((await sell(ada, { language: 'de' })).status).toBe(201);
  expect([await languageOf(ada), locale()]).toEqual(['de', 'de']);
  expect((await buy(kim, { language: 'de' })).status).toBe(201);
  expect([await languageOf(kim), locale()]).toEqual(['de', 'de']);
  expect((await sell(none)).status).toBe(201);
  expect([await languageOf(none), locale()]).toEqual([null, undefined]);
  expect((await sell(none, { language: 'fr' })).body.field).toBe('language');
});

test('a language that the contact has stays; the site’s own checkout is in it, and a stranger’s says nothing of it', async () => {
  const email = await somebody({ language: 'de' });

  await sell(email, { language: 'en' });
  const ofSite = locale();
  await buy(email, { language: 'en' });

  expect([ofSite, locale(), await languageOf(email)]).toEqual(['de', 'en', 'de']);
});

test('a customer who reads the account’s language goes on to: anybody may have typed the address', async () => {
  const email = await somebody({ customerSince: T0 });
  const formId = await aForm(api.orm.em.fork(), world.accountId);

  await buy(email, { language: 'de' });
  await guest.post(`/v1/forms/${formId}/submissions`, { email, language: 'de' });

  expect(await languageOf(email)).toBeNull();
});

test('a form takes the language of its page, else that of the browser', async () => {
  const [ada, kim, jo] = [newEmail(), newEmail(), newEmail()];
  const formId = await aForm(api.orm.em.fork(), world.accountId);

  await guest.post(`/v1/forms/${formId}/submissions`, { email: ada, language: 'de' });
  await sendPage(`/forms/${formId}`, { email: kim }, 'fr-FR, de-AT;q=0.9, en;q=0.8');
  await sendPage(`/forms/${formId}`, { email: jo, language: 'de' }, 'en-US');

  expect([await languageOf(ada), await languageOf(kim), await languageOf(jo)]).toEqual(['de', 'de', 'de']);
});

test.each([
  ['de-CH, de;q=0.9, en;q=0.5', 'de'],
  ['fr, EN-gb;q=0.4', 'en'],
  ['fr, *;q=0.1', null],
  ['de;q=0, fr', null],
  ['', null],
])('the page of an offer takes the language of the browser: %j', async (languages, language) => {
  const email = newEmail();

  expect(await sendPage(`/join/${world.offerId}`, { email }, languages)).toBe(200);

  expect([await languageOf(email), locale() ?? null]).toEqual([language, language]);
});

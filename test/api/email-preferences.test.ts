import { expect, test } from '@jest/globals';
import { Email } from '../../db/entities/email.ts';
import { unsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { aContact } from '../builders/rows.ts';
import { SECRET_KEY } from './an-api.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();

async function aSubscriber() {
  const id = await aContact(api.orm.em.fork(), world.accountId, { marketingStatus: 'subscribed' });
  const token = unsubscribeToken(id, SECRET_KEY[0]);
  const contact = async () => (await owner.get(`/v1/contacts/${id}`)).body;
  return { token, contact, oneClick: `${api.url}/unsubscribe/${token}` };
}

const LEFT = { marketingStatus: 'unsubscribed', unsubscribedReason: 'opted_out' };
const ONE_CLICK = 'List-Unsubscribe=One-Click';

test('opening the link changes nothing, however often; it leads to the page of the site', async () => {
  const { token, contact, oneClick } = await aSubscriber();

  const opened = await fetch(oneClick, { redirect: 'manual' });
  const page = await fetch(oneClick);
  const read = await guest.get(`/v1/public/email-preferences/${token}`);

  expect([opened.status, opened.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/s\/[\w-]+\/email-pref/),
  ]);
  expect(await page.text()).toContain('gets news from');
  expect(read.body).toMatchObject({ marketingStatus: 'subscribed' });
  expect(await contact()).toMatchObject({ marketingStatus: 'subscribed', consents: [] });
});

const multipart = new FormData();
multipart.append('List-Unsubscribe', 'One-Click');

test.each([
  ['as a form', new URLSearchParams(ONE_CLICK)],
  ['in parts', multipart],
  ['without anything', undefined],
])(
  'one click of a mail program unsubscribes at once, said %s; again and again it is once (RFC 8058)',
  async (_how, body) => {
    const { contact, oneClick } = await aSubscriber();
    const click = () => fetch(oneClick, { method: 'POST', redirect: 'manual', ...(body && { body }) });

    const statuses = [(await click()).status, (await click()).status];

    expect(statuses).toEqual([200, 200]);
    const { consents, ...rest } = await contact();
    expect(rest).toMatchObject(LEFT);
    expect(consents).toEqual([
      expect.objectContaining({ kind: 'opted_out', source: 'link', by: expect.objectContaining({ kind: 'customer' }) }),
    ]);
  },
);

test('by the API, too', async () => {
  const { token, contact } = await aSubscriber();

  const { status, body } = await guest.post(`/v1/public/email-preferences/${token}/unsubscribe`);

  expect([status, body.marketingStatus]).toEqual([200, 'unsubscribed']);
  expect(await contact()).toMatchObject(LEFT);
});

test('whoever wants to come back is mailed a link, three an hour; nothing changes before they confirm', async () => {
  const { token, contact } = await aSubscriber();
  await guest.post(`/v1/public/email-preferences/${token}/unsubscribe`);

  const ask = () => guest.post(`/v1/public/email-preferences/${token}/subscribe`);
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await ask()).status);

  expect(statuses).toEqual([202, 202, 202, 202]);
  const { consents, ...rest } = await contact();
  expect(rest).toMatchObject(LEFT);
  expect(consents[0]).toMatchObject({ kind: 'form', source: 'link', to: { status: 'unsubscribed' } });
  const mailed = await api.orm.em.fork().find(Email, { accountId: world.accountId, kind: 'double-opt-in' });
  expect(mailed.map(({ data }) => data.wording)).toEqual([expect.stringContaining('by email again')]);
});

test('a link that we have not signed is none', async () => {
  const { token, contact } = await aSubscriber();
  const [id = '', signature = ''] = token.split('.');
  const forged = [`${world.contactId}.${signature}`, `${id}.${signature.slice(1)}A`, id, `${token}.1`, 'x'];

  for (const one of forged) {
    expect((await guest.get(`/v1/public/email-preferences/${one}`)).status).toBe(404);
    expect((await guest.post(`/v1/public/email-preferences/${one}/unsubscribe`)).status).toBe(404);
    expect((await fetch(`${api.url}/unsubscribe/${one}`, { method: 'POST' })).status).toBe(404);
  }
  expect(await contact()).toMatchObject({ marketingStatus: 'subscribed' });
});

test('the form of the page itself is taken from our own pages only', async () => {
  const { token, contact } = await aSubscriber();
  const { body: settings } = await owner.get('/v1/settings');
  const page = `${api.url}/s/${String((settings as { slug?: string }).slug)}/email-preferences/${token}`;

  expect((await fetch(page, { method: 'POST', redirect: 'manual' })).status).toBe(403);
  expect(await contact()).toMatchObject({ marketingStatus: 'subscribed' });
});

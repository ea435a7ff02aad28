import { beforeEach, describe, expect, test } from '@jest/globals';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import type { OptIn } from '../../workflows/domain/marketing.ts';
import { aContact, aForm as anotherForm, anAccount, T0 } from '../builders/rows.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();

let count = 0;
/** An address that no other test has sent, since what is counted is counted over all. */
let email: string;
beforeEach(() => {
  email = `lin-${process.pid}-${(count += 1)}@example.com`;
});

const WORDING = 'Yes, send me news from Studio by email. I can unsubscribe at any time.';

async function aForm(optIn: OptIn, more: object = {}): Promise<string> {
  return (await owner.post('/v1/forms', { name: 'Foot of the blog', optIn, ...more })).body.id;
}

const send = (formId: string, body: object = {}) => guest.post(`/v1/forms/${formId}/submissions`, { email, ...body });

async function contact() {
  const [listed] = (await owner.get(`/v1/contacts?email=${encodeURIComponent(email)}`)).body.data;
  return listed ? (await owner.get(`/v1/contacts/${listed.id}`)).body : null;
}
const standing = async () => {
  const found = await contact();
  return found && [found.marketingStatus, found.unsubscribedReason];
};

const mailed = () => api.orm.em.fork().find(Email, { accountId: world.accountId, kind: 'double-opt-in' });

/** Presses the button behind a link that was mailed: its token is made as sending makes it. */
async function aLink(): Promise<string> {
  const em = api.orm.em.fork();
  const { id: contactId } = await em.findOneOrFail(Contact, { accountId: world.accountId, email });
  const { accountId } = world;
  return (await createLoginToken(em, { accountId, contactId, kind: 'confirm_opt_in', now: T0 })).token;
}
const confirm = (token: string) => guest.post('/v1/public/confirm-subscription', { token });

const kept = (status: object) => ({ marketingStatus: 'unsubscribed', ...status });
const someone = (status: object = {}) => aContact(api.orm.em.fork(), world.accountId, { email, name: null, ...status });

describe('a form', () => {
  test('is made with words of its own, changed, listed and deleted', async () => {
    const made = await owner.post('/v1/forms', { name: 'Blog', optIn: 'single' });
    const { id } = made.body;

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ optIn: 'single', heading: 'News from Studio', wording: WORDING, submissions: 0 });
    expect((await owner.patch(`/v1/forms/${id}`, { optIn: 'double' })).body).toMatchObject({
      name: 'Blog',
      optIn: 'double',
    });
    expect((await owner.get('/v1/forms')).body.data.map((one) => one.id)).toEqual([id]);
    expect((await owner.delete(`/v1/forms/${id}`)).status).toBe(204);
    expect((await owner.get(`/v1/forms/${id}`)).status).toBe(404);
    expect((await send(id)).status).toBe(404);
    expect((await owner.get('/v1/forms')).body.data).toEqual([]);
  });

  test('is for support and above, and no form is another account’s', async () => {
    const id = await aForm('double');
    const { accountId } = await anAccount(api.orm.em.fork(), { name: 'Other' });
    await api.orm.em.fork().execute('update forms set account_id = ? where id = ?', [accountId, id]);

    expect((await api.client(world.keys.assistant).get('/v1/forms')).status).toBe(403);
    expect((await api.client(world.keys.support).get('/v1/forms')).status).toBe(200);
    for (const answer of [await owner.get(`/v1/forms/${id}`), await owner.delete(`/v1/forms/${id}`)])
      expect(answer.status).toBe(404);
  });

  test('shows strangers what it says, and nothing of how often it was sent', async () => {
    const id = await aForm('double');

    const { body } = await guest.get(`/v1/public/forms/${id}`);

    expect(body).toEqual({
      id,
      optIn: 'double',
      heading: 'News from Studio',
      wording: WORDING,
      button: 'Subscribe',
      site: expect.anything(),
    });
  });

  test('of an account that is closed or suspended takes nobody', async () => {
    const id = await aForm('single');
    await api.orm.em.fork().nativeUpdate(Account, { id: world.accountId }, { suspendedAt: T0 });

    expect((await send(id)).status).toBe(404);
    expect((await guest.get(`/v1/public/forms/${id}`)).status).toBe(404);
  });
});

describe('sending one [R3.8]', () => {
  test('with single opt-in subscribes at once, with the words that were shown; nothing is mailed', async () => {
    const id = await aForm('single', { wording: 'I want your news.' });

    const { status, body } = await send(id, { name: 'Lin' });
    await owner.patch(`/v1/forms/${id}`, { wording: 'I want all of it.' });

    expect([status, body]).toEqual([202, {}]);
    expect(await contact()).toMatchObject({ name: 'Lin', marketingStatus: 'subscribed', isCustomer: false });
    expect((await contact())?.consents).toEqual([
      expect.objectContaining({ kind: 'form', source: 'form', formId: id, wording: 'I want your news.', email }),
    ]);
    expect(await mailed()).toEqual([]);
    expect((await owner.get(`/v1/forms/${id}`)).body.submissions).toBe(1);
  });

  test('with double opt-in waits until they confirm, once, by the mailed link', async () => {
    await send(await aForm('double'));
    expect(await standing()).toEqual(['unconfirmed', null]);
    expect(await mailed()).toHaveLength(1);
    const token = await aLink();

    const confirmed = await confirm(token);

    expect([confirmed.status, confirmed.body.email]).toEqual([200, email]);
    expect(await standing()).toEqual(['subscribed', null]);
    expect((await contact())?.consents).toEqual([
      expect.objectContaining({ kind: 'confirmed', source: 'link', wording: WORDING }),
      expect.objectContaining({ kind: 'form', source: 'form' }),
    ]);
    expect(await confirm(token)).toMatchObject({ status: 422, body: { code: 'token_invalid' } });
  });

  test.each([
    ['opted_out', 'single'],
    ['hard_bounce', 'double'],
    ['complaint', 'single'],
    ['manual', 'double'],
  ] as const)(
    'whoever has unsubscribed (%s) comes back only by confirming, by a %s form too [R3.6]',
    async (reason, optIn) => {
      await someone(kept({ unsubscribedReason: reason }));

      await send(await aForm(optIn));
      expect(await standing()).toEqual(['unsubscribed', reason]);
      expect(await mailed()).toHaveLength(1);
      await confirm(await aLink());

      expect(await standing()).toEqual(['subscribed', null]);
    },
  );

  test('no form lowers what there is: whoever is subscribed stays so, and is mailed nothing', async () => {
    await someone({ marketingStatus: 'subscribed' });

    await send(await aForm('double'));

    expect(await standing()).toEqual(['subscribed', null]);
    expect(await mailed()).toEqual([]);
  });

  test('a link of before somebody unsubscribed confirms nothing any more', async () => {
    await send(await aForm('double'));
    const token = await aLink();
    const { id } = (await contact()) ?? { id: '' };
    await owner.post(`/v1/contacts/${id}/unsubscribe`);

    expect((await confirm(token)).status).toBe(422);
    expect(await standing()).toEqual(['unsubscribed', 'manual']);
  });

  test('answers the same for whoever is known, unknown, subscribed, unsubscribed, or a program', async () => {
    const id = await aForm('double');
    const answers = [await send(id)];
    await owner.post(`/v1/contacts/${(await contact())?.id}/unsubscribe`);
    answers.push(await send(id), await send(id, { website: 'https://spam.example' }));
    await api.orm.em
      .fork()
      .nativeUpdate(Contact, { email }, { marketingStatus: 'subscribed', unsubscribedReason: null });
    answers.push(await send(id));

    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(new Set(['[202,{}]']));
  });

  test('what a program has filled in does nothing', async () => {
    const id = await aForm('single');

    await send(id, { website: 'https://spam.example' });

    expect(await contact()).toBeNull();
    expect((await owner.get(`/v1/forms/${id}`)).body.submissions).toBe(0);
  });

  test('a customer’s name is not a stranger’s to write', async () => {
    await someone({ customerSince: T0 });

    await send(await aForm('single'), { name: 'Mallory' });

    expect(await contact()).toMatchObject({ name: null, marketingStatus: 'subscribed' });
  });

  test('an address that is none is refused where it stands', async () => {
    const { status, body } = await send(await aForm('single'), { email: 'nobody' });

    expect([status, body.errors]).toEqual([422, [{ field: 'email', message: 'must be an email address' }]]);
  });

  test('the same address at once is one contact with one email', async () => {
    const id = await aForm('double');

    const answers = await Promise.all([1, 2, 3].map(() => send(id)));

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await mailed()).toHaveLength(1);
    expect((await contact())?.consents).toHaveLength(3);
  });

  test('an address counts five times an hour with a form, over all processes; more leaves nothing', async () => {
    const id = await aForm('double');
    for (let n = 0; n < 7; n += 1) expect((await send(id)).status).toBe(202);

    expect((await owner.get(`/v1/forms/${id}`)).body.submissions).toBe(5);
  });
});

describe('sent by whoever is logged in [R17.1]', () => {
  const logIn = async (contactId: string): Promise<string> => {
    const of = { accountId: world.accountId, contactId, kind: 'login', now: T0 } as const;
    const { token } = await createLoginToken(api.orm.em.fork(), of);
    return (await guest.post('/v1/login-links/exchange', { token })).body.token;
  };
  const done = async (contactId: string) =>
    (await owner.get(`/v1/contacts/${contactId}/activity`)).body.data.map((one) => (one as { kind?: string }).kind);

  test('it subscribes their own address and counts as activity; a stranger with the address counts as none', async () => {
    const [formId, contactId] = [await aForm('single'), await someone({ customerSince: T0 })];
    const ada = api.client(await logIn(contactId));
    await send(formId);
    expect(await done(contactId)).toEqual(['login']);

    const { status } = await ada.post(`/v1/me/forms/${formId}/submissions`);

    expect([status, await standing()]).toEqual([202, ['subscribed', null]]);
    expect((await done(contactId)).toSorted()).toEqual(['login', 'opted_in']);
  });

  test('beyond five times an hour it counts no more, and no form of another account is theirs', async () => {
    const [formId, contactId] = [await aForm('single'), await someone({ customerSince: T0 })];
    const { accountId } = await anAccount(api.orm.em.fork());
    const ada = api.client(await logIn(contactId));
    for (let sent = 0; sent < 6; sent += 1) await ada.post(`/v1/me/forms/${formId}/submissions`);
    const other = await anotherForm(api.orm.em.fork(), accountId);

    expect((await ada.post(`/v1/me/forms/${other}/submissions`)).status).toBe(404);
    expect((await done(contactId)).filter((kind) => kind === 'opted_in')).toHaveLength(5);
  });
});

test('the form of another page is taken, in the names of its snippet; the answer is a page', async () => {
  const id = await aForm('single');
  const { url } = (await owner.get(`/v1/forms/${id}`)).body as unknown as { url: string };
  const body = new URLSearchParams({ email, 'name@text?': 'Lin', website: '' });

  const sent = await fetch(`${api.url}${new URL(url).pathname}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: 'https://blog.example' },
  });

  expect([sent.status, sent.headers.get('location')]).toEqual([303, `${new URL(url).pathname}?sent=yes`]);
  expect(await contact()).toMatchObject({ name: 'Lin', marketingStatus: 'subscribed' });
});

import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ApiLoginCause, ApiLoginHelp } from '../../api/people/login-help-schema.ts';
import { signedByResend } from '../api/a-stranger.ts';
import { eraseContacts } from '../../activities/people/erase-contacts.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type OfferWish, type Site } from './a-site.ts';
import { loginTokenOf } from './as-customer.ts';
import { merge, mergeSoon, twoOfOne } from './two-contacts.ts';
import { town, useTown } from './use-town.ts';

useTown();

const PASSWORD = 'quartz lantern on the hill';
const OFF = ['upcoming-payment', 'member-welcome'];

type Someone = { site: Site; email: string; contactId: string; purchaseId: string };

async function someone(site: Site, purchaseId: string): Promise<Someone> {
  const { contact } = await site.read(purchaseId);
  return { site, email: contact.email, contactId: contact.id, purchaseId };
}

/** Somebody new who was granted an offer, and welcomed unless `options` say otherwise. */
async function granted(site: Site, options: object = {}, wish: OfferWish = {}): Promise<Someone> {
  const { id: offerId } = await site.offer(wish);
  const asked = { offerId, email: site.newEmail(), ...options };
  const { purchase } = await site.must<{ purchase: { id: string } }>(site.owner.post('/v1/grants', asked));
  await site.quiet();
  return someone(site, purchase.id);
}

/** As support reads it: by the contact, and by the address. */
async function causesOf({ site, contactId, email }: Someone): Promise<ApiLoginCause[]> {
  const { support } = site.clients;
  const help = await site.must<ApiLoginHelp>(support.get(`/v1/contacts/${contactId}/login-help`));
  const query = new URLSearchParams({ email }).toString();
  expect(await site.must(support.get(`/v1/login-help?${query}`))).toEqual(help);
  return help.causes;
}

const codesOf = async (of: Someone) => (await causesOf(of)).map(({ code }) => code);

async function causeOf(of: Someone, wanted: ApiLoginCause['code']): Promise<ApiLoginCause> {
  const found = (await causesOf(of)).find(({ code }) => code === wanted);
  if (!found) throw new Error(`${wanted} is no cause`);
  return found;
}

/** Presses the button of a cause, as support does. */
async function press(site: Site, { nextStep: { method, path } }: ApiLoginCause): Promise<number> {
  expect(method).toBe('POST');
  const { status } = await site.clients.support.post(path ?? '', path?.endsWith('/restore') ? {} : undefined);
  await site.quiet();
  return status;
}

async function emailOf({ site, purchaseId }: Someone, kind: string): Promise<string> {
  const found = (await site.emailsOf(purchaseId)).findLast((email) => email.kind === kind);
  return found?.id ?? '';
}

/** What the provider reports of an email, signed as it signs. */
async function reports(type: string, emailId: string, more: object = {}): Promise<void> {
  const data = { email_id: await providerIdOf(emailId), tags: { email_id: emailId }, ...more };
  const body = JSON.stringify({ type: `email.${type}`, created_at: new Date().toISOString(), data });
  const init = { method: 'POST', body, headers: signedByResend(body) };
  expect((await fetch(`${town.apiUrl}/webhooks/resend`, init)).status).toBe(200);
}

async function providerIdOf(emailId: string): Promise<string> {
  const sql = town.deps.orm.em.fork();
  const [row] = await sql.execute<{ provider_id: string }[]>('select provider_id from emails where id = ?', [emailId]);
  return row?.provider_id ?? '';
}

async function tokenIn(email: string, page: string): Promise<string> {
  const what = new RegExp(`/${page}\\?token=([\\w-]+)`);
  const texts = (await town.mailbox.emails(email)).map(({ text }) => what.exec(text ?? '')?.[1]);
  return texts.find((token) => token !== undefined) ?? '';
}

const guest = () => town.client(null);
const setPassword = async (email: string, page = 'set-password') =>
  guest().post('/v1/set-password', { token: await tokenIn(email, page), password: PASSWORD });
const logIn = (email: string, password = PASSWORD) => guest().post('/v1/customer-sessions', { email, password });

test('who bought got no welcome; a login link, sent by the button, lets them in and set a password', async () => {
  const site = await aSite(town);
  const ada = await someone(site, await site.buy(await site.offer()));
  const cause = await causeOf(ada, 'bought_not_granted');
  expect(cause).toMatchObject({
    at: '2027-01-31T09:00:00.000Z',
    evidence: { purchaseId: ada.purchaseId, emailId: await emailOf(ada, 'purchase-confirmation') },
    nextStep: { kind: 'send_login_link', method: 'POST', path: `/v1/contacts/${ada.contactId}/login-link` },
  });
  expect(await codesOf(ada)).toEqual(['bought_not_granted', 'never_set_password']);

  expect(await press(site, cause)).toBe(202);
  const token = await eventually(() => tokenIn(ada.email, 'login'));
  const { body } = await guest().post('/v1/login-links/exchange', { token });
  expect((await town.client(body.token).post('/v1/me/password', { password: PASSWORD })).status).toBe(200);

  expect(await causesOf(ada)).toMatchObject([
    { code: 'login_fine', evidence: { lastLoginAt: '2027-01-31T09:00:00.000Z' } },
  ]);
});

test('a welcome that was switched off or skipped is named, with who did it', async () => {
  const site = await aSite(town);
  const skipped = await granted(site, { skipWelcome: true });
  const byOffer = await granted(site, {}, { emailsOff: ['member-welcome'] });
  await site.must(site.owner.patch('/v1/settings', { emailsOff: OFF }));
  const byAccount = await granted(site);

  const causes = [];
  for (const one of [skipped, byOffer, byAccount]) causes.push(await causeOf(one, 'welcome_off'));

  expect(causes.map(({ evidence, nextStep }) => [evidence.switchedOffBy, nextStep.kind, nextStep.method])).toEqual([
    ['grant', 'send_login_link', 'POST'],
    ['offer', 'switch_email_on', 'PATCH'],
    ['account', 'switch_email_on', 'PATCH'],
  ]);
});

test('what became of the welcome is told in the words of the provider', async () => {
  const site = await aSite(town);
  const whom = {
    delivery_delayed: await granted(site),
    failed: await granted(site),
    complained: await granted(site),
    suppressed: await granted(site),
    bounced: await granted(site),
  };
  const bounce = { type: 'Permanent', subType: 'General', message: 'There is no such mailbox' };
  const more = { bounce, failed: { reason: 'daily_quota' }, suppressed: { message: 'On the list', type: 'x' } };
  for (const [type, one] of Object.entries(whom)) await reports(type, await emailOf(one, 'member-welcome'), more);

  expect(await causeOf(whom.bounced, 'email_bounced')).toMatchObject({
    evidence: {
      emailId: await emailOf(whom.bounced, 'member-welcome'),
      sentAt: '2027-01-31T09:00:00.000Z',
      providerText: 'permanent: There is no such mailbox',
    },
    nextStep: { kind: 'correct_address', method: 'PATCH', path: `/v1/contacts/${whom.bounced.contactId}` },
  });
  expect([
    (await codesOf(whom.delivery_delayed))[0],
    (await codesOf(whom.failed))[0],
    (await codesOf(whom.complained))[0],
    (await codesOf(whom.suppressed))[0],
  ]).toEqual(['email_delayed', 'email_failed', 'email_complained', 'email_suppressed']);
  expect(await press(site, await causeOf(whom.failed, 'email_failed'))).toBe(202);
  expect(await codesOf(whom.failed)).toEqual(['never_set_password']);

  // Corrected, the address begins anew, and the next email goes there.
  const email = site.newEmail();
  await site.must(site.owner.patch(`/v1/contacts/${whom.bounced.contactId}`, { email }));
  const moved = { ...whom.bounced, email };
  expect(await codesOf(moved)).toEqual(['never_set_password']);
  expect(await press(site, await causeOf(moved, 'never_set_password'))).toBe(202);
  await eventually(async () => (await town.mailbox.emails(email)).length > 0);
});

test('an email that the provider has not taken yet is on its way', async () => {
  const site = await aSite(town);
  const { id: offerId } = await site.offer();
  const email = site.newEmail();
  await town.mailbox.fault({ kind: 'hang', to: email, times: null });
  const { purchase } = await site.must<{ purchase: { id: string } }>(site.owner.post('/v1/grants', { offerId, email }));

  expect(await codesOf(await someone(site, purchase.id))).toContain('email_queued');
});

test('an address that nobody has is told with those that are nearly the same', async () => {
  const site = await aSite(town);
  const { email, contactId } = await granted(site);
  const [name = ''] = email.split('@');
  const asked = [
    `${name.slice(0, -1)}@example.com`,
    `${name}@example.org`,
    `${name}+shop@example.com`,
    site.newEmail(),
  ];

  const found = [];
  for (const address of asked) {
    const query = new URLSearchParams({ email: address }).toString();
    const help = await site.must<ApiLoginHelp>(site.clients.support.get(`/v1/login-help?${query}`));
    expect([help.contactId, help.causes[0]?.code]).toEqual([null, 'no_such_contact']);
    found.push(help.causes[0]?.evidence.nearMatches);
  }

  const near = [{ contactId, email, isCustomer: true }];
  expect(found).toEqual([near, near, near, []]);
});

test('a contact who is no customer, and one who was erased', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const { id: contactId } = await site.must<{ id: string }>(site.owner.post('/v1/contacts', { email }), 201);
  const lead = { site, email, contactId, purchaseId: '' };
  expect(await causesOf(lead)).toMatchObject([{ code: 'not_customer', nextStep: { path: '/v1/grants' } }]);
  const link = await site.clients.support.post(`/v1/contacts/${contactId}/login-link`);
  expect([link.status, link.body.code]).toEqual([409, 'wrong_state']);

  await site.must(site.owner.post(`/v1/contacts/${contactId}/erase`, {}), 202);
  const help = () => site.must<ApiLoginHelp>(site.clients.support.get(`/v1/contacts/${contactId}/login-help`));
  await eventually(() => eraseContacts(town.deps));
  expect(await help()).toMatchObject({ causes: [{ code: 'erased', nextStep: { kind: 'ask_for_address' } }] });
});

test('an address that was merged leads to the contact that stays', async () => {
  const site = await aSite(town);
  const { goes, stays, oldEmail, email } = await twoOfOne(site);
  await site.must(merge(site, goes, stays), 202);
  expect(await mergeSoon(site, goes)).toBe('done');

  const help = await site.must<ApiLoginHelp>(site.clients.support.get(`/v1/contacts/${goes}/login-help`));

  expect(help).toMatchObject({
    contactId: stays,
    email: oldEmail,
    causes: [{ code: 'merged', evidence: { nearMatches: [{ contactId: stays, email, isCustomer: true }] } }, {}, {}],
  });
});

test('a welcome whose link is over is sent again; the link that was opened is told when it is tried again', async () => {
  const site = await aSite(town);
  const ada = await granted(site);
  expect(await codesOf(ada)).toEqual(['never_set_password']);
  const late = await tokenIn(ada.email, 'set-password');
  await site.moveTo('2027-02-08T09:00:00.000Z');
  await guest().post('/v1/set-password', { token: late, password: PASSWORD });

  const cause = await causeOf(ada, 'link_expired');
  expect(cause).toMatchObject({
    at: '2027-02-07T09:00:00.000Z',
    evidence: { sentAt: '2027-01-31T09:00:00.000Z', linkRefusedAt: '2027-02-08T09:00:00.000Z' },
    nextStep: { kind: 'send_welcome_again' },
  });
  expect(await press(site, cause)).toBe(202);
  const token = await eventually(async () => {
    const texts = (await town.mailbox.emails(ada.email)).map(({ text }) => text ?? '');
    const tokens = texts.flatMap((text) => /set-password\?token=([\w-]+)/.exec(text)?.[1] ?? []);
    return tokens.find((one) => one !== late);
  });
  expect((await guest().post('/v1/set-password', { token, password: PASSWORD })).status).toBe(200);
  expect(await codesOf(ada)).toEqual(['login_fine']);

  await site.moveTo('2027-02-08T10:00:00.000Z');
  await guest().post('/v1/set-password', { token, password: PASSWORD });
  expect(await causesOf(ada)).toMatchObject([
    { code: 'link_opened', evidence: { linkOpenedAt: '2027-02-08T09:00:00.000Z' } },
  ]);
});

test('who is locked out is let in again by the button', async () => {
  const site = await aSite(town);
  const ada = await granted(site);
  await setPassword(ada.email);
  for (let tries = 0; tries < 5; tries += 1) await logIn(ada.email, 'not my password');
  expect((await logIn(ada.email)).status).toBe(429);

  const cause = await causeOf(ada, 'locked_out');

  expect(cause.evidence.until! > new Date().toISOString()).toBe(true);
  expect(await press(site, cause)).toBe(200);
  expect((await logIn(ada.email)).status).toBe(200);
  expect(await codesOf(ada)).toEqual(['login_fine']);
});

test('a login that is fine where access is closed says by which block, and how it opens', async () => {
  const site = await aSite(town);
  const ada = await granted(site);
  await guest().post('/v1/login-links/exchange', { token: await loginTokenOf(site, ada.purchaseId) });
  await setPassword(ada.email);
  await site.ask(ada.purchaseId, 'revoke', { reason: 'Shared the login' });

  const cause = await causeOf(ada, 'access_blocked');

  expect(cause).toMatchObject({
    evidence: { purchaseId: ada.purchaseId, productName: 'Course 1', blocks: [{ source: 'revoked' }] },
    nextStep: { kind: 'restore_access', method: 'POST', path: `/v1/purchases/${ada.purchaseId}/restore` },
  });
  expect(await press(site, cause)).toBe(200);
  expect(await codesOf(ada)).toEqual(['login_fine']);
});

test('nobody without the role asks, and nobody of another account', async () => {
  const [site, other] = [await aSite(town), await aSite(town)];
  const { contactId, email } = await granted(site);
  const path = `/v1/contacts/${contactId}/login-help`;
  const query = new URLSearchParams({ email }).toString();

  expect((await site.clients.assistant.get(path)).status).toBe(403);
  expect((await other.owner.get(path)).status).toBe(404);
  expect((await other.owner.post(`/v1/contacts/${contactId}/login-link`)).status).toBe(404);
  expect((await other.owner.post(`/v1/contacts/${contactId}/unlock`)).status).toBe(404);
  expect(await other.must(other.owner.get(`/v1/login-help?${query}`))).toMatchObject({
    contactId: null,
    causes: [{ code: 'no_such_contact', evidence: { nearMatches: [] } }],
  });
  expect((await site.owner.get(`/v1/contacts/${uuid()}/login-help`)).status).toBe(404);
});

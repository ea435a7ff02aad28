import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { createSuppressions } from '../../activities/gateways/resend-suppressions.ts';
import { applyResendEvent } from '../../api/webhooks/email-events.ts';
import { Contact } from '../../db/entities/contact.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import { aContact, anEmail, T0 } from '../builders/rows.ts';
import { mailbox, resend, useMailbox } from '../sandbox/mailbox/use-mailbox.ts';
import { aWorld } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();
useMailbox();

let contactId: string;
let email: string;
beforeEach(async () => {
  email = `grace-${uuid()}@example.com`;
  contactId = await aContact(api.orm.em.fork(), world.accountId, { email, marketingStatus: 'subscribed' });
  api.onLift((address) => gateway().lift(address));
});
afterEach(() => api.onLift(async () => ({ kind: 'lifted' })));

const gateway = (apiKey = 're_sandbox', baseUrl = mailbox.url) =>
  createSuppressions({ apiKey, baseUrl, timeoutMs: 2_000 });

/** An email to them that Resend has taken, `day` days after T0. */
async function sent(day = 0): Promise<string> {
  const message = { from: 'a@site.example', to: email, subject: 'Receipt', text: 'Thank you' };
  const providerId = (await resend.emails.send(message)).data?.id ?? '';
  const row = { accountId: world.accountId, recipientId: contactId, sentAt: addDays(T0, day), providerId };
  return anEmail(api.orm.em.fork(), { ...row, id: providerId, state: 'sent' });
}

/** What Resend then does with the address, and tells us. */
async function report(emailId: string, kind: 'bounced' | 'complained' | 'suppressed' | 'delivered'): Promise<void> {
  if (kind === 'bounced' || kind === 'complained')
    await mailbox.control('POST', `/emails/${emailId}/events`, { type: `email.${kind}` });
  const event = { id: 'msg_1', occurredAt: T0, emailId, providerId: emailId, kind, isPermanent: true, message: 'No' };
  await applyResendEvent(api.orm.em.fork(), event, T0);
}

type Row = { reason: string; since: string };
const listed = async () => (await owner.get(`/v1/suppressions?contactId=${contactId}`)).body.data as unknown as Row[];
const lift = (reason = 'Their mailbox is back', of = contactId) =>
  owner.post(`/v1/suppressions/${of}/lift`, { reason });
const fateOfNext = async () => (await mailbox.emails(email)).at(0)?.events.at(-1);

test('an address that bounced is listed, and written to again once an owner has it lifted [R3.5]', async () => {
  const emailId = await sent();
  await report(emailId, 'bounced');
  await sent(1);
  expect(await fateOfNext()).toBe('email.suppressed');
  expect(await listed()).toEqual([
    expect.objectContaining({ contactId, email, reason: 'bounce', emailId, since: expect.any(String) }),
  ]);

  const lifted = await lift();

  expect(lifted).toMatchObject({
    status: 200,
    body: { contactId, reason: 'Their mailbox is back', by: { kind: 'api_key' } },
  });
  expect(await listed()).toEqual([]);
  await sent(2);
  expect(await fateOfNext()).toBe('email.delivered');
  const { body } = await owner.get(`/v1/contacts/${contactId}`);
  expect([body.marketingStatus, body.unsubscribedReason]).toEqual(['unsubscribed', 'hard_bounce']);
  const timeline = (await owner.get(`/v1/contacts/${contactId}/timeline`)).body.data;
  expect(timeline).toContainEqual(expect.objectContaining({ kind: 'lift' }));
});

test('lifting twice, or at once, is one lift; a report that comes again brings nothing back', async () => {
  const emailId = await sent();
  await report(emailId, 'complained');
  expect((await listed())[0]?.reason).toBe('complaint');

  const both = await Promise.all([lift('One'), lift('Two')]);
  const third = await lift('Three');

  expect(new Set([...both, third].map(({ body }) => body.id)).size).toBe(1);
  expect((await owner.get(`/v1/suppression-lifts?contactId=${contactId}`)).body.data).toHaveLength(1);
  await applyResendEvent(
    api.orm.em.fork(),
    { id: 'msg_1', occurredAt: T0, emailId, providerId: emailId, kind: 'complained' },
    T0,
  );
  expect(await listed()).toEqual([]);
  await report(await sent(), 'bounced');
  expect(await listed()).toHaveLength(1);
});

test('what the provider does not send is listed without a cause, and can be sent again after the lift', async () => {
  const emailId = await sent();
  await report(emailId, 'suppressed');
  expect((await listed())[0]?.reason).toBe('listed');

  await lift();

  expect(await owner.post(`/v1/emails/${emailId}/resend`)).toMatchObject({ status: 202, body: { resendOf: emailId } });
});

test('where the provider gives no answer it is 503, and nothing has changed', async () => {
  await report(await sent(), 'bounced');
  const gone = mailbox.url.replace(/\d+$/, '1');

  for (const [away, words] of [
    [gateway('re_sandbox', gone), /provider could not be asked/],
    [gateway('wrong'), /403 invalid_api_key/],
  ] as const) {
    api.onLift((address) => away.lift(address));
    expect(await lift()).toMatchObject({
      status: 503,
      body: { code: 'unavailable', detail: expect.stringMatching(words) },
    });
  }
  expect(await listed()).toHaveLength(1);
});

test('what is reported while the provider is asked stays listed', async () => {
  await report(await sent(), 'bounced');
  api.onLift(async (address) => {
    const outcome = await gateway().lift(address);
    await report(await sent(), 'complained');
    return outcome;
  });

  await lift();

  expect((await listed())[0]?.reason).toBe('complaint');
});

test('an earlier address, a later delivery and somebody who was erased are not listed', async () => {
  const em = api.orm.em.fork();
  await report(await sent(), 'bounced');
  await em.nativeUpdate(Contact, { id: contactId }, { addressSince: addDays(T0, 1) });
  expect(await listed()).toEqual([]);

  await em.nativeUpdate(Contact, { id: contactId }, { addressSince: null });
  expect(await listed()).toHaveLength(1);
  const later = await sent(4000);
  await report(later, 'delivered');
  expect(await listed()).toEqual([]);
  await report(later, 'complained');
  await em.nativeUpdate(Contact, { id: contactId }, { erasedAt: T0 });
  expect(await listed()).toEqual([]);
});

test('they are paged, the latest first', async () => {
  const em = api.orm.em.fork();
  for (const name of ['One', 'Two', 'Three']) {
    const recipientId = await aContact(em, world.accountId, { name });
    const id = uuid();
    await anEmail(em, { accountId: world.accountId, recipientId, id, providerId: id, state: 'sent', sentAt: T0 });
    await report(id, 'suppressed');
  }

  const first = (await owner.get('/v1/suppressions?limit=2')).body;
  const second = (await owner.get(`/v1/suppressions?limit=2&cursor=${first.nextCursor}`)).body;

  const all = ([...first.data, ...second.data] as unknown as Row[]).map(({ since }) => since);
  expect(all).toHaveLength(3);
  expect(all).toEqual(all.toSorted().toReversed());
  expect(second.nextCursor).toBeNull();
});

test('nobody sees or lifts what another account has, and who was never listed is 404 [R24.3]', async () => {
  await report(await sent(), 'bounced');
  const other = await aWorld(api.orm);
  const stranger = api.client(other.keys.owner);

  expect((await stranger.get('/v1/suppressions')).body.data).toEqual([]);
  expect((await stranger.get(`/v1/suppressions?contactId=${contactId}`)).body.data).toEqual([]);
  expect(await stranger.post(`/v1/suppressions/${contactId}/lift`, { reason: 'x' })).toMatchObject({ status: 404 });
  expect(await lift('Never', world.contactId)).toMatchObject({ status: 404 });
  expect(await lift('   ')).toMatchObject({ status: 422 });
  expect(await listed()).toHaveLength(1);
});

test.each(ROLES)('%s: owners and operators lift; who reads emails reads the list', async (role) => {
  await report(await sent(), 'bounced');
  const headers = role === 'operator' ? { 'perennial-account': world.accountId } : {};
  const asked = api.client(world.keys[role], headers);

  const [read, lifts] = await Promise.all([asked.get('/v1/suppressions'), asked.get('/v1/suppression-lifts')]);
  const written = await asked.post(`/v1/suppressions/${contactId}/lift`, { reason: 'x' });

  expect([read.status, lifts.status]).toEqual(role === 'assistant' ? [403, 403] : [200, 200]);
  expect(written.status).toBe(role === 'owner' || role === 'operator' ? 200 : 403);
});

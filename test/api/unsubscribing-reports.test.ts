import { beforeEach, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ResendEvent } from '../../activities/gateways/resend-events.ts';
import { applyResendEvent } from '../../api/webhooks/email-events.ts';
import { Contact } from '../../db/entities/contact.ts';
import { changeMarketing } from '../../db/people/change-marketing.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import { scopeTo } from '../../db/account-scope.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { aContact, anEmail, T0 } from '../builders/rows.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

let contactId: string;
beforeEach(async () => {
  contactId = await aContact(api.orm.em.fork(), world.accountId, { marketingStatus: 'subscribed' });
});

/** An email to them that was sent `day` days after T0. */
async function sent(day = 0, recipientKind: 'contact' | 'admin' = 'contact'): Promise<string> {
  const id = uuid();
  const row = { accountId: world.accountId, recipientId: contactId, recipientKind, sentAt: addDays(T0, day) };
  await anEmail(api.orm.em.fork(), { ...row, id, state: 'sent', providerId: `re_${id}` });
  return id;
}

const report = (emailId: string, event: object) =>
  applyResendEvent(
    api.orm.em.fork(),
    { id: 'msg_1', occurredAt: T0, emailId, providerId: `re_${emailId}`, ...event } as ResendEvent,
    T0,
  );
const bounce = (emailId: string, isPermanent = true) =>
  report(emailId, { kind: 'bounced', isPermanent, message: 'No such mailbox' });
const complain = (emailId: string) => report(emailId, { kind: 'complained' });

const shown = async () => (await owner.get(`/v1/contacts/${contactId}`)).body;
const standing = async () => {
  const { marketingStatus, unsubscribedReason } = await shown();
  return [marketingStatus, unsubscribedReason];
};

const SUBSCRIBED = ['subscribed', null];
const BOUNCED = ['unsubscribed', 'hard_bounce'];
const COMPLAINED = ['unsubscribed', 'complaint'];

/** They come back as only they can. */
async function confirm(at: string): Promise<void> {
  await api.orm.em.fork().transactional(async (tx) => {
    const contact = await lockContactById(scopeTo(tx, world.accountId), contactId);
    const by = { source: 'link', actor: { kind: 'customer', id: contactId }, now: at } as const;
    if (contact) await changeMarketing(tx, contact, { change: { kind: 'confirmed' }, ...by });
  });
}

test('one permanent bounce unsubscribes, and says why; passing ones never do [R3.5]', async () => {
  for (const day of [0, 1, 2]) await bounce(await sent(day), false);
  expect(await standing()).toEqual(SUBSCRIBED);

  await bounce(await sent(3));

  expect(await standing()).toEqual(BOUNCED);
  expect((await shown()).consents).toEqual([
    expect.objectContaining({
      kind: 'hard_bounced',
      source: 'provider',
      by: expect.objectContaining({ kind: 'system' }),
    }),
  ]);
});

test('one complaint unsubscribes, whatever the setting says', async () => {
  await owner.patch('/v1/settings', { bounceLimit: { count: 5 } });

  await complain(await sent());

  expect(await standing()).toEqual(COMPLAINED);
});

test('repeated and late reports change nothing; the first reason stays', async () => {
  const email = await sent();
  await complain(email);
  await complain(email);
  await bounce(email);
  await report(email, { kind: 'delivered' });

  expect(await standing()).toEqual(COMPLAINED);
  expect((await shown()).consents).toHaveLength(1);
});

test('a report that comes again after they came back does not unsubscribe them again', async () => {
  const [bounced, complained] = [await sent(), await sent(1)];
  await bounce(bounced);
  await complain(complained);
  await confirm(addDays(T0, 2));

  await bounce(bounced);
  await complain(complained);

  expect(await standing()).toEqual(SUBSCRIBED);
});

test('an email of before they confirmed that bounces only now is no bounce of theirs', async () => {
  const early = await sent(0);
  await confirm(addDays(T0, 1));
  await bounce(early);
  expect(await standing()).toEqual(SUBSCRIBED);

  await bounce(await sent(2));

  expect(await standing()).toEqual(BOUNCED);
});

test.each([
  ['as they were sent', [0, 4, 9]],
  ['in another order', [9, 0, 4]],
])('several within days where the setting says so, %s', async (_order, days) => {
  await owner.patch('/v1/settings', { bounceLimit: { count: 3, days: 10 } });
  const before: unknown[] = [];
  for (const day of days) {
    before.push(await standing());
    const email = await sent(day);
    await Promise.all([bounce(email), bounce(email)]);
  }

  expect(before).toEqual([SUBSCRIBED, SUBSCRIBED, SUBSCRIBED]);
  expect(await standing()).toEqual(BOUNCED);
});

test('several over more days than that are none', async () => {
  await owner.patch('/v1/settings', { bounceLimit: { count: 3, days: 10 } });
  for (const day of [0, 4, 10]) await bounce(await sent(day));

  expect(await standing()).toEqual(SUBSCRIBED);
});

test('what was sent to an earlier address says nothing of the one that they have', async () => {
  const em = api.orm.em.fork();
  await em.nativeUpdate(Contact, { id: contactId }, { addressSince: addDays(T0, 5) });
  await bounce(await sent(1));
  await complain(await sent(2));
  expect(await standing()).toEqual(SUBSCRIBED);

  await bounce(await sent(6));

  expect(await standing()).toEqual(BOUNCED);
});

test('another address is theirs from the instant of the change', async () => {
  await owner.patch(`/v1/contacts/${contactId}`, { email: 'ada.at.work@example.com' });

  const { addressSince } = await api.orm.em.fork().findOneOrFail(Contact, { id: contactId });
  expect(addressSince).toEqual(expect.any(String));
});

test('a bounce of an email to an admin is nobody’s of the contacts, and one that never subscribed is unsubscribed', async () => {
  await bounce(await sent(0, 'admin'));
  expect(await standing()).toEqual(SUBSCRIBED);

  await api.orm.em.fork().nativeUpdate(Contact, { id: contactId }, { marketingStatus: 'never_subscribed' });
  await bounce(await sent(1));

  expect(await standing()).toEqual(BOUNCED);
});

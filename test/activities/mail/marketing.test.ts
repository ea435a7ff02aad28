import { expect, test } from '@jest/globals';
import { beginTry, requeueEmail } from '../../../db/mail/emails.ts';
import { readEmail } from '../../../db/mail/email-material.ts';
import { unsubscribeOf } from '../../../db/people/unsubscribe-link.ts';
import { queueLoginLinks } from '../../../db/people/login-links.ts';
import { aBoughtStory } from './a-story.ts';
import { PUBLIC_URL, T0 } from './a-mail-ground.ts';
import { ground, useMailGround } from './use-mail-ground.ts';

useMailGround();

const KEY = { publicUrl: PUBLIC_URL, secretKey: 'a key of tests, which has 32 letters' };
const KEPT = { subject: 'News', html: '<p>News</p>', text: 'News', calendar: null };

const stand = (status: string, reason: string | null = null) =>
  ground.sql('update contacts set marketing_status = ?, unsubscribed_reason = ? where id = ?', [
    status,
    reason,
    ground.ids.contact,
  ]);

/** An email to Ada that only those who subscribed get. */
async function aMarketingEmail(): Promise<string> {
  await aBoughtStory(ground);
  const [id = ''] = await queueLoginLinks(ground.orm.em.fork(), 'ada@example.com', T0);
  await ground.sql('update emails set is_marketing = true where id = ?', [id]);
  return id;
}

const send = (id: string) => ground.activities().sendEmail(id);
const arrived = async (id: string) =>
  (await ground.mailbox.emails()).filter(({ idempotencyKey }) => idempotencyKey === id);

test('whoever has subscribed gets it, with a link and the headers of RFC 8058', async () => {
  const id = await aMarketingEmail();
  await stand('subscribed');

  expect(await send(id)).toEqual({ state: 'sent' });

  const { url } = unsubscribeOf(ground.ids.contact, { ...KEY, emailId: id });
  const [email] = await arrived(id);
  expect(email?.headers).toEqual({
    'List-Unsubscribe': `<${url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(email?.html).toContain(`href="${url}"`);
  expect(email?.text).toContain(url);
});

test('other emails have neither', async () => {
  const { confirmation } = await aBoughtStory(ground);

  await send(confirmation);

  const [email] = await arrived(confirmation);
  expect(email?.headers).toEqual({});
  expect(`${email?.html}${email?.text}`).not.toContain('unsubscribe');
});

test.each([
  ['never_subscribed', null, 'never_subscribed'],
  ['unconfirmed', null, 'unconfirmed'],
  ['unsubscribed', 'opted_out', 'opted_out'],
  ['unsubscribed', 'complaint', 'complaint'],
])('%s (%s): it is not sent, and says why', async (status, reason, why) => {
  const id = await aMarketingEmail();
  await stand(status, reason);

  expect(await send(id)).toEqual({ state: 'suppressed' });

  expect(await ground.email(id)).toMatchObject({ state: 'suppressed', reason: why, attempts: 0 });
  expect(await arrived(id)).toEqual([]);
});

test('the status is read once more by the statement after which it is sent', async () => {
  const id = await aMarketingEmail();
  await stand('subscribed');
  const em = ground.orm.em.fork();
  const found = await readEmail(em, id);
  await stand('unsubscribed', 'opted_out');

  const begun = found && (await beginTry(em, found.row, KEPT, T0));

  expect(begun).toBe(false);
  expect(await send(id)).toEqual({ state: 'suppressed' });
});

test('whoever unsubscribes between two tries gets nothing more; what may have been taken is unknown', async () => {
  const [refused, lost] = [await aMarketingEmail(), await aMarketingEmail()];
  await stand('subscribed');
  await ground.mailbox.fault({ kind: '500' });
  await expect(send(refused)).rejects.toMatchObject({ type: 'MailLater' });
  await ground.mailbox.fault({ kind: 'hang', times: 1 });
  await expect(ground.activities(50).sendEmail(lost)).rejects.toMatchObject({ type: 'MailLater' });
  await stand('unsubscribed', 'opted_out');

  expect(await send(refused)).toEqual({ state: 'suppressed' });
  expect(await send(lost)).toEqual({ state: 'unknown' });
  expect(await arrived(lost)).toEqual([]);
});

test('what is sent again by hand is marketing still', async () => {
  const id = await aMarketingEmail();
  await stand('subscribed');
  await send(id);
  const again = await requeueEmail(ground.orm.em.fork(), id);
  await stand('unsubscribed', 'manual');

  const emailId = again?.kind === 'queued' ? again.emailId : '';

  expect(await send(emailId)).toEqual({ state: 'suppressed' });
  expect(await ground.email(emailId)).toMatchObject({ reason: 'manual' });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutgoingEmail } from '../../../activities/gateways/resend.ts';
import { StripeUnavailable } from '../../../activities/gateways/stripe.ts';
import { createSendEmail } from '../../../activities/mail/send-email.ts';
import { requeueEmail } from '../../../db/mail/emails.ts';
import { addDays, fromMs, toMs } from '../../../workflows/domain/instant.ts';
import { aMailGround, anInvitation, PUBLIC_URL, RECEIPT, T0, type MailGround } from './a-mail-ground.ts';
import { aBoughtStory, aStory } from './a-story.ts';

const HOUR_MS = 60 * 60 * 1000;
const LATER = { type: 'MailLater' };

let ground: MailGround;
let confirmation: string;

beforeAll(async () => {
  ground = await aMailGround();
});

beforeEach(async () => {
  ground.clock.real = T0;
  await ground.mailbox.control('DELETE', '/faults');
  await ground.mailbox.control('DELETE', '/emails');
  ({ confirmation } = await aBoughtStory(ground));
});

afterAll(() => ground.close());

const send = (id = confirmation, timeoutMs?: number) => ground.activities(timeoutMs).sendEmail(id);
const arrived = () => ground.mailbox.emails();
const waitHours = (hours: number) => void (ground.clock.real = fromMs(toMs(T0) + hours * HOUR_MS));

describe('an email', () => {
  test('is rendered, sent with its row as key, and kept as sent', async () => {
    expect(await send()).toEqual({ state: 'sent' });

    const [email, ...others] = await arrived();
    expect(others).toEqual([]);
    expect(email).toMatchObject({
      idempotencyKey: confirmation,
      from: 'Willow <mail@willow.example>',
      to: ['ada@example.com'],
      replyTo: ['help@willow.example'],
      subject: 'Your purchase of Studio Membership',
      tags: [
        { name: 'kind', value: 'purchase-confirmation' },
        { name: 'email_id', value: confirmation },
      ],
    });
    expect(email?.text).toContain(`${PUBLIC_URL}/s/willow-wheel/login`);
    expect(email?.text).not.toContain('token');
    expect(await ground.email(confirmation)).toMatchObject({
      state: 'sent',
      provider_id: email?.id,
      attempts: 1,
      sent_at: T0,
      subject: email?.subject,
      html: email?.html,
      text: email?.text,
    });
  });

  test('that is no longer queued is not sent again', async () => {
    await send();

    expect(await send()).toEqual({ state: 'sent' });
    expect(await arrived()).toHaveLength(1);
    expect(await ground.email(confirmation)).toMatchObject({ attempts: 1 });
  });

  test('asked for twice at once arrives once', async () => {
    await Promise.allSettled([send(), send()]);
    await send();

    expect(await arrived()).toHaveLength(1);
    expect(await ground.email(confirmation)).toMatchObject({ state: 'sent' });
  });

  test('of an account with a clock of its own was sent by that clock', async () => {
    const clockAt = addDays(T0, 40);
    await ground.sql('update accounts set clock_at = ?', [clockAt]);
    await send();
    await ground.sql('update accounts set clock_at = null');

    expect(await ground.email(confirmation)).toMatchObject({ sent_at: clockAt });
  });

  test('that nobody knows is missing', async () => {
    expect(await send(ground.ids.contact)).toEqual({ state: 'missing' });
  });
});

test('the invitation of an admin leads beside the sites, and lasts 24 hours of real time', async () => {
  await ground.sql('update accounts set clock_at = ?', [addDays(T0, 40)]);
  await send(await anInvitation(ground, { role: 'support', invitedBy: null }));
  await ground.sql('update accounts set clock_at = null');

  const [email] = await arrived();
  expect(email?.to).toEqual(['support@willow.example']);
  expect(email?.text).toMatch(new RegExp(`${PUBLIC_URL}/confirm\\?token=[A-Za-z0-9_-]{43}\\s`));
  const [token] = await ground.sql('select kind, contact_id, expires_at = ?::timestamptz as lasts from login_tokens', [
    addDays(T0, 1),
  ]);
  expect(token).toEqual({ kind: 'confirm_admin', contact_id: null, lasts: true });
});

describe('the welcome of a new member', () => {
  test('carries a link that works once for 7 days, of which only the hash is kept', async () => {
    const story = await aStory(ground, { origin: 'granted' });
    const input = { isNewCustomer: true, skipConfirmation: true, skipWelcome: false };
    const { 'member-welcome': id = '' } = await story.ask('grant', input, { at: T0 });
    await ground.mailbox.fault({ kind: 'reset_after' });
    await expect(send(id)).rejects.toMatchObject(LATER);
    await send(id);

    const [email, ...others] = await arrived();
    const token = /\/set-password\?token=([A-Za-z0-9_-]{43})/.exec(email?.text ?? '')?.[1] ?? '';
    const tokens = await ground.sql(
      `select *, expires_at = ?::timestamptz as lasts from login_tokens where contact_id is not null`,
      [addDays(T0, 7)],
    );
    expect(others).toEqual([]);
    expect(tokens).toEqual([
      {
        token_hash: createHash('sha256').update(token).digest('hex'),
        account_id: ground.ids.account,
        contact_id: ground.ids.contact,
        admin_id: null,
        kind: 'set_password',
        email_id: id,
        created_at: expect.anything(),
        expires_at: expect.anything(),
        lasts: true,
        used_at: null,
        opened_at: null,
        refused_at: null,
      },
    ]);
    const kept = await ground.email(id);
    expect(email?.html).toContain(token);
    expect(kept.html + kept.text).not.toContain(token);
  });
});

describe('while the provider is in trouble', () => {
  test('a rate limit says when to try again, and nothing is remembered as perhaps taken', async () => {
    await ground.mailbox.fault({ kind: '429', retryAfterSeconds: 3 });

    await expect(send()).rejects.toMatchObject({ ...LATER, message: '429 rate_limit_exceeded', nextRetryDelay: 3000 });
    expect(await ground.email(confirmation)).toMatchObject({ state: 'queued', attempts: 1, first_tried_at: null });
    waitHours(30);
    expect(await send()).toEqual({ state: 'sent' });
  });

  test('an error of its own is tried again for days', async () => {
    await ground.mailbox.fault({ kind: '500', times: 2 });

    await expect(send()).rejects.toMatchObject({ ...LATER, message: '500 internal_server_error' });
    waitHours(72);
    await expect(send()).rejects.toMatchObject(LATER);
    expect(await send()).toEqual({ state: 'sent' });
    expect(await ground.email(confirmation)).toMatchObject({ attempts: 3 });
  });

  test('a lost answer is asked for again with the same bytes, and one email has arrived', async () => {
    await ground.mailbox.fault({ kind: 'reset_after' });

    await expect(send()).rejects.toMatchObject({ ...LATER, message: 'connection lost' });
    await ground.sql(`update contacts set name = 'Augusta King'`);
    expect(await send()).toEqual({ state: 'sent' });
    await ground.sql(`update contacts set name = 'Ada Lovelace'`);
    expect(await arrived()).toHaveLength(1);
  });

  test('what was unknown for 20 hours is left to a person, and not sent again', async () => {
    await ground.mailbox.fault({ kind: 'hang', times: 2 });

    await expect(send(confirmation, 50)).rejects.toMatchObject({ ...LATER, message: 'no answer in 50 ms' });
    waitHours(19);
    await expect(send(confirmation, 50)).rejects.toMatchObject(LATER);
    waitHours(20);
    expect(await send()).toEqual({ state: 'unknown' });
    expect(await arrived()).toEqual([]);
    expect(await ground.email(confirmation)).toMatchObject({ state: 'unknown', attempts: 2, sent_at: null });
    expect(await send()).toEqual({ state: 'unknown' });
  });

  test('a certain refusal after an unknown outcome does not make it certain', async () => {
    await ground.mailbox.fault({ kind: 'hang_after' });
    await ground.mailbox.fault({ kind: '429' });

    await expect(send(confirmation, 300)).rejects.toMatchObject(LATER);
    await expect(send()).rejects.toMatchObject(LATER);
    waitHours(20);
    expect(await send()).toEqual({ state: 'unknown' });
    expect(await arrived()).toHaveLength(1);
  });

  test('an address that changed after an unknown outcome leaves it to a person', async () => {
    await ground.mailbox.fault({ kind: 'reset_after' });
    await expect(send()).rejects.toMatchObject(LATER);
    await ground.sql(`update contacts set email = 'countess@example.com'`);
    const again = await send();
    await ground.sql(`update contacts set email = 'ada@example.com'`);

    expect(again).toEqual({ state: 'unknown' });
    expect(await arrived()).toHaveLength(1);
  });

  test('what it will never take has failed, with its reason', async () => {
    await ground.sql(`update contacts set email = 'ada@'`);
    const refused = await send();
    await ground.sql(`update contacts set email = 'ada@example.com'`);

    expect(refused).toEqual({ state: 'failed' });
    expect(await ground.email(confirmation)).toMatchObject({ reason: expect.stringMatching(/^validation_error: /) });
  });
});

test('an erased contact gets nothing, even if the email was rendered before', async () => {
  await ground.mailbox.fault({ kind: '500' });
  await expect(send()).rejects.toMatchObject(LATER);
  await ground.sql(`update contacts set email = 'erased', name = null`);
  const ended = await send();
  await ground.sql(`update contacts set email = 'ada@example.com', name = 'Ada Lovelace'`);

  expect(ended).toEqual({ state: 'suppressed' });
  expect(await ground.email(confirmation)).toMatchObject({ reason: 'recipient_gone' });
  expect(await arrived()).toEqual([]);
});

test('a failure says nothing personal to Temporal', async () => {
  const leaks = { send: (email: OutgoingEmail) => Promise.reject(new Error(`cannot write to ${email.to}`)) };
  const { orm } = ground;
  const sendEmail = createSendEmail({
    orm,
    mailer: leaks,
    stripe: { receiptOf: () => Promise.resolve(RECEIPT), readMethod: () => Promise.resolve(null) },
    publicUrl: PUBLIC_URL,
    secretKey: 'a key of tests, which has 32 letters',
    mailFrom: 'a@b.example',
    now: () => T0,
  });

  await expect(sendEmail(confirmation)).rejects.toMatchObject({
    type: 'MailFault',
    message: 'could not be prepared: Error',
  });
});

test('is in the language of its recipient, in own words of that language alone', async () => {
  const { sql, ids } = ground;
  const ours = { subject: 'Mine', preview: 'Mine', heading: 'Mine', body: ['{{facts}}'], button: 'Mine' };
  await sql(
    `insert into email_versions (id, account_id, kind, language, version, words, created_at, actor)
      values (?, ?, 'purchase-confirmation', 'en', 1, ?, ?, '{}')`,
    [ids.contact, ids.account, JSON.stringify(ours), T0],
  );
  await sql(`update contacts set language = 'de' where id = ?`, [ids.contact]);
  await send();
  await sql(`update contacts set language = null where id = ?`, [ids.contact]);
  await send((await aBoughtStory(ground)).confirmation);
  await sql('delete from email_versions where account_id = ?', [ids.account]);

  const [english, german] = await arrived();
  expect(english?.subject).toBe('Mine');
  expect(german?.subject).toBe('Ihr Kauf von Studio Membership');
  expect(german?.html).toContain('lang="de-DE"');
  expect(german?.text).toMatch(/^Willow & Wheel\s+Herzlichen Glückwunsch, Studio Membership gehört Ihnen/);
  expect(german?.text).toMatch(/Insgesamt gezahlt:\s+49,00\s\$/);
  expect(german?.text).toMatch(/Karte:\s+Visa mit der Endung 4242/);
  expect(german?.text).toMatch(/Gezahlt am:\s+31\. Januar 2027/);
});

describe('what only Stripe knows of a receipt', () => {
  const kept = () =>
    ground.sql(
      'select card_last4, receipt_number, is_card_read from payments where is_card_read order by card_last4 nulls last',
    );

  test('is read from Stripe once, and kept for the lists', async () => {
    const asked: string[] = [];
    const receiptOf = (paymentId: string) => {
      asked.push(paymentId);
      return Promise.resolve(RECEIPT);
    };
    await ground.activities(2_000, receiptOf).sendEmail(confirmation);
    const again = await requeueEmail(ground.orm.em.fork(), confirmation);
    await ground.activities(2_000, receiptOf).sendEmail(again?.kind === 'queued' ? again.emailId : '');

    const texts = (await arrived()).map(({ text }) => text);
    expect(texts).toEqual([expect.stringMatching(/Visa ending in 4242[^]*Receipt number:?\s+R-\d{6}/), texts[0]]);
    expect(asked).toHaveLength(1);
    expect((await kept()).at(0)).toEqual({ card_last4: '4242', receipt_number: 'INV-0001', is_card_read: true });
  });

  test.each<[string, () => Promise<never>]>([
    ['refuses the question', () => Promise.reject(new StripeUnavailable('down'))],
    ['never answers', () => new Promise(() => undefined)],
  ])('is left out where Stripe %s: the email goes all the same', async (_what, receiptOf) => {
    expect(await ground.activities(2_000, receiptOf).sendEmail(confirmation)).toEqual({ state: 'sent' });

    const [email] = await arrived();
    expect(email?.text).toContain('Total paid');
    expect(email?.text).not.toContain('ending in');
  });
});

describe('sending again by hand', () => {
  test('makes a new email with an id of its own, and leaves the old one as it was', async () => {
    await send();
    const requeued = await requeueEmail(ground.orm.em.fork(), confirmation);
    const again = requeued?.kind === 'queued' ? requeued.emailId : '';

    expect(await send(again)).toEqual({ state: 'sent' });
    const keys = (await arrived()).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([again, confirmation]);
    expect(await ground.email(again)).toMatchObject({ resend_of: confirmation, is_welcome: false, attempts: 1 });
    expect(await ground.email(confirmation)).toMatchObject({ state: 'sent' });
  });

  test('is refused while it waits; there is nothing to send again of an unknown id', async () => {
    expect(await requeueEmail(ground.orm.em.fork(), confirmation)).toEqual({ kind: 'refused', state: 'queued' });
    expect(await requeueEmail(ground.orm.em.fork(), ground.ids.contact)).toBeNull();
  });

  test('tells of the same event as before', async () => {
    const { story } = await aBoughtStory(ground);
    const input = { resumeAt: null, access: 'suspend' };
    const { 'purchase-paused': id = '' } = await story.ask('pause', input, { at: addDays(T0, 1) });
    await send(id);
    const again = await requeueEmail(ground.orm.em.fork(), id);
    await send(again?.kind === 'queued' ? again.emailId : '');

    const [second, first] = await arrived();
    expect(second?.html).toBe(first?.html);
  });
});

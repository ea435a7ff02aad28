import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ResendEvent } from '../../activities/gateways/resend-events.ts';
import { endEmail } from '../../db/mail/emails.ts';
import { applyResendEvent } from '../../api/webhooks/email-events.ts';
import { aMailGround, T0, type MailGround } from '../activities/mail/a-mail-ground.ts';
import { aBoughtStory } from '../activities/mail/a-story.ts';

let ground: MailGround;

beforeAll(async () => {
  ground = await aMailGround();
});

afterAll(() => ground.close());

/** A sent email, to which reports then come. */
async function aSentEmail() {
  const { confirmation } = await aBoughtStory(ground);
  await ground.activities().sendEmail(confirmation);
  const providerId = String((await ground.email(confirmation)).provider_id);
  const report = (event: object) =>
    applyResendEvent(
      ground.orm.em.fork(),
      { id: 'msg_1', occurredAt: T0, emailId: null, providerId, ...event } as ResendEvent,
      T0,
    );
  return { email: () => ground.email(confirmation), report };
}

const BOUNCED = { kind: 'bounced', isPermanent: true, message: 'No such mailbox' };

test('a delivery, then a bounce, then a complaint move it on', async () => {
  const { email, report } = await aSentEmail();

  expect(await report({ kind: 'delivered' })).toBe('applied');
  expect(await email()).toMatchObject({ state: 'delivered', reason: null });
  expect(await report(BOUNCED)).toBe('applied');
  expect(await email()).toMatchObject({ state: 'bounced', reason: 'permanent: No such mailbox' });
  expect(await report({ kind: 'complained' })).toBe('applied');
  expect(await email()).toMatchObject({ state: 'complained' });
});

test('repeats and late reports change nothing', async () => {
  const { email, report } = await aSentEmail();
  await report({ kind: 'complained' });

  expect(await report({ kind: 'complained' })).toBe('no_change');
  expect(await report({ kind: 'delivered' })).toBe('no_change');
  expect(await report(BOUNCED)).toBe('no_change');
  expect(await email()).toMatchObject({ state: 'complained' });
});

test('a passing bounce is told from a permanent one', async () => {
  const { email, report } = await aSentEmail();
  await report({ ...BOUNCED, isPermanent: false, message: 'Mailbox full' });

  expect(await email()).toMatchObject({ state: 'bounced', reason: 'transient: Mailbox full' });
});

test.each(['suppressed', 'failed'])('what the provider has %s is shown so, with its reason', async (kind) => {
  const { email, report } = await aSentEmail();

  expect(await report({ kind, message: 'On the list' })).toBe('applied');
  expect(await email()).toMatchObject({ state: kind, reason: 'On the list' });
});

test('that it was sent says nothing new', async () => {
  const { email, report } = await aSentEmail();

  expect(await report({ kind: 'sent' })).toBe('no_change');
  expect(await email()).toMatchObject({ state: 'sent', delayed_at: null });
});

test('that it is held up is kept, until it has arrived', async () => {
  const { email, report } = await aSentEmail();

  expect(await report({ kind: 'delivery_delayed' })).toBe('applied');
  expect(await email()).toMatchObject({ state: 'sent', delayed_at: expect.anything() });
  await report({ kind: 'delivered' });
  expect(await report({ kind: 'delivery_delayed' })).toBe('no_change');
});

test('a report of what somebody else has sent is none of ours', async () => {
  const { report } = await aSentEmail();

  expect(await report({ kind: 'delivered', providerId: 'another' })).toBe('unmatched');
});

test.each(['queued', 'unknown'])(
  'a report proves that an email was taken that is %s, since no answer came',
  async (state) => {
    const { confirmation } = await aBoughtStory(ground);
    await ground.mailbox.fault({ kind: 'reset_after' });
    await expect(ground.activities().sendEmail(confirmation)).rejects.toMatchObject({ type: 'MailLater' });
    await ground.sql('update emails set state = ? where id = ?', [state, confirmation]);
    const event = {
      id: 'msg_1',
      occurredAt: T0,
      emailId: confirmation,
      providerId: `re_${state}`,
      kind: 'delivered',
    } as const;

    expect(await applyResendEvent(ground.orm.em.fork(), event, T0)).toBe('applied');
    expect(await ground.email(confirmation)).toMatchObject({
      state: 'delivered',
      provider_id: `re_${state}`,
      sent_at: T0,
    });
    expect(await ground.activities().sendEmail(confirmation)).toEqual({ state: 'delivered' });
  },
);

test('a report and our own note of the send may come in any order, and at once', async () => {
  const { confirmation } = await aBoughtStory(ground);
  const copies = await ground.sql<{ id: string }>(
    `insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, due_at)
     select gen_random_uuid(), account_id, kind, record_key || ':' || n, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, due_at
     from emails, generate_series(1, 100) n where id = ? returning id`,
    [confirmation],
  );
  await Promise.all(
    copies.flatMap(({ id }) => {
      const providerId = `re_${id}`;
      const event = { id: 'msg_1', occurredAt: T0, emailId: id, providerId, kind: 'delivered' } as const;
      const note = { state: 'sent', providerId } as const;
      return [
        applyResendEvent(ground.orm.em.fork(), event, T0),
        endEmail(ground.orm.em.fork(), id, note, { realNow: T0, tries: 1 }),
      ];
    }),
  );

  const states = await ground.sql('select distinct state, attempts from emails where record_key like ?', ['%:%:%:%']);
  expect(states).toEqual([{ state: 'delivered', attempts: 1 }]);
});

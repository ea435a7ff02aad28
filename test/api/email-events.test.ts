import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ResendEvent } from '../../activities/gateways/resend.ts';
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
    applyResendEvent(ground.orm.em.fork(), { id: 'msg_1', occurredAt: T0, providerId, ...event } as ResendEvent);
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

test.each(['sent', 'delivery_delayed'])('%s says nothing new', async (kind) => {
  const { email, report } = await aSentEmail();

  expect(await report({ kind })).toBe('no_change');
  expect(await email()).toMatchObject({ state: 'sent' });
});

test('a report of an id that is not known yet is to be made again', async () => {
  const { report } = await aSentEmail();

  expect(await report({ kind: 'delivered', providerId: 'another' })).toBe('unmatched');
});

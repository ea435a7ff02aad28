import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createSendAtOnce } from '../../../activities/mail/send-at-once.ts';
import { aMailGround, type MailGround } from './a-mail-ground.ts';
import { aBoughtStory } from './a-story.ts';

let ground: MailGround;
let confirmation: string;
/** The workflows that were asked for, each with how long it is to wait. */
let started: { emailId: string; afterMs: number | undefined }[];

beforeAll(async () => {
  ground = await aMailGround();
});

beforeEach(async () => {
  started = [];
  await ground.sql('delete from mail_pace');
  await ground.mailbox.control('DELETE', '/faults');
  await ground.mailbox.control('DELETE', '/emails');
  ({ confirmation } = await aBoughtStory(ground));
});

afterAll(() => ground.close());

const atOnce = (perSecond = 1_000) =>
  createSendAtOnce({
    orm: ground.orm,
    wakes: { startMail: async (emailId, afterMs) => void started.push({ emailId, afterMs }) },
    send: ground.activities().sendEmail,
    perSecond,
  });

const arrived = async () => (await ground.mailbox.emails()).map(({ idempotencyKey }) => idempotencyKey);

test('an email whose turn it is needs no workflow', async () => {
  await atOnce().sendAtOnce(confirmation);

  expect(await arrived()).toEqual([confirmation]);
  expect(await ground.email(confirmation)).toMatchObject({ state: 'sent', attempts: 1 });
  expect(started).toEqual([]);
});

test('one that comes too soon after another is left to a workflow, untried', async () => {
  const perHour = 1 / 3600;
  const { confirmation: other } = await aBoughtStory(ground);
  await atOnce(perHour).sendAtOnce(other);
  await atOnce(perHour).sendAtOnce(confirmation);

  expect(await arrived()).toEqual([other]);
  expect(started).toEqual([{ emailId: confirmation, afterMs: undefined }]);
  expect((await ground.email(confirmation)).attempts).toBe(0);
});

test('when the provider says how long it is busy, the workflow waits for so long', async () => {
  await ground.mailbox.fault({ kind: '429', retryAfterSeconds: 30 });
  await atOnce().sendAtOnce(confirmation);

  expect(started).toEqual([{ emailId: confirmation, afterMs: 30_000 }]);
  expect(await ground.email(confirmation)).toMatchObject({ state: 'queued', attempts: 1 });
});

test('after any other failure the workflow leaves the provider alone for some seconds', async () => {
  await ground.mailbox.fault({ kind: '500' });
  await atOnce().sendAtOnce(confirmation);

  expect(started).toEqual([{ emailId: confirmation, afterMs: 5_000 }]);
});

test('what is being sent is over before this process ends', async () => {
  const { sendAtOnce, finish } = atOnce();
  void sendAtOnce(confirmation);
  await finish();

  expect(await arrived()).toEqual([confirmation]);
});

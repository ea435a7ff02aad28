import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Email, type EmailState } from '../../db/entities/email.ts';
import { anEmail } from '../builders/rows.ts';
import { signedByResend } from './a-stranger.ts';
import { RESEND_SECRET } from './an-api.ts';
import { api, world, useApi } from './use-api.ts';

useApi({ worldOf: 'all tests' });

const sentAs = (state: EmailState, id = uuid()): Promise<string> => {
  const providerId = state === 'queued' ? null : `re_${id}`;
  const { accountId, contactId: recipientId } = world;
  return anEmail(api.orm.em.fork(), { id, accountId, recipientId, state, providerId });
};

const stateOf = async (id: string): Promise<EmailState> => (await api.orm.em.fork().findOneOrFail(Email, { id })).state;

async function say(type: string, emailId: string, secret = RESEND_SECRET): Promise<number> {
  const more =
    type === 'email.bounced' ? { bounce: { type: 'Permanent', subType: 'General', message: 'no such mailbox' } } : {};
  const data = { email_id: `re_${emailId}`, tags: { email_id: emailId }, to: ['ada@example.com'], ...more };
  const body = JSON.stringify({ type, created_at: new Date().toISOString(), data });
  const headers = signedByResend(body, secret);
  return (await fetch(`${api.url}/webhooks/resend`, { method: 'POST', body, headers })).status;
}

test('what became of an email is kept, and a late word never undoes a bounce', async () => {
  const emailId = await sentAs('sent');

  expect(await say('email.delivered', emailId)).toBe(200);
  expect(await stateOf(emailId)).toBe('delivered');
  await say('email.bounced', emailId);
  await say('email.delivered', emailId);
  expect(await stateOf(emailId)).toBe('bounced');
});

test('a report that is here before we have noted that the email was taken is kept', async () => {
  const emailId = await sentAs('queued');

  expect(await say('email.bounced', emailId)).toBe(200);
  expect(await stateOf(emailId)).toBe('bounced');
});

test('a report of an email that somebody else has sent is taken, and changes nothing', async () => {
  expect(await say('email.delivered', uuid())).toBe(200);
});

test('a complaint is kept', async () => {
  const emailId = await sentAs('delivered');

  await say('email.complained', emailId);

  expect(await stateOf(emailId)).toBe('complained');
});

test('another signature is refused, and changes nothing', async () => {
  const emailId = await sentAs('sent');

  expect(await say('email.delivered', emailId, `whsec_${Buffer.from('another').toString('base64')}`)).toBe(400);
  expect(await stateOf(emailId)).toBe('sent');
});

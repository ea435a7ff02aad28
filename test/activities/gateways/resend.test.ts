import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMailer } from '../../../activities/gateways/resend.ts';
import { verifyResendWebhook } from '../../../activities/gateways/resend-events.ts';
import type { OutgoingEmail } from '../../../activities/gateways/resend.ts';
import { signedHeaders } from '../../../sandbox/mailbox/webhooks.ts';
import { aMailbox } from '../../sandbox/mailbox/a-mailbox.ts';
import type { TestMailbox } from '../../sandbox/mailbox/a-mailbox.ts';
import { aReceiver } from '../../sandbox/mailbox/a-receiver.ts';

const EMAIL: OutgoingEmail = {
  id: '0190a1b2-0000-7000-8000-000000000001',
  from: 'Willow & Wheel <hello@willow.example>',
  to: 'ada@example.com',
  subject: 'Your purchase of Studio Membership',
  html: '<p>Hello</p>',
  text: 'Hello',
  replyTo: 'help@willow.example',
  headers: { 'X-Entity-Ref-ID': '1' },
  tags: [{ name: 'kind', value: 'purchase-confirmation' }],
};

let mailbox: TestMailbox;

beforeEach(async () => {
  mailbox = await aMailbox();
});

afterEach(() => mailbox.close());

const aMailer = (options: { apiKey?: string; timeoutMs?: number } = {}) =>
  createMailer({ apiKey: 're_sandbox', baseUrl: mailbox.url, timeoutMs: 5_000, ...options });

describe('sending', () => {
  test('an email arrives once and whole, with its row as idempotency key', async () => {
    const outcome = await aMailer().send(EMAIL);

    const [arrived, ...others] = await mailbox.emails();
    expect(others).toEqual([]);
    expect(outcome).toEqual({ kind: 'sent', providerId: arrived?.id });
    expect(arrived).toMatchObject({
      from: EMAIL.from,
      to: [EMAIL.to],
      replyTo: [EMAIL.replyTo],
      subject: EMAIL.subject,
      html: EMAIL.html,
      text: EMAIL.text,
      headers: EMAIL.headers,
      tags: [
        { name: 'kind', value: 'purchase-confirmation' },
        { name: 'email_id', value: EMAIL.id },
      ],
      idempotencyKey: EMAIL.id,
    });
  });

  test('sending it again is the same email', async () => {
    const first = await aMailer().send(EMAIL);
    const second = await aMailer().send(EMAIL);

    expect(second).toEqual(first);
    expect(await mailbox.emails()).toHaveLength(1);
  });

  test('other bytes under the same id are rejected', async () => {
    await aMailer().send(EMAIL);
    const outcome = await aMailer().send({ ...EMAIL, subject: 'Another' });

    expect(outcome).toMatchObject({ kind: 'rejected', code: 'invalid_idempotent_request' });
  });

  test('an address that is none is rejected', async () => {
    const outcome = await aMailer().send({ ...EMAIL, to: 'nobody' });

    expect(outcome).toMatchObject({
      kind: 'rejected',
      code: 'validation_error',
      message: expect.stringContaining('`to`'),
    });
    expect(await mailbox.emails()).toEqual([]);
  });

  test('a key that Resend does not know lets the email wait', async () => {
    const outcome = await aMailer({ apiKey: 'wrong' }).send(EMAIL);

    expect(outcome).toEqual({ kind: 'later', reason: '403 invalid_api_key' });
  });
});

describe('when Resend fails', () => {
  test('a rate limit says when to try again', async () => {
    await mailbox.fault({ kind: '429', retryAfterSeconds: 3 });

    expect(await aMailer().send(EMAIL)).toEqual({
      kind: 'later',
      reason: '429 rate_limit_exceeded',
      retryAfterMs: 3000,
    });
    expect(await aMailer().send(EMAIL)).toMatchObject({ kind: 'sent' });
  });

  test('an error of its own lets the email wait', async () => {
    await mailbox.fault({ kind: '500' });

    expect(await aMailer().send(EMAIL)).toEqual({ kind: 'later', reason: '500 internal_server_error' });
  });

  test('no answer in time leaves the outcome unknown', async () => {
    await mailbox.fault({ kind: 'hang' });

    expect(await aMailer({ timeoutMs: 50 }).send(EMAIL)).toEqual({ kind: 'unknown', reason: 'no answer in 50 ms' });
    expect(await mailbox.emails()).toEqual([]);
  });

  test.each(['reset_after', 'hang_after'] as const)(
    'after %s the email is there, and trying again finds it',
    async (kind) => {
      await mailbox.fault({ kind });

      expect(await aMailer({ timeoutMs: 500 }).send(EMAIL)).toMatchObject({ kind: 'unknown' });
      const again = await aMailer().send(EMAIL);

      const [arrived, ...others] = await mailbox.emails();
      expect(again).toEqual({ kind: 'sent', providerId: arrived?.id });
      expect(others).toEqual([]);
    },
  );

  test('a connection cut before anything was taken is unknown too', async () => {
    await mailbox.fault({ kind: 'reset' });

    expect(await aMailer().send(EMAIL)).toEqual({ kind: 'unknown', reason: 'connection lost' });
    expect(await mailbox.emails()).toEqual([]);
  });

  test('a refused connection has sent nothing, for certain', async () => {
    const gone = await aReceiver();
    await gone.close();
    const mailer = createMailer({ apiKey: 're_sandbox', baseUrl: new URL(gone.url).origin, timeoutMs: 5_000 });

    expect(await mailer.send(EMAIL)).toEqual({ kind: 'later', reason: 'not connected: ECONNREFUSED' });
  });
});

describe('webhooks', () => {
  test.each([
    ['ada@example.com', ['sent', 'delivered']],
    ['bounced+ada@resend.dev', ['sent', 'bounced']],
    ['complained@resend.dev', ['sent', 'delivered', 'complained']],
    ['suppressed@resend.dev', ['sent', 'suppressed']],
  ])('of an email to %s are %j, signed and in order', async (to, kinds) => {
    const receiver = await aReceiver();
    const { secret } = (await mailbox.control('POST', '/webhook', { url: receiver.url })) as { secret: string };

    const outcome = await aMailer().send({ ...EMAIL, to });
    await receiver.hasReceived(kinds.length);
    const verdicts = receiver.received.map(({ rawBody, headers }) => verifyResendWebhook(rawBody, headers, secret));
    await receiver.close();

    const providerId = outcome.kind === 'sent' ? outcome.providerId : null;
    expect(verdicts).toEqual(
      kinds.map((kind) => ({ kind: 'verified', event: expect.objectContaining({ kind, providerId }) })),
    );
  });

  const SECRET = 'whsec_c2FuZGJveC1zZWNyZXQ=';
  const payload = (type: string, data: object = {}) =>
    JSON.stringify({ type, created_at: '2026-03-31T16:00:00Z', data: { email_id: 'e1', ...data } });
  const verify = (body: string, { atMs = Date.now(), secret = SECRET } = {}) =>
    verifyResendWebhook(Buffer.from(body), signedHeaders('msg_1', atMs, body, secret), SECRET);

  test('says whose email it is, if it is one of ours', () => {
    const emailId = (tags?: object) => {
      const verdict = verify(payload('email.delivered', { tags }));
      return verdict.kind === 'verified' && verdict.event.emailId;
    };

    expect(emailId({ kind: 'pause', email_id: EMAIL.id })).toBe(EMAIL.id);
    expect(emailId({ email_id: 'not an id' })).toBeNull();
    expect(emailId()).toBeNull();
  });

  test('a permanent bounce is told from a passing one', () => {
    const bounce = (type: string) =>
      verify(payload('email.bounced', { bounce: { type, subType: 'General', message: 'No' } }));
    const event = {
      id: 'msg_1',
      occurredAt: '2026-03-31T16:00:00.000Z',
      emailId: null,
      kind: 'bounced',
      providerId: 'e1',
      message: 'No',
    };

    expect(bounce('Permanent')).toEqual({ kind: 'verified', event: { ...event, isPermanent: true } });
    expect(bounce('Transient')).toEqual({ kind: 'verified', event: { ...event, isPermanent: false } });
  });

  test('what is not about an email we sent is ignored', () => {
    expect(verify(payload('contact.created'))).toMatchObject({ event: { kind: 'ignored', type: 'contact.created' } });
  });

  test('another secret, an old signature, a changed body or no signature is refused', () => {
    const body = payload('email.sent');
    const changed = verifyResendWebhook(
      Buffer.from(`${body} `),
      signedHeaders('msg_1', Date.now(), body, SECRET),
      SECRET,
    );

    expect(verify(body).kind).toBe('verified');
    expect(verify(body, { secret: 'whsec_b3RoZXI=' }).kind).toBe('refused');
    expect(verify(body, { atMs: Date.now() - 301_000 }).kind).toBe('refused');
    expect(changed.kind).toBe('refused');
    expect(verifyResendWebhook(Buffer.from(body), {}, SECRET).kind).toBe('refused');
  });
});

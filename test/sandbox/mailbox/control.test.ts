import { describe, expect, test } from '@jest/globals';
import { aReceiver } from './a-receiver.ts';
import type { Received } from './a-receiver.ts';
import { mailbox, resend, useMailbox } from './use-mailbox.ts';

const EMAIL = { from: 'hello@site.example', to: 'ada@example.com', subject: 'Hello', text: 'Hello Ada' };

useMailbox();

const typesOf = (received: Received[]) =>
  received.map(({ rawBody }) => (JSON.parse(rawBody.toString()) as { type: string }).type);

describe('faults', () => {
  test('hit as many sends as told, and then no more', async () => {
    await mailbox.fault({ kind: '500', times: 2 });

    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await resend.emails.send(EMAIL)).error?.statusCode ?? 200);

    expect(statuses).toEqual([500, 500, 200]);
  });

  test('of one address leave the others alone', async () => {
    await mailbox.fault({ kind: '429', times: null, to: 'ada@example.com' });

    expect((await resend.emails.send(EMAIL)).error?.name).toBe('rate_limit_exceeded');
    expect((await resend.emails.send({ ...EMAIL, to: 'bob@example.com' })).error).toBeNull();
    await mailbox.control('DELETE', '/faults');
    expect((await resend.emails.send(EMAIL)).error).toBeNull();
  });

  test('that do not exist are refused by name', async () => {
    expect(await mailbox.control('POST', '/faults', { kind: 'fire' })).toEqual({
      error: expect.stringContaining('kind'),
    });
  });
});

test('a rate limit lets so many through in a second, and then asks to wait', async () => {
  await mailbox.control('POST', '/settings', { rateLimitPerSecond: 2 });

  const answers = [];
  for (let n = 0; n < 3; n++) answers.push(await resend.emails.send(EMAIL));
  mailbox.clock.nowMs += 1000;
  answers.push(await resend.emails.send(EMAIL));

  expect(answers.map(({ error }) => error?.name ?? 'sent')).toEqual(['sent', 'sent', 'rate_limit_exceeded', 'sent']);
  expect(answers[2]?.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-remaining': '0' });
});

test('forgetting all emails forgets their keys too', async () => {
  await resend.emails.send(EMAIL, { idempotencyKey: 'key' });

  expect(await mailbox.control('DELETE', '/emails')).toEqual({ deleted: 1 });
  const again = await resend.emails.send({ ...EMAIL, subject: 'Another' }, { idempotencyKey: 'key' });
  expect(again.error).toBeNull();
});

describe('webhooks', () => {
  test('that are not taken come again under the same id, also after a restart', async () => {
    const receiver = await aReceiver();
    receiver.statuses.push(500, 500);
    await mailbox.control('POST', '/webhook', { url: receiver.url });
    await resend.emails.send(EMAIL);
    await receiver.hasReceived(2);

    await mailbox.restart();
    await mailbox.control('POST', '/webhook/flush');
    await receiver.close();

    expect(typesOf(receiver.received)).toEqual(['email.sent', 'email.delivered', 'email.sent', 'email.delivered']);
    const ids = receiver.received.map(({ headers }) => headers['svix-id']);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  });

  test('tell of the chosen events only', async () => {
    const receiver = await aReceiver();
    await mailbox.control('POST', '/webhook', { url: receiver.url, events: ['email.delivered'] });
    await resend.emails.send(EMAIL);
    await resend.emails.send(EMAIL);
    await mailbox.control('POST', '/webhook/flush');
    await receiver.close();

    expect(typesOf(receiver.received)).toEqual(['email.delivered', 'email.delivered']);
  });

  test('tell of an event made by hand, such as a soft bounce', async () => {
    const receiver = await aReceiver();
    await mailbox.control('POST', '/webhook', { url: receiver.url });
    const { data } = await resend.emails.send({ ...EMAIL, tags: [{ name: 'kind', value: 'money-back' }] });
    await mailbox.control('POST', `/emails/${data?.id}/events`, { type: 'email.bounced', soft: true });
    await receiver.hasReceived(3);
    await receiver.close();

    expect(JSON.parse(receiver.received[2]?.rawBody.toString() ?? '')).toMatchObject({
      type: 'email.bounced',
      data: {
        email_id: data?.id,
        to: ['ada@example.com'],
        tags: { kind: 'money-back' },
        bounce: { type: 'Transient' },
      },
    });
    expect((await mailbox.emails())[0]?.events).toEqual(['email.sent', 'email.delivered', 'email.bounced']);
  });
});

describe('pages', () => {
  const page = async (path: string) => {
    const response = await fetch(`${mailbox.url}${path}`);
    return {
      status: response.status,
      policy: response.headers.get('content-security-policy'),
      body: await response.text(),
    };
  };

  test('list the newest first, by part of an address, with everything escaped', async () => {
    await resend.emails.send({ ...EMAIL, subject: 'First' });
    await resend.emails.send({ ...EMAIL, subject: '<script>alert(1)</script>' });
    await resend.emails.send({ ...EMAIL, to: 'bob@example.com', subject: 'Not searched' });

    const { body, policy } = await page('/?to=ada%40');
    expect(body.indexOf('&lt;script&gt;alert(1)&lt;/script&gt;')).toBeLessThan(body.indexOf('First'));
    expect(body).not.toMatch(/<script|Not searched/);
    expect(policy).toMatch(/^default-src 'none'/);
  });

  test('show an email in a frame that runs nothing, beside its text and headers', async () => {
    const html = '<p style="color:red">Hello</p><script>alert(1)</script>';
    const { data } = await resend.emails.send({ ...EMAIL, html }, { idempotencyKey: 'row-1' });

    const view = await page(`/emails/${data?.id}/view?width=phone`);
    expect(view.body).toMatch(/<iframe\s+class="phone"/);
    expect(view.body).toContain('<pre>Hello Ada</pre>');
    expect(view.body).toContain('row-1');
    expect(view.body).not.toContain('alert(1)');

    const framed = await page(`/emails/${data?.id}/html`);
    expect(framed.body).toBe(html);
    expect(framed.policy).toMatch(/^sandbox allow-popups[^;]*; default-src 'none'; style-src 'unsafe-inline'/);
    expect(framed.policy).not.toContain('allow-scripts');
  });

  test('say so where there is nothing', async () => {
    expect((await page('/?to=%22%3E%3Cb%3E')).body).toContain('No email to &quot;&gt;&lt;b&gt; yet.');
    expect((await page('/emails/none/view')).status).toBe(404);
  });
});

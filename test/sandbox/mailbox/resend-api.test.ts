import { describe, expect, test } from '@jest/globals';
import { Resend } from 'resend';
import { mailbox, resend, useMailbox } from './use-mailbox.ts';

const EMAIL = { from: 'Site <hello@site.example>', to: 'Ada <Ada@Example.com>', subject: 'Hello', text: 'Hello Ada' };

useMailbox();

function post(body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) {
  return fetch(`${mailbox.url}/emails`, {
    method: 'POST',
    headers: { authorization: 'Bearer re_sandbox', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: signal ?? null,
  });
}

describe('what is sent', () => {
  test('can be read back by its id', async () => {
    const sent = await resend.emails.send({ ...EMAIL, cc: ['cc@site.example'] });
    const read = await resend.emails.get(sent.data?.id ?? '');

    expect(read.data).toMatchObject({
      object: 'email',
      id: sent.data?.id,
      to: ['ada@example.com'],
      cc: ['cc@site.example'],
      subject: 'Hello',
      text: 'Hello Ada',
      html: null,
      last_event: 'delivered',
    });
  });

  test('is still there after a restart, and so is its idempotency key', async () => {
    const before = await resend.emails.send(EMAIL, { idempotencyKey: 'key' });
    await mailbox.restart();
    const after = await new Resend('re_sandbox', { baseUrl: mailbox.url }).emails.send(EMAIL, {
      idempotencyKey: 'key',
    });

    expect(after.data).toEqual(before.data);
    expect(await mailbox.emails()).toHaveLength(1);
  });

  test('is found by a whole address in any of its fields, newest first', async () => {
    await resend.emails.send({ ...EMAIL, subject: 'First' });
    await resend.emails.send({ ...EMAIL, to: 'other@example.com', bcc: 'ada@example.com', subject: 'Second' });
    await resend.emails.send({ ...EMAIL, to: 'bada@example.com', subject: 'Third' });

    const found = await mailbox.emails('ADA@example.com');
    expect(found.map(({ subject }) => subject)).toEqual(['Second', 'First']);
  });

  test('in a batch goes out whole or not at all', async () => {
    const wrong = await resend.batch.send([EMAIL, { ...EMAIL, to: 'nobody' }]);
    const right = await resend.batch.send([EMAIL, { ...EMAIL, subject: 'Second' }]);

    expect(wrong.error?.name).toBe('validation_error');
    expect(right.data?.data).toHaveLength(2);
    expect(await mailbox.emails()).toHaveLength(2);
  });
});

describe('refusals', () => {
  test.each([
    [401, 'missing_api_key', ''],
    [401, 'missing_api_key', 'Basic re_sandbox'],
    [403, 'invalid_api_key', 'Bearer sk_test'],
  ])('%i %s for the authorization "%s"', async (statusCode, name, authorization) => {
    const response = await post(EMAIL, { authorization });

    expect(response.status).toBe(statusCode);
    expect(await response.json()).toMatchObject({ statusCode, name });
  });

  test.each([
    ['missing_required_field', '`from`', { ...EMAIL, from: undefined }],
    ['missing_required_field', '`to`', { ...EMAIL, to: [] }],
    ['missing_required_field', '`subject`', { ...EMAIL, subject: '' }],
    ['missing_required_field', '`html` or `text`', { ...EMAIL, text: undefined }],
    ['invalid_from_address', '`from`', { ...EMAIL, from: 'Site' }],
    ['validation_error', '`to`', { ...EMAIL, to: ['ada@example.com', 'nobody'] }],
    ['validation_error', '`to`', { ...EMAIL, to: [7] }],
    ['validation_error', '`to`', { ...EMAIL, to: 'Ada\r\nBcc: x@y.z <ada@example.com>' }],
    ['validation_error', '`to`', { ...EMAIL, to: Array(51).fill('ada@example.com') }],
    ['validation_error', '`html`', { ...EMAIL, html: 7 }],
    ['validation_error', '`headers`', { ...EMAIL, headers: ['x'] }],
    ['validation_error', 'Tags', { ...EMAIL, tags: [{ name: 'kind', value: 'two words' }] }],
    ['validation_error', 'JSON', 'not JSON at all'],
    ['validation_error', 'JSON', '"text"'],
  ])('%s naming %s, and nothing is stored', async (name, words, body) => {
    const response = await post(body);

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ statusCode: 422, name, message: expect.stringContaining(words) });
    expect(await mailbox.emails()).toEqual([]);
  });

  test('404 and 405 as Resend says them', async () => {
    const missing = await resend.emails.get('0190a1b2-0000-7000-8000-000000000009');
    const wrongMethod = await fetch(`${mailbox.url}/emails`, { method: 'PUT' });

    expect(missing.error).toMatchObject({ statusCode: 404, name: 'not_found' });
    expect(wrongMethod.status).toBe(405);
  });
});

describe('idempotency keys', () => {
  test('are forgotten after 24 hours', async () => {
    const first = await resend.emails.send(EMAIL, { idempotencyKey: 'key' });
    mailbox.clock.nowMs += 24 * 3_600_000 - 1;
    const second = await resend.emails.send(EMAIL, { idempotencyKey: 'key' });
    mailbox.clock.nowMs += 1;
    const third = await resend.emails.send(EMAIL, { idempotencyKey: 'key' });

    expect(second.data).toEqual(first.data);
    expect(third.data).not.toEqual(first.data);
  });

  test('in use by a request under way are 409, and free again once it is gone', async () => {
    await mailbox.fault({ kind: 'hang' });
    const giveUp = new AbortController();
    const key = { 'idempotency-key': 'key' };
    const hanging = post(EMAIL, key, giveUp.signal).catch(() => 'gave up');
    await until(async () => ((await mailbox.control('GET', '/faults')) as { data: unknown[] }).data.length === 0);

    const meanwhile = await post(EMAIL, key);
    expect(await meanwhile.json()).toMatchObject({ statusCode: 409, name: 'concurrent_idempotent_requests' });

    giveUp.abort();
    expect(await hanging).toBe('gave up');
    await until(async () => (await post(EMAIL, key)).status === 200);
    expect(await mailbox.emails()).toHaveLength(1);
  });

  test('of a refused request are not remembered', async () => {
    await resend.emails.send({ ...EMAIL, to: 'nobody' }, { idempotencyKey: 'key' });
    const mended = await resend.emails.send(EMAIL, { idempotencyKey: 'key' });

    expect(mended.error).toBeNull();
  });

  test('of more than 256 characters are 400', async () => {
    const { error } = await resend.emails.send(EMAIL, { idempotencyKey: 'k'.repeat(257) });

    expect(error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' });
  });
});

/** Asks until it is so; the test's own time limit ends it otherwise. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

describe('the suppression list', () => {
  test('has who bounced for good or complained; nothing is sent to them until it is lifted', async () => {
    const events = async (type: string, soft = false) => {
      const sent = await resend.emails.send(EMAIL);
      await mailbox.control('POST', `/emails/${sent.data?.id}/events`, { type, soft });
      return sent.data?.id;
    };
    const last = async () => (await mailbox.emails())[0]?.events.at(-1);
    await events('email.bounced', true);
    expect((await resend.suppressions.get('ada@example.com')).error).toMatchObject({ statusCode: 404 });

    const bounced = await events('email.bounced');
    await resend.emails.send(EMAIL);

    expect(await last()).toBe('email.suppressed');
    expect((await resend.suppressions.get('ada@example.com')).data).toMatchObject({
      object: 'suppression',
      email: 'ada@example.com',
      origin: 'bounce',
      source_id: bounced,
    });
    expect((await resend.suppressions.remove('Ada@Example.com')).data).toMatchObject({ deleted: true });
    expect((await resend.suppressions.remove('ada@example.com')).error).toMatchObject({ statusCode: 404 });
    await resend.emails.send(EMAIL);
    expect(await last()).toBe('email.delivered');

    await events('email.complained');
    expect((await resend.suppressions.get('ada@example.com')).data?.origin).toBe('complaint');
  });
});

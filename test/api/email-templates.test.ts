import { describe, expect, test } from '@jest/globals';
import type { Template } from '../../api/mail/email-template-schema.ts';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import type { Answer } from './a-client.ts';
import { anEmail } from '../builders/rows.ts';
import { aPurchase, aWorld } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const PATH = '/v1/email-templates/purchase-paused';
/** What a template is answered as. */
const template = async (answer: Promise<Answer>) => (await answer).body as unknown as Template;

const WORDS = {
  subject: 'A break from {{offerName}}',
  preview: 'Until {{resumeAt}}',
  heading: 'Resting',
  body: ['Enjoy it, {{ contactName }}.', '{{facts}}'],
  button: null,
};

/** As they come back. */
const WORDS_KEPT = { subject: WORDS.subject, heading: WORDS.heading };

describe('the list', () => {
  test('has every kind with its cause, recipient and switch', async () => {
    const { body } = await owner.get('/v1/email-templates');

    expect(body.data.map((one) => (one as unknown as Template).kind)).toEqual(EMAIL_KINDS);
    expect(body.data).toContainEqual({
      kind: 'login-link',
      name: 'Login link',
      cause: 'A customer has asked for a link to log in, or support has sent them one.',
      recipient: 'contact',
      isOn: true,
      mayBeOff: false,
      version: 0,
      isOwn: false,
    });
  });
});

describe('writing an email', () => {
  test('keeps each version with who wrote it, and comes back to the default', async () => {
    const first = await owner.put(PATH, WORDS);
    const same = await owner.put(PATH, WORDS);
    const second = await owner.put(PATH, { ...WORDS, heading: 'At rest' });
    const reset = await owner.post(`${PATH}/reset`);
    const again = await owner.post(`${PATH}/reset`);

    expect(first).toMatchObject({
      status: 200,
      body: { version: 1, isOwn: true, words: { body: ['Enjoy it, {{contactName}}.', '{{facts}}'] }, faults: [] },
    });
    expect(same.body).toMatchObject({ version: 1 });
    expect(second.body).toMatchObject({ version: 2, words: { heading: 'At rest' } });
    expect(reset.body).toMatchObject({ version: 3, isOwn: false, words: { heading: '{{offerName}} is paused' } });
    expect(again.body).toMatchObject({ version: 3 });
    const { body } = await owner.get(`${PATH}/versions`);
    expect(body.data).toMatchObject([
      { version: 3, words: null },
      { version: 2, words: { heading: 'At rest' } },
      { version: 1, words: { heading: 'Resting' }, by: { kind: 'api_key' } },
    ]);
    expect((await owner.get(`${PATH}/versions?limit=2`)).body.data).toHaveLength(2);
  });

  test('the default, saved as it is, is no version', async () => {
    const { words } = await template(owner.get(PATH));

    expect((await owner.put(PATH, words)).body).toMatchObject({ version: 0, isOwn: false });
  });

  test('is done for each language by itself, and comes in that of whoever gets it', async () => {
    const german = { ...WORDS, heading: 'Eine Pause', subject: 'Eine Pause von {{offerName}}' };
    const put = await owner.put(`${PATH}?language=de`, german);
    await owner.put(PATH, WORDS);
    await owner.patch('/v1/settings', { language: 'de' });

    expect(put.body).toMatchObject({ language: 'de', version: 1, isOwn: true, words: { heading: 'Eine Pause' } });
    expect(await template(owner.get(`${PATH}?language=en`))).toMatchObject({ language: 'en', words: WORDS_KEPT });
    expect(await template(owner.get(PATH))).toMatchObject({ language: 'de', words: { heading: 'Eine Pause' } });
    expect((await owner.get(`${PATH}/versions?language=en`)).body.data).toHaveLength(1);
    const { body } = await owner.post(`${PATH}/preview`, german);
    expect(body).toMatchObject({ subject: 'Eine Pause von Studio Membership' });
    expect(JSON.stringify(body)).toContain('Haben Sie Fragen?');
    const shipped = await template(owner.post(`${PATH}/reset?language=de`));
    expect(shipped).toMatchObject({ language: 'de', isOwn: false, words: { heading: '{{offerName}} ist pausiert' } });
    expect(await owner.get(`${PATH}?language=tlh`)).toMatchObject({ status: 422 });
  });

  test('names each fault where it stands, and keeps nothing', async () => {
    const wrong = { ...WORDS, subject: '{{offer}}', body: ['{{facts}}', 'on {{day}}'] };

    const { status, body } = await owner.put(PATH, wrong);

    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { field: 'subject', message: 'must not name {{offer}}, which is no variable of this email' },
      { field: 'body.1', message: 'must not name {{day}}, which is no variable of this email' },
    ]);
    expect(await template(owner.get(PATH))).toMatchObject({ version: 0 });
    expect(await owner.post(`${PATH}/preview`, wrong)).toMatchObject({ status: 422 });
    expect(await owner.post(`${PATH}/test`, wrong)).toMatchObject({ status: 422 });
  });

  test('switches it off and on as the settings do, but not what somebody waits for', async () => {
    const off = await owner.put(PATH, { ...WORDS, isOn: false });

    expect(off.body).toMatchObject({ isOn: false, version: 1 });
    expect((await owner.get('/v1/settings')).body).toMatchObject({
      emailsOff: ['upcoming-payment', 'purchase-paused'],
    });
    expect(await template(owner.put(PATH, WORDS))).toMatchObject({ isOn: false });
    expect(await template(owner.put(PATH, { ...WORDS, isOn: true }))).toMatchObject({ isOn: true });
    const { words } = await template(owner.get('/v1/email-templates/login-link'));
    const refused = await owner.put('/v1/email-templates/login-link', { ...words, isOn: false });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'isOn' }] } });
  });

  test('is for those who see settings, each account its own', async () => {
    await owner.put(PATH, WORDS);
    const support = api.client(world.keys.support);
    const other = await another();

    expect(await support.get(PATH)).toMatchObject({ status: 403 });
    expect((await other.get(PATH)).body).toMatchObject({ version: 0, isOwn: false });
    expect((await other.get(`${PATH}/versions`)).body.data).toEqual([]);
    expect(await owner.get('/v1/email-templates/no-such-kind')).toMatchObject({ status: 404 });
  });
});

test('what became of emails is counted by kind, without tests and without other accounts', async () => {
  await pausedEmail();
  await owner.post(`${PATH}/test`, WORDS);

  const { status, body } = await owner.get('/v1/email-figures?days=7');

  expect(status).toBe(200);
  expect(body.data).toEqual([expect.objectContaining({ kind: 'purchase-paused', delivered: 1, sent: 0, queued: 0 })]);
  expect((await (await another()).get('/v1/email-figures')).body.data).toEqual([]);
  expect(await owner.get('/v1/email-figures?days=0')).toMatchObject({ status: 422 });
  expect(await owner.get('/v1/email-figures?days=93')).toMatchObject({ status: 422 });
});

describe('looking at an email', () => {
  test('of examples, in words that are not saved', async () => {
    const { status, body } = await owner.post(`${PATH}/preview`, WORDS);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      subject: 'A break from Studio Membership',
      text: expect.stringContaining('Enjoy it, Ada Lovelace.'),
    });
    expect(await template(owner.get(PATH))).toMatchObject({ version: 0 });
  });

  test('of a real record, which is neither sent nor changed', async () => {
    const emailId = await pausedEmail();

    const { body } = await owner.post(`${PATH}/preview`, { ...WORDS, emailId });

    expect(body).toMatchObject({ subject: 'A break from Monthly', text: expect.stringContaining('Enjoy it') });
    expect((await owner.get(`/v1/emails/${emailId}`)).body).toMatchObject({ state: 'delivered', html: '<p>Hi</p>' });
  });

  test('of another account’s, or of another kind, is not found', async () => {
    const emailId = await pausedEmail();
    const { words } = await template(owner.get('/v1/email-templates/purchase-resumed'));

    expect(await owner.post('/v1/email-templates/purchase-resumed/preview', { ...words, emailId })).toMatchObject({
      status: 404,
    });
    expect(await (await another()).post(`${PATH}/preview`, { ...WORDS, emailId })).toMatchObject({
      status: 404,
    });
  });

  test('a test goes to the owner where a key asks, is marked as one, and cannot be sent again', async () => {
    const { status, body } = await owner.post(`${PATH}/test`, WORDS);

    expect(status).toBe(202);
    const { emailId, to } = body as unknown as { emailId: string; to: string };
    expect((await owner.get(`/v1/emails/${emailId}`)).body).toMatchObject({ isTest: true, to });
    await api.orm.em.fork().execute(`update emails set state = 'sent' where id = ?`, [emailId]);
    expect((await owner.get(`/v1/emails/${emailId}`)).body).toMatchObject({
      subject: '[Test] A break from Studio Membership',
    });
    expect(await owner.post(`/v1/emails/${emailId}/resend`)).toMatchObject({ status: 409 });
    expect(api.woken).toContainEqual({ what: 'startMail', id: emailId });
  });
});

const another = async () => api.client((await aWorld(api.orm)).keys.owner);

async function pausedEmail(): Promise<string> {
  const purchaseId = await aPurchase(api.orm, world);
  const whose = { accountId: world.accountId, recipientId: world.contactId };
  const about = { kind: 'purchase-paused', purchaseId, recordKey: `${purchaseId}:3:0`, revision: 3 };
  const written = { state: 'delivered', subject: 'Paused', html: '<p>Hi</p>', text: 'Hi' } as const;
  return anEmail(api.orm.em.fork(), { ...whose, ...about, ...written });
}

import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { CommandText } from '../../db/entities/command-text.ts';
import { EMAIL_STATES, type Email } from '../../db/entities/email.ts';
import { TimelineRow } from '../../db/entities/timeline-row.ts';
import { aBroadcast, aSentBroadcast } from '../builders/broadcasts.ts';
import { anEmail } from '../builders/rows.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

let purchaseId: string;

useApi();
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

/** An email about the purchase, of its third record. */
const delivered = (given: Partial<Email> = {}): Promise<string> => {
  const whose = { accountId: world.accountId, recipientId: world.contactId };
  const about = { kind: 'purchase-paused', purchaseId, recordKey: `${purchaseId}:3:0`, revision: 3 };
  const sent = {
    state: 'delivered',
    sentAt: T0,
    attempts: 1,
    subject: 'Paused',
    html: '<p>Hi</p>',
    text: 'Hi',
  } as const;
  return anEmail(api.orm.em.fork(), { ...whose, ...about, ...sent, ...given });
};

describe('an email', () => {
  test('says for whom and what it was written, and what was recorded with it, by whom and why', async () => {
    const [entryId, commandId] = [uuid(), uuid()];
    const em = api.orm.em.fork();
    const line = { accountId: world.accountId, purchaseId, position: 0, at: T0, data: {}, change: null };
    const actor = { kind: 'customer', id: world.contactId } as const;
    await em.insert(TimelineRow, { ...line, id: entryId, revision: 3, type: 'purchase.paused', actor, commandId });
    await em.insert(TimelineRow, {
      ...line,
      id: uuid(),
      revision: 2,
      type: 'payment.succeeded',
      actor,
      commandId: null,
    });
    await em.insert(CommandText, { commandId, accountId: world.accountId, reason: 'On holiday' });

    const { body } = await owner.get(`/v1/emails/${await delivered()}`);

    expect(body).toMatchObject({ to: 'ada@example.com', offer: { id: world.offerId, name: 'Monthly' }, text: 'Hi' });
    expect(body).toMatchObject({
      causes: [{ id: entryId, type: 'purchase.paused', at: T0, commandId, reason: 'On holiday' }],
    });
  });

  test('shows no one-time link that works, neither once sent nor while it waits', async () => {
    const link = 'https://x.test/set-password?token=aBc-_123&amp;next=%2Fset-password%3Ftoken%3Dxyz';
    const words = { html: `<a href="${link}">Set</a>`, text: `Set: ${link}` };

    const sent = await owner.get(`/v1/emails/${await delivered({ ...words, kind: 'member-welcome' })}`);
    const queued = await owner.get(`/v1/emails/${await delivered({ ...words, kind: 'login-link', state: 'queued' })}`);

    expect(JSON.stringify(sent.body)).not.toMatch(/aBc-_123|xyz/);
    expect(sent.body).toMatchObject({ text: expect.stringContaining('set-password?token=removed&amp;next=') });
    expect(queued.body).toMatchObject({ state: 'queued', html: null, text: null });
  });

  test('names those that were sent in its place', async () => {
    const first = await delivered({ state: 'bounced', reason: 'permanent: no such mailbox' });

    const again = await owner.post(`/v1/emails/${first}/resend`);

    expect(again).toMatchObject({
      status: 202,
      body: { state: 'queued', resendOf: first, offer: { name: 'Monthly' } },
    });
    const { body } = await owner.get(`/v1/emails/${first}`);
    expect(body).toMatchObject({ reason: 'permanent: no such mailbox', resends: [{ id: again.body.id }] });
  });

  test('of another account is not found', async () => {
    const other = api.client((await aWorld(api.orm)).keys.owner);
    const id = await delivered();

    expect((await other.get(`/v1/emails/${id}`)).status).toBe(404);
    expect((await other.post(`/v1/emails/${id}/resend`)).status).toBe(404);
    expect((await other.get('/v1/emails/count')).body).toEqual({ count: 0, isOver: false });
  });
});

test('emails are counted by the same filters as listed', async () => {
  await delivered();
  await delivered({ kind: 'payment-receipt', state: 'bounced' });

  const counts = ['', '?state=bounced', '?kind=purchase-paused&q=ADA', '?q=nobody', `?purchaseId=${purchaseId}`];
  const answers = await Promise.all(counts.map((query) => owner.get(`/v1/emails/count${query}`)));

  expect(answers.map(({ body }) => body)).toEqual([2, 1, 1, 0, 2].map((count) => ({ count, isOver: false })));
  const none = Object.fromEntries(EMAIL_STATES.map((state) => [state, 0]));
  const states = async (query: string) => (await owner.get(`/v1/emails/counts${query}`)).body;
  expect(await states('')).toEqual({ ...none, all: 2, delivered: 1, bounced: 1, over: [] });
  expect(await states('?kind=purchase-paused&q=ADA')).toEqual({ ...none, all: 1, delivered: 1, over: [] });
  expect(await states('?q=nobody')).toEqual({ ...none, all: 0, over: [] });
});

test('those of one broadcast are listed and counted, and none of a draft', async () => {
  const em = api.orm.em.fork();
  const { jobId, broadcastId } = await aSentBroadcast(em, world.accountId);
  const draftId = await aBroadcast(em, world.accountId);
  const ids = [await delivered({ jobId, recordKey: 'a' }), await delivered({ jobId, recordKey: 'b' })];
  await delivered({ recordKey: 'c' });

  const { body } = await owner.get(`/v1/emails?broadcastId=${broadcastId}`);
  const counts = await owner.get(`/v1/emails/counts?broadcastId=${broadcastId}`);
  const { body: none } = await owner.get(`/v1/emails?broadcastId=${draftId}`);

  const listed = body.data as { id: string }[];
  expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(counts.body).toMatchObject({ all: 2 });
  expect(none.data).toEqual([]);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { InboxRow, type InboxState } from '../../db/entities/inbox-row.ts';
import { keepRoutes } from '../../db/inbox/match-events.ts';
import type { Role } from '../../workflows/domain/verb.ts';
import { signedByStripe } from './a-stranger.ts';
import type { Client } from './a-client.ts';
import { aPurchase, aWorld, endCommand, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

let purchaseId: string;
let operator: Client;

useApi({ waitMs: 50 });
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
  operator = api.client(world.keys.operator);
  await api.orm.em.fork().nativeDelete(InboxRow, { accountId: null });
  api.woken.length = 0;
});

const as = (role: Role) => api.client(world.keys[role]);

/** An event as Stripe delivers it; the id of its row. */
async function arrived(metadata: object = { purchaseId }, more: object = {}): Promise<string> {
  const event = {
    id: `evt_${uuid()}`,
    object: 'event',
    type: 'customer.subscription.updated',
    created: 1_800_000_000,
    livemode: false,
    data: { object: { object: 'subscription', id: `sub_${purchaseId}`, metadata } },
    ...more,
  };
  const body = JSON.stringify(event);
  const headers = signedByStripe(body);
  const { status } = await fetch(`${api.url}/webhooks/stripe/platform`, { method: 'POST', body, headers });
  expect(status).toBe(200);
  return (await api.orm.em.fork().findOneOrFail(InboxRow, { externalId: event.id })).id;
}

/** One that names a purchase, from a Stripe account that is nobody's here. */
const stray = (): Promise<string> => arrived({ purchaseId }, { account: 'acct_stranger' });

const UNREADABLE = { refusal: { code: 'unreadable', detail: 'It cannot be read.' }, effects: null } as const;

/** Ends an event as its record would. */
const ended = (id: string, state: InboxState) =>
  api.orm.em
    .fork()
    .nativeUpdate(InboxRow, { id }, { state, doneAt: T0, answer: state === 'failed' ? UNREADABLE : null });

const rowOf = (id: string) => api.orm.em.fork().findOneOrFail(InboxRow, { id });
const idsOf = async (client: Client, path: string) => (await client.get(path)).body.data.map(({ id }) => id);

async function pagesOf(path: string): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await owner.get(`${path}limit=1${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.data.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  return seen;
}

describe('webhooks', () => {
  test('are listed with what became of them and of whom they speak, and counted', async () => {
    const [applied, failed, pending] = [await arrived(), await arrived(), await arrived()];
    await ended(applied, 'applied');
    await ended(failed, 'failed');

    const { body } = await owner.get('/v1/webhooks');

    expect(body.data).toHaveLength(3);
    expect(body.data.find(({ id }) => id === failed)).toMatchObject({
      kind: 'customer.subscription.updated',
      state: 'failed',
      occurredAt: '2027-01-15T08:00:00.000Z',
      tries: 0,
      detail: 'It cannot be read.',
      isReplayable: true,
      doneAt: T0,
      nextTryAt: null,
      purchase: { id: purchaseId, contact: { email: 'ada@example.com', name: 'Ada' }, offer: { name: 'Monthly' } },
    });
    const nobodys = { unmatched: 0, dead: 0 };
    expect((await owner.get('/v1/webhooks/counts')).body).toEqual({
      pending: 1,
      applied: 1,
      failed: 1,
      no_change: 0,
      ...nobodys,
      over: [],
    });
    expect(await idsOf(owner, '/v1/webhooks?state=pending')).toEqual([pending]);
    expect(await idsOf(owner, `/v1/webhooks?state=failed&purchaseId=${purchaseId}`)).toEqual([failed]);
    expect(await idsOf(owner, '/v1/webhooks?kind=invoice.paid')).toEqual([]);
  });

  test('of one second are each on one page only', async () => {
    const made = [await arrived(), await arrived(), await arrived()];

    expect((await pagesOf('/v1/webhooks?')).sort()).toEqual(made.sort());
    expect((await owner.get(`/v1/webhooks?cursor=${cursorOf('nonsense')}`)).status).toBe(422);
  });

  test('show what Stripe sent to owners and operators alone', async () => {
    const id = await arrived();

    const roles = ['owner', 'administrator', 'support', 'assistant'] as const;
    const statuses = await Promise.all(roles.map((role) => as(role).get(`/v1/webhooks/${id}/body`)));

    expect(statuses.map(({ status }) => status)).toEqual([200, 403, 403, 403]);
    expect(statuses[0]?.body).toMatchObject({
      webhookId: id,
      event: { data: { object: { metadata: { purchaseId } } } },
    });
    expect((await as('support').get(`/v1/webhooks/${id}`)).status).toBe(200);
    expect((await as('assistant').get(`/v1/webhooks/${id}`)).status).toBe(403);
  });

  test.each(['failed', 'no_change'] as const)(
    'that are %s are opened again by a replay, and their purchase woken',
    async (state) => {
      const id = await arrived();
      await ended(id, state);
      await arrived({ purchaseId });
      api.woken.length = 0;

      const { status, body } = await owner.post(`/v1/webhooks/${id}/replay`);

      expect({ status, body }).toMatchObject({ status: 202, body: { state: 'pending', doneAt: null, detail: null } });
      expect(await rowOf(id)).toMatchObject({ state: 'open', answer: null, doneAt: null });
      expect(api.woken).toContainEqual({ what: 'wake', id: purchaseId });
    },
  );

  test('that are pending are only woken; those that are applied are left alone', async () => {
    const [pending, applied] = [await arrived(), await arrived()];
    await ended(applied, 'applied');

    expect((await owner.post(`/v1/webhooks/${pending}/replay`)).status).toBe(202);
    const { status, body } = await owner.post(`/v1/webhooks/${applied}/replay`);

    expect({ status, code: body.code, state: body.state }).toEqual({
      status: 409,
      code: 'wrong_state',
      state: 'applied',
    });
    expect(await rowOf(applied)).toMatchObject({ state: 'applied' });
  });

  test('whose body is no longer kept cannot be replayed', async () => {
    const id = await arrived();
    await ended(id, 'failed');
    await api.orm.em.fork().execute('delete from inbox_bodies where inbox_id = ?', [id]);

    expect((await owner.post(`/v1/webhooks/${id}/replay`)).status).toBe(409);
    expect((await owner.get(`/v1/webhooks/${id}/body`)).status).toBe(409);
    expect(await rowOf(id)).toMatchObject({ state: 'failed' });
  });

  test('are replayed by those who may act on billing', async () => {
    const id = await arrived();

    const roles = ['administrator', 'support', 'assistant'] as const;
    const statuses = await Promise.all(roles.map((role) => as(role).post(`/v1/webhooks/${id}/replay`)));

    expect(statuses.map(({ status }) => status)).toEqual([202, 403, 403]);
  });

  test('of another account are not there', async () => {
    const id = await arrived();
    const other = api.client((await aWorld(api.orm)).keys.owner);

    const answers = [
      await other.get(`/v1/webhooks/${id}`),
      await other.get(`/v1/webhooks/${id}/body`),
      await other.post(`/v1/webhooks/${id}/replay`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await idsOf(other, '/v1/webhooks')).toEqual([]);
  });
});

const cursorOf = (at: string): string => Buffer.from(JSON.stringify(['at', at, uuid()])).toString('base64url');

describe('webhooks of no purchase that is known', () => {
  test('belong to nobody: operators alone see and count them', async () => {
    const id = await stray();

    expect(await idsOf(owner, '/v1/webhooks')).toEqual([]);
    expect((await owner.get(`/v1/webhooks/${id}`)).status).toBe(404);
    expect((await owner.get('/v1/operator/webhooks')).status).toBe(403);
    expect((await operator.get('/v1/operator/webhooks')).body.data).toMatchObject([
      { id, state: 'unmatched', purchase: null, isReplayable: true },
    ]);
    expect((await operator.get('/v1/operator/webhooks/counts')).body).toMatchObject({ unmatched: 1, dead: 0 });
    expect((await operator.get(`/v1/operator/webhooks/${id}`)).status).toBe(200);
    expect((await operator.get(`/v1/operator/webhooks/${id}/body`)).body).toMatchObject({ webhookId: id });
  });

  test('are given to their purchase by a replay once it is known, dead ones as well', async () => {
    const id = await stray();
    await ended(id, 'dead');
    const route = { purchaseId, stripeAccount: 'acct_stranger', objectIds: [`sub_${purchaseId}`] };
    await keepRoutes(api.orm.em.fork(), route);

    const { status, body } = await operator.post(`/v1/operator/webhooks/${id}/replay`);

    expect({ status, body }).toMatchObject({ status: 202, body: { state: 'pending', purchase: { id: purchaseId } } });
    expect(await rowOf(id)).toMatchObject({ state: 'open', accountId: world.accountId, subjectId: purchaseId });
    expect(api.woken).toEqual([{ what: 'wake', id: purchaseId }]);
  });

  test('that are nobody’s still are looked for anew', async () => {
    const id = await stray();
    await ended(id, 'dead');

    const { body } = await operator.post(`/v1/operator/webhooks/${id}/replay`);

    expect(body).toMatchObject({ state: 'unmatched', tries: 0, doneAt: null });
    expect(api.woken).toEqual([]);
  });
});

describe('commands', () => {
  const ask = async (verb: string, body: object): Promise<string> =>
    (await owner.post(`/v1/purchases/${purchaseId}/${verb}`, body)).body.id;

  test('are listed with who asked, why and with what, and counted', async () => {
    const refused = await ask('pause', { reason: 'On holiday', resumeAt: '2027-03-01T00:00:00Z' });
    await endCommand(api.orm, refused, { code: 'wrong_state', detail: 'It is canceled.', state: 'canceled' });
    const pending = await ask('cancel', { when: 'now' });

    const { body } = await owner.get('/v1/commands?status=refused');

    expect(body.data).toMatchObject([
      {
        id: refused,
        verb: 'pause',
        status: 'refused',
        reason: 'On holiday',
        feedback: null,
        purchaseId,
        by: { kind: 'api_key', role: 'owner' },
        input: { resumeAt: '2027-03-01T00:00:00.000Z', access: 'keep' },
        problem: { code: 'wrong_state', detail: 'It is canceled.' },
        purchase: { contact: { name: 'Ada' } },
      },
    ]);
    expect((await owner.get('/v1/commands/counts')).body).toEqual({
      pending: 1,
      applied: 0,
      refused: 1,
      failed: 0,
      over: [],
    });
    expect((await owner.get('/v1/commands/counts?verb=pause')).body).toMatchObject({ pending: 0, refused: 1 });
    expect(await idsOf(owner, `/v1/commands?purchaseId=${purchaseId}&verb=cancel`)).toEqual([pending]);
    expect((await pagesOf('/v1/commands?')).sort()).toEqual([refused, pending].sort());
  });

  test('that are pending can be woken, those that have ended cannot', async () => {
    const id = await ask('pause', {});
    api.woken.length = 0;

    expect((await owner.post(`/v1/commands/${id}/wake`)).status).toBe(202);
    expect(api.woken).toEqual([{ what: 'wake', id: purchaseId }]);

    await endCommand(api.orm, id);
    expect((await owner.post(`/v1/commands/${id}/wake`)).status).toBe(409);
  });

  test('are not for assistants, and those of another account are not there', async () => {
    const id = await ask('pause', {});
    const other = api.client((await aWorld(api.orm)).keys.owner);

    expect((await as('assistant').get('/v1/commands')).status).toBe(403);
    expect((await as('support').get('/v1/commands')).status).toBe(200);
    expect((await as('support').post(`/v1/commands/${id}/wake`)).status).toBe(403);
    expect((await other.get(`/v1/commands/${id}`)).status).toBe(404);
    expect((await other.post(`/v1/commands/${id}/wake`)).status).toBe(404);
    expect(await idsOf(other, '/v1/commands')).toEqual([]);
  });
});

import { expect, test } from '@jest/globals';
import { entitlementsOf } from '../../db/platform/entitlements.ts';
import type { Client } from '../api/a-client.ts';
import { anExpert } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aPlatform } from './accounts-that-buy.ts';
import { town, useTown } from './use-town.ts';

useTown();

const ACCESS = '/v1/account/access';
const REQUEST = `${ACCESS}/removal-request`;
const REMOVALS = '/v1/operator/removal-requests';
const LAST = '2027-03-02T09:00:00.000Z';

/** An account with a plan and the add-on since T0, and whoever removes it. */
async function anAccountWithAccess(interval: 'month' | 'year' = 'month') {
  const platform = await aPlatform(town);
  const rosa = await platform.anAccountWithAccess(interval);
  const access = async (): Promise<Record<string, never>> => (await rosa.owner.get(ACCESS)).body as never;
  return { ...platform, rosa, access, addOnId: rosa.addOnId };
}

const pipelinesOf = async (owner: Client): Promise<string[]> => {
  const { body } = await owner.get('/v1/content/pipeline?archived=false');
  return (body.data as unknown as { id: string }[]).map(({ id }) => id).sort();
};

async function standing(operator: Client): Promise<string> {
  const { body } = await operator.get(`${REMOVALS}?state=open`);
  return (body.data as unknown as { id: string }[]).at(-1)?.id ?? '';
}

test('asked for on the last instant of the window, the money goes back months later; re-added it starts at six, without a window [R20.4, R20.5]', async () => {
  const { site, operator, rosa, access, addOnId } = await anAccountWithAccess();
  await site.moveTo(LAST);

  const asked = await rosa.clients.administrator.post(REQUEST, { reason: 'Too busy', refundWanted: true });
  const twice = await rosa.owner.post(REQUEST, { refundWanted: false });
  expect(asked).toMatchObject({
    status: 200,
    body: { status: 'active', credits: { available: 1 }, removalRequest: { refundWanted: true, reason: 'Too busy' } },
  });
  expect([twice.status, twice.body.code]).toEqual([409, 'wrong_state']);
  await site.moveTo('2027-05-05T09:00:00.000Z');
  const { body: queue } = await operator.get(`${REMOVALS}?state=open`);
  expect(queue.data).toMatchObject([
    {
      account: { id: rosa.accountId },
      purchaseId: addOnId,
      ageDays: 64,
      refundWanted: true,
      content: { state: 'fits' },
    },
  ]);

  const remove = `${REMOVALS}/${await standing(operator)}/remove`;
  const preview = await operator.post(remove, { dryRun: true });
  expect((await rosa.owner.post(remove, {})).status).toBe(403);
  const removed = await operator.post(remove, { planHash: preview.body.planHash, reason: 'As asked' });
  await site.quiet();

  expect(preview.body).toMatchObject({
    status: 'preview',
    content: { state: 'fits' },
    credits: { before: { available: 2 }, after: { available: 0 } },
  });
  expect(removed.status).toBe(200);
  const read = await site.read(addOnId);
  expect(read.payments.map(({ amountMinor, refundedMinor }) => amountMinor - refundedMinor)).toEqual([0, 0, 0, 0]);
  expect(await access()).toMatchObject({ status: 'canceled', credits: { available: 0 }, removalRequest: null });
  const left = await entitlementsOf(town.deps.orm.em.fork(), rosa.accountId);
  expect(left).toMatchObject({ features: [], quotas: { pipelines: 3 } });

  const again = await rosa.owner.post(ACCESS, {});
  await site.quiet();
  expect([again.status, again.body.status]).toEqual([200, 'begun']);
  expect(await access()).toMatchObject({
    status: 'active',
    firstPaymentAt: '2027-05-05T09:00:00.000Z',
    refundWindowClosesAt: null,
    credits: { perYear: 6, remainingThisYear: 6, available: 1 },
  });
  const late = await rosa.owner.post(REQUEST, { refundWanted: true });
  expect([late.status, late.body.field]).toEqual([422, 'refundWanted']);
});

test('a millisecond after the window it is without money back; a request is withdrawn and made again', async () => {
  const { site, operator, rosa, access, addOnId } = await anAccountWithAccess('year');
  await site.moveTo('2027-03-02T09:00:01.000Z');
  await town.deps.orm.em
    .fork()
    .execute(`update accounts set clock_at = ?::timestamptz + interval '1 millisecond' where id = ?`, [
      LAST,
      site.accountId,
    ]);

  const late = await rosa.owner.post(REQUEST, { refundWanted: true });
  await rosa.owner.post(REQUEST, { refundWanted: false });
  const withdrawn = await rosa.owner.delete(REQUEST);
  const gone = await rosa.owner.delete(REQUEST);
  await rosa.owner.post(REQUEST, { reason: 'Once more' });

  expect([late.status, late.body.code]).toEqual([422, 'refund_window_closed']);
  expect(withdrawn).toMatchObject({ status: 200, body: { removalRequest: null } });
  expect(gone.status).toBe(409);
  const removal = await standing(operator);
  expect((await operator.post(`/v1/cancellation-requests/${removal}/decline`, { reason: 'No' })).status).toBe(409);
  expect((await operator.post(`${REMOVALS}/${removal}/remove`, {})).status).toBe(200);
  await site.quiet();

  expect((await site.read(addOnId)).payments).toMatchObject([{ refundedMinor: 0 }]);
  expect(await access()).toMatchObject({ status: 'canceled', credits: { available: 0, remainingThisYear: 0 } });
  expect((await site.emails(addOnId)).map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'purchase-confirmation to customer',
    'add-on-welcome to customer',
    'credit-issued to customer',
    'add-on-removal-received to customer',
    'admin-cancellation-requested to admins',
    'admin-cancellation-request-withdrawn to admins',
    'add-on-removal-received to customer',
    'admin-cancellation-requested to admins',
    'add-on-removed to customer',
    'admin-purchase-canceled to admins',
    'credits-forfeited to customer',
  ]);
});

test('with more content than the plan has room for it waits until what is kept is confirmed, and the rest comes back [R20.3]', async () => {
  const { site, operator, rosa, access, addOnId } = await anAccountWithAccess();
  const pipelines = ['a', 'b', 'c', 'd', 'e'];
  for (const id of pipelines) await site.must(rosa.owner.put(`/v1/content/pipeline/${id}`, { name: id }), 201);
  await rosa.owner.post(REQUEST, {});
  const removal = `${REMOVALS}/${await standing(operator)}`;

  const preview = await operator.post(`${removal}/remove`, { dryRun: true });
  const early = await operator.post(`${removal}/remove`, {});
  const directly = await operator.post(`/v1/purchases/${addOnId}/cancel`, { when: 'now' });
  const nothing = await operator.post(`${removal}/confirm-content`, {});
  const items = ['b', 'c', 'e'].map((id) => ({ kind: 'pipeline', id }));
  await site.must(rosa.owner.put('/v1/account/kept-content', { items }));
  const unconfirmed = await operator.post(`${removal}/remove`, {});
  const confirmed = await operator.post(`${removal}/confirm-content`, {});
  const removed = await operator.post(`${removal}/remove`, {});
  await site.quiet();

  const excess = [{ quota: 'pipelines', limit: 3, used: 5 }];
  expect(preview.body).toMatchObject({ content: { state: 'unlisted', excess } });
  for (const { status, body } of [early, directly, unconfirmed])
    expect([status, body.code]).toEqual([409, 'content_not_confirmed']);
  expect(nothing.status).toBe(409);
  expect(confirmed.body).toMatchObject({ content: { state: 'confirmed' } });
  expect(removed.status).toBe(200);
  expect(await pipelinesOf(rosa.owner)).toEqual(['b', 'c', 'e']);
  expect((await access()).status).toBe('canceled');
  await rosa.owner.post(ACCESS, {});
  await site.quiet();
  expect(await pipelinesOf(rosa.owner)).toEqual(pipelines);
});

const FAILS = 'pm_card_chargeCustomerFail';

test.each([
  ['its retries are exhausted', 'month', 'delinquent', '2027-03-15T09:00:00.000Z', 0],
  ['it is canceled at Stripe', 'year', 'external', '2027-02-10T09:00:00.000Z', 5],
] as const)(
  'the add-on ends when %s, and too much content stays until it is confirmed what is kept [R20.1]',
  async (_, interval, cause, at, forfeited) => {
    const { site, operator, rosa, access, addOnId } = await anAccountWithAccess(interval);
    const { owner } = rosa;
    const pipelines = ['a', 'b', 'c', 'd', 'e'];
    for (const id of pipelines) await site.must(owner.put(`/v1/content/pipeline/${id}`, { name: id }), 201);
    const expertId = await anExpert(town.deps.orm.em.fork(), site.accountId);
    const call = { purchaseId: addOnId, expertId, startsAt: '2027-03-22T08:00:00.000Z' };
    await site.must(owner.post('/v1/account/calls', call));
    const { subscriptions, paymentMethods } = town.sandbox.stripe;
    const [subscription, { stripeCustomerId }] = [await site.subscriptionOf(addOnId), await site.read(addOnId)];

    if (cause === 'external') {
      await site.moveTo(at);
      await subscriptions.cancel(subscription);
      await eventually(async () => (await access()).status === 'canceled');
      await site.quiet();
    } else {
      const { id } = await paymentMethods.attach(FAILS, { customer: stripeCustomerId! });
      await subscriptions.update(subscription, { default_payment_method: id });
      await site.moveTo('2027-03-14T09:00:00.000Z');
      expect(await access()).toMatchObject({ status: 'past_due', features: ['code_editor', 'early_access'] });
      expect((await owner.get('/v1/account/features')).body).toMatchObject({ quotas: { pipelines: { limit: 6 } } });
      await site.moveTo('2027-03-16T09:00:00.000Z');
    }

    const ends = (await site.timelineOf(addOnId)).data.filter(({ type }) => type === 'purchase.canceled');
    expect(ends).toMatchObject([{ at, data: { cause }, actor: { kind: 'system' } }]);
    expect(await access()).toMatchObject({ status: 'canceled', endsAt: at, credits: { available: 0, held: 0 } });
    const entries = await creditsOf(addOnId);
    expect(entries.filter((kind) => kind === 'forfeited')).toHaveLength(forfeited);
    expect(entries.filter((kind) => kind === 'spent')).toHaveLength(1);
    const { data: calls } = await site.must<{ data: object[] }>(owner.get('/v1/account/calls'));
    expect(calls).toMatchObject([{ state: 'canceled' }]);
    const plan = (await owner.get('/v1/account/plan')).body;
    expect(plan).toMatchObject({
      plan: { status: 'active' },
      features: [],
      quotas: { pipelines: { limit: 3, used: 5 } },
    });

    expect(await pipelinesOf(owner)).toEqual(pipelines);
    const more = await owner.put('/v1/content/pipeline/f', { name: 'f' });
    expect([more.status, more.body]).toMatchObject([409, { code: 'quota_reached', limit: 3, used: 5 }]);
    await site.must(owner.put('/v1/account/kept-content', { items: ['a', 'c', 'e'].map(pipelineOf) }));
    expect(await pipelinesOf(owner)).toEqual(pipelines);
    await site.must(operator.post(`/v1/operator/accounts/${rosa.accountId}/kept-content/confirmation`, {}));
    expect(await pipelinesOf(owner)).toEqual(['a', 'c', 'e']);
  },
);

const pipelineOf = (id: string) => ({ kind: 'pipeline', id });

async function creditsOf(purchaseId: string): Promise<string[]> {
  const sql = 'select kind from credit_entries where purchase_id = ? order by revision, position';
  const rows = await town.deps.orm.em.fork().execute<{ kind: string }[]>(sql, [purchaseId]);
  return rows.map(({ kind }) => kind);
}

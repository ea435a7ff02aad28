import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

async function bought() {
  const site = await aSite(town);
  const purchaseId = await site.buy(await site.offer({ cancelBy: 'request' }));
  const ada = await asCustomer(site, purchaseId);
  const path = `/v1/me/purchases/${purchaseId}/cancellation-request`;
  const ask = async (body: object = { reason: 'Moving away', refundWanted: true }) => {
    const asked = await site.must(ada.post(path, body));
    await site.quiet();
    return asked;
  };
  const queue = async (query = 'state=open') =>
    (await site.must<{ data: Queued[] }>(site.owner.get(`/v1/cancellation-requests?${query}`))).data;
  return { site, purchaseId, ada, path, ask, queue };
}

type Queued = { id: string; state: string; commandId: string | null };

test('a request changes nothing, waits in the queue, and is withdrawn', async () => {
  const { site, purchaseId, ada, path, ask, queue } = await bought();

  const forbidden = await ada.post(`/v1/me/purchases/${purchaseId}/cancel`, {});
  const before = await site.read(purchaseId);
  await ask();
  const again = await ada.post(path, {});
  const waiting = await queue();
  await site.must(ada.delete(path));
  const nothing = await ada.delete(path);
  await site.quiet();

  expect(forbidden.status).toBe(403);
  expect([again.status, nothing.status]).toEqual([409, 409]);
  expect(waiting).toMatchObject([
    { state: 'open', reason: 'Moving away', refundWanted: true, ageDays: 0, purchase: { id: purchaseId } },
  ]);
  expect(await queue()).toEqual([]);
  expect(await queue('state=withdrawn')).toMatchObject([{ decidedBy: { kind: 'customer' } }]);
  expect(await site.read(purchaseId)).toMatchObject({
    billingStatus: before.billingStatus,
    version: before.version,
    nextChargeAt: before.nextChargeAt,
  });
  expect((await site.timeline(purchaseId)).slice(2)).toEqual([
    '2027-01-31T09:00Z purchase.cancellation-requested by customer',
    '2027-01-31T09:00Z purchase.cancellation-request-withdrawn by customer',
  ]);
  expect((await site.emails(purchaseId)).slice(1)).toEqual([
    '2027-01-31T09:00Z cancellation-requested to customer',
    '2027-01-31T09:00Z admin-cancellation-requested to admins',
    '2027-01-31T09:00Z admin-cancellation-request-withdrawn to admins',
  ]);
});

test('declined with a reason, the customer reads it and may ask again', async () => {
  const { site, purchaseId, ada, ask, queue } = await bought();
  await ask();
  const [request] = await queue();
  const path = `/v1/cancellation-requests/${request?.id}`;

  const before = await site.read(purchaseId);
  const said = await site.must<{ planHash: string; before: object; after: object }>(
    site.owner.post(`${path}/decline`, { dryRun: true }),
  );
  expect(said).toMatchObject({
    status: 'preview',
    verb: 'decline-cancellation-request',
    money: [],
    emails: [
      { kind: 'cancellation-request-declined', to: 'customer' },
      { kind: 'admin-cancellation-request-declined', to: 'admins' },
    ],
    quote: null,
  });
  expect(said.after).toEqual(said.before);
  expect([await site.read(purchaseId), await queue()]).toEqual([before, [request]]);
  const stale = await site.owner.post(`${path}/decline`, { reason: 'No', planHash: 'another' });
  expect([stale.status, stale.body.code]).toEqual([409, 'preview_stale']);
  const without = await site.owner.post(`${path}/decline`, {});
  await site.must(site.owner.post(`${path}/decline`, { reason: 'The term ends in May', planHash: said.planHash }));
  const twice = await site.owner.post(`${path}/decline`, { reason: 'Again' });
  await site.quiet();

  expect([without.status, without.body.field, twice.status]).toEqual([422, 'reason', 409]);
  expect((await site.owner.post(`${path}/decline`, { dryRun: true })).status).toBe(409);
  expect(await site.must(site.owner.get(path))).toMatchObject({ state: 'declined', decision: 'The term ends in May' });
  expect(await site.must(ada.get(`/v1/me/purchases/${purchaseId}`))).toMatchObject({
    canCancel: false,
    canRequestCancellation: true,
    cancellationRequest: { state: 'declined', decision: 'The term ends in May' },
  });
  expect((await site.emails(purchaseId)).slice(3)).toEqual([
    '2027-01-31T09:00Z cancellation-request-declined to customer',
    '2027-01-31T09:00Z admin-cancellation-request-declined to admins',
  ]);
  await ask({});
  expect(await queue()).toHaveLength(1);
});

test('carried out by cancel: the preview is that of the verb, and the request names the command', async () => {
  const { site, purchaseId, ask, queue } = await bought();
  await ask();
  const [request] = await queue();
  const path = `/v1/cancellation-requests/${request?.id}`;

  const shown = await site.must(site.owner.post(`${path}/carry-out`, { dryRun: true }));
  const untouched = await queue();
  const done = await site.must(site.owner.post(`${path}/carry-out`, { planHash: shown.planHash }));
  await site.quiet();
  const late = await site.owner.post(`${path}/carry-out`, {});

  expect(shown).toMatchObject({ status: 'preview', verb: 'cancel', after: { cancelAt: '2027-02-28T09:00:00.000Z' } });
  expect(untouched).toHaveLength(1);
  expect(await site.must(site.owner.get(path))).toMatchObject({ state: 'carried_out', commandId: done.command.id });
  expect(late.status).toBe(409);
  expect((await site.timeline(purchaseId)).slice(3)).toEqual([
    expect.stringContaining('purchase.cancellation-scheduled'),
  ]);
  await site.moveTo('2027-03-01T09:00:00.000Z');
  expect(await site.read(purchaseId)).toMatchObject({ billingStatus: 'canceled', cancellationRequest: null });
});

test('carried out by money-back', async () => {
  const { site, purchaseId, ask, queue } = await bought();
  await ask();
  const [request] = await queue();

  const path = `/v1/cancellation-requests/${request?.id}`;
  await site.must(site.owner.post(`${path}/carry-out`, { verb: 'money-back' }));
  await site.quiet();

  expect(await site.read(purchaseId)).toMatchObject({
    billingStatus: 'canceled',
    payments: [{ refundedMinor: 2_900 }],
  });
  expect(await site.must(site.owner.get(path))).toMatchObject({ state: 'carried_out' });
});

test('a purchase that ends otherwise settles its request', async () => {
  const { site, purchaseId, ask, queue } = await bought();
  await ask();

  await town.sandbox.stripe.subscriptions.cancel(await site.subscriptionOf(purchaseId));
  await site.moveTo('2027-02-01T09:00:00.000Z');

  expect(await queue('state=obsolete')).toMatchObject([{ decidedBy: null, commandId: null }]);
  expect(await site.timeline(purchaseId)).toEqual(
    expect.arrayContaining([expect.stringContaining('purchase.cancellation-request-settled by system')]),
  );
});

test('where customers cancel by themselves, there is nothing to request', async () => {
  const site = await aSite(town);
  const purchaseId = await site.buy(await site.offer());
  const ada = await asCustomer(site, purchaseId);

  const { status, body } = await ada.post(`/v1/me/purchases/${purchaseId}/cancellation-request`, {});

  expect([status, body.code]).toEqual([409, 'wrong_state']);
});

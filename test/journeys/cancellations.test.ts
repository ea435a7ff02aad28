import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { temporal } from '@temporalio/proto';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const BOUGHT = [
  '2027-01-31T09:00Z purchase.bought by stripe',
  '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
];
const CONFIRMED = '2027-01-31T09:00Z purchase-confirmation to customer';

test('now: billing and access end at once, nothing is given back', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.moveTo('2027-02-10T09:00:00.000Z');

  const { command, purchase } = await site.ask(id, 'cancel', { when: 'now', reason: 'Asked by phone' });
  await site.moveTo('2027-04-10T09:00:00.000Z');

  expect(command.effects?.money).toEqual([{ kind: 'no_more_charges', from: '2027-02-10T09:00:00.000Z' }]);
  expect(purchase).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none', legalVerbs: ['refund'], due: [] });
  expect(await site.timeline(id)).toEqual([...BOUGHT, '2027-02-10T09:00Z purchase.canceled by api_key (cause: api)']);
  expect(await site.emails(id)).toEqual([
    CONFIRMED,
    '2027-02-10T09:00Z purchase-canceled to customer',
    '2027-02-10T09:00Z admin-purchase-canceled to admins',
  ]);
  expect((await site.timelineOf(id)).data.at(-1)).toMatchObject({ reason: 'Asked by phone' });
});

test("at the period's end: access until then, the customer is told twice, the admins once", async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.moveTo('2027-02-10T09:00:00.000Z');

  await site.ask(id, 'cancel', { when: 'period_end' });
  await site.moveTo('2027-02-28T08:59:59.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
  await site.moveTo('2027-02-28T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none', payments: [{}] });
  expect(await site.timeline(id)).toEqual([
    ...BOUGHT,
    '2027-02-10T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-02-28T09:00Z)',
    '2027-02-28T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
  expect(await site.emails(id)).toEqual([
    CONFIRMED,
    '2027-02-10T09:00Z cancellation-scheduled to customer',
    '2027-02-10T09:00Z admin-cancellation-scheduled to admins',
    '2027-02-28T09:00Z purchase-canceled to customer',
  ]);
});

test('on a date inside the paid period nothing more is charged', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  const preview = await site.preview(id, 'cancel', { when: 'at', cancelAt: '2027-02-14T12:00:00Z' });
  await site.ask(id, 'cancel', { when: 'at', cancelAt: '2027-02-14T12:00:00Z', planHash: preview.planHash });
  expect(await site.due(id)).toEqual(['2027-02-14T12:00Z cancellation']);
  await site.moveTo('2027-04-10T09:00:00.000Z');

  expect(preview).toMatchObject({ quote: null, after: { cancelAt: '2027-02-14T12:00:00.000Z', nextChargeAt: null } });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-02-14T12:00Z)',
    '2027-02-14T12:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
});

test('on a date beyond the period each full cycle is charged, and the last part as the preview had it from Stripe', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const body = { when: 'at', cancelAt: '2027-03-10T09:00:00Z' };

  const preview = await site.preview(id, 'cancel', body);
  await site.ask(id, 'cancel', { ...body, planHash: preview.planHash });
  expect(await site.due(id)).toEqual(['2027-02-28T09:00Z renewal', '2027-03-10T09:00Z cancellation']);
  await site.moveTo('2027-05-01T09:00:00.000Z');

  // 10 of the 31 days from 28 February to 31 March.
  expect(preview.quote).toEqual({ amountMinor: 935, currency: 'usd' });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-03-10T09:00Z)',
    '2027-02-28T09:00Z payment.succeeded by stripe (935 usd)',
    '2027-03-10T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
});

test('on a date two cycles on: one full, one shortened', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const body = { when: 'at', cancelAt: '2027-04-15T09:00:00Z' };

  const { quote, money } = await site.preview(id, 'cancel', body);
  await site.ask(id, 'cancel', body);
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect((await site.timeline(id)).slice(3)).toEqual([
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-03-31T09:00Z payment.succeeded by stripe (1450 usd)',
    '2027-04-15T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
  // Stripe looks no further ahead than the next invoice.
  expect(quote).toBeNull();
  expect(money.map((effect) => ('amountMinor' in effect ? effect.amountMinor : null))).toEqual([2_900, 1_450, null]);
});

test('undone in time it goes on as before, with nothing charged for it', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'cancel', { when: 'period_end' });
  await site.moveTo('2027-02-20T09:00:00.000Z');
  await site.ask(id, 'undo-cancel');
  expect(await site.due(id)).toEqual(['2027-02-28T09:00Z renewal']);
  await site.moveTo('2027-03-10T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    ...BOUGHT,
    '2027-01-31T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-02-28T09:00Z)',
    '2027-02-20T09:00Z purchase.cancellation-undone by api_key',
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
  expect(await site.emails(id)).toEqual([
    CONFIRMED,
    '2027-01-31T09:00Z cancellation-scheduled to customer',
    '2027-01-31T09:00Z admin-cancellation-scheduled to admins',
    '2027-02-20T09:00Z cancellation-undone to customer',
    '2027-02-20T09:00Z admin-cancellation-undone to admins',
    '2027-02-28T09:00Z payment-receipt to customer',
  ]);
});

test('undone after the shortened part was charged, the rest of that cycle is on the next regular invoice', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'cancel', { when: 'at', cancelAt: '2027-03-10T09:00:00Z' });
  await site.moveTo('2027-03-02T09:00:00.000Z');
  await site.ask(id, 'undo-cancel');
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect((await site.timeline(id)).slice(3)).toEqual([
    '2027-02-28T09:00Z payment.succeeded by stripe (935 usd)',
    '2027-03-02T09:00Z purchase.cancellation-undone by api_key',
    `2027-03-31T09:00Z payment.succeeded by stripe (${2_900 - 935 + 2_900} usd)`,
    '2027-04-30T09:00Z payment.succeeded by stripe (2900 usd)',
  ]);
});

test("a cancellation made in Stripe's dashboard has the same effects, by its dates", async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const subscriptionId = await site.subscriptionOf(id);
  const { subscriptions } = town.sandbox.stripe;
  await site.moveTo('2027-02-10T09:00:00.000Z');

  await subscriptions.update(subscriptionId, { cancel_at_period_end: true });
  await eventually(async () => (await site.read(id)).cancelAt);
  await site.moveTo('2027-02-12T09:00:00.000Z');
  await subscriptions.update(subscriptionId, { cancel_at_period_end: false });
  await eventually(async () => (await site.read(id)).cancelAt === null);
  await site.moveTo('2027-02-14T09:00:00.000Z');
  await subscriptions.update(subscriptionId, { cancel_at_period_end: true });
  await eventually(async () => (await site.read(id)).cancelAt);
  await site.moveTo('2027-03-10T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-10T09:00Z purchase.cancellation-scheduled by stripe (cause: external, cancelAt: 2027-02-28T09:00Z)',
    '2027-02-12T09:00Z purchase.cancellation-undone by stripe',
    '2027-02-14T09:00Z purchase.cancellation-scheduled by stripe (cause: external, cancelAt: 2027-02-28T09:00Z)',
    '2027-02-28T09:00Z purchase.canceled by automation (cause: external, endsAccess: true)',
  ]);
});

test('why somebody canceled in Stripe’s portal is kept as what is written here is [R9.6]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.moveTo('2027-02-10T09:00:00.000Z');
  const written = 'Ada moves to the countryside';

  await town.sandbox.stripe.subscriptions.update(await site.subscriptionOf(id), {
    cancel_at_period_end: true,
    cancellation_details: { comment: written, feedback: 'too_expensive' },
  });
  await eventually(async () => (await site.read(id)).cancelAt !== null);
  await site.quiet();

  expect((await site.read(id)).billing).toMatchObject({
    stripeFeedback: 'too_expensive',
    cancelRequest: { by: { kind: 'stripe' }, feedback: written },
  });
  const handle = town.deps.temporal.client.workflow.getHandle(purchaseWorkflowId(id));
  const encoded = temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish();
  const history = Buffer.from(encoded).toString('latin1');
  expect(history).toContain('too_expensive');
  expect(history).not.toContain(written);
});

test('one canceled outright at Stripe ends here too, and both sides are told', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.moveTo('2027-02-10T09:00:00.000Z');

  await town.sandbox.stripe.subscriptions.cancel(await site.subscriptionOf(id));
  await eventually(async () => (await site.read(id)).billingStatus === 'canceled');
  await site.quiet();

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-10T09:00Z purchase.canceled by stripe (cause: external, endsAccess: true)',
  ]);
  expect(await site.emails(id)).toEqual([
    CONFIRMED,
    '2027-02-10T09:00Z purchase-canceled to customer',
    '2027-02-10T09:00Z admin-purchase-canceled to admins',
  ]);
});

import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { v7 as uuid } from 'uuid';
import { PLATFORM, toArrivedEvent } from '../../activities/gateways/stripe.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('a second subscription with copied metadata is shown, and the purchase stays with its first [R5.8]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const first = await site.subscriptionOf(id);
  const { subscriptions } = town.sandbox.stripe;
  const { customer, items, metadata, default_payment_method: card } = await subscriptions.retrieve(first);

  const copy = await subscriptions.create({
    customer: customer as string,
    items: [{ price: items.data[0]!.price.id }],
    metadata,
    default_payment_method: card as string,
  });
  await subscriptions.update(copy.id, { description: 'A copy' });
  await eventually(async () => (await site.timeline(id)).some((line) => line.includes('purchase.needs-attention')));
  await site.moveTo('2027-03-10T09:00:00.000Z');
  await subscriptions.cancel(copy.id);
  await site.moveTo('2027-03-11T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    accessStatus: 'full',
    attentions: [{ id: copy.id, reason: 'not_its_own', command: null }],
    billing: { subscriptionId: first },
    payments: [{ amountMinor: 2_900 }, { amountMinor: 2_900 }],
  });
  const told = (await site.timeline(id)).filter((line) => line.includes('needs-attention'));
  expect(told).toHaveLength(1);
  await site.press(id, 'abandon');
  expect(await site.read(id)).toMatchObject({ attentions: [] });
  expect(await site.ask(id, 'cancel', { when: 'now' })).toMatchObject({ command: { status: 'applied' } });
  expect((await subscriptions.retrieve(first)).status).toBe('canceled');
});

test('a refund or dispute that names a charge alone finds its payment', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const charge = await site.chargeOf(id);
  const { data } = await town.sandbox.stripe.disputes.list({ charge });
  const object = data[0] ?? {
    id: `dp_${uuid()}`,
    object: 'dispute',
    amount: 2_900,
    charge,
    payment_intent: null,
    status: 'needs_response',
    created: 1_801_390_000,
    currency: 'usd',
    reason: 'fraudulent',
    metadata: {},
  };
  const event = {
    id: `evt_${uuid()}`,
    object: 'event',
    type: 'charge.dispute.created',
    created: 1_801_390_000,
    livemode: false,
    data: { object: { ...object, payment_intent: null } },
  } as unknown as Stripe.Event;

  await town.deps.events.store(toArrivedEvent(event, PLATFORM, Buffer.from(JSON.stringify(event))));

  await eventually(async () => (await site.timeline(id)).some((line) => line.includes('dispute.opened')));
});

test('a checkout of whose completion nothing is heard is read, and its purchase begins', async () => {
  const site = await aSite(town);
  const { purchaseId, sessionId } = await site.checkOut(await site.offer());
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop', types: ['checkout.session.completed'] });

  await site.pay(sessionId);

  await eventually(() => site.read(purchaseId));
});

test('an event that another account’s clock has fetched first wakes its purchase all the same', async () => {
  const [site, other] = [await aSite(town), await aSite(town)];
  const id = await site.buy(await site.offer());
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop' });
  const { subscriptions } = town.sandbox.stripe;
  await subscriptions.update(await site.subscriptionOf(id), { pause_collection: { behavior: 'void' } });

  await other.moveTo('2027-02-01T09:00:00.000Z');

  await eventually(async () => (await site.read(id)).billingStatus === 'paused');
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { aCustomerAtStripe } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { signedByStripe } from './a-stranger.ts';
import { aPurchase, aWorld } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

let purchaseId: string;

useApi();
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
  api.woken.length = 0;
});

type Event = { id: string } & Record<string, unknown>;

const anEvent = (type: string, object: object, more: object = {}): Event => ({
  id: `evt_${uuid()}`,
  object: 'event',
  type,
  created: 1_800_000_000,
  livemode: false,
  data: { object },
  ...more,
});

const aSubscription = (id: string, metadata: object = {}, type = 'customer.subscription.updated', more: object = {}) =>
  anEvent(type, { object: 'subscription', id, customer: 'cus_1', metadata }, more);

const anInvoice = (subscription: string, metadata: object, more: object = {}) =>
  anEvent(
    'invoice.paid',
    {
      object: 'invoice',
      id: `in_${uuid()}`,
      amount_paid: 999_900,
      currency: 'eur',
      status: 'paid',
      parent: { subscription_details: { subscription, metadata } },
    },
    more,
  );

const completed = (sessionId: string, subscription: string, metadata: object = {}): Event =>
  anEvent('checkout.session.completed', {
    object: 'checkout.session',
    id: sessionId,
    mode: 'subscription',
    status: 'complete',
    metadata,
    subscription,
    invoice: `in_of_${subscription}`,
    payment_intent: null,
  });

async function send(event: Event): Promise<number> {
  const body = JSON.stringify(event);
  const headers = signedByStripe(body);
  return (await fetch(`${api.url}/webhooks/stripe/platform`, { method: 'POST', body, headers })).status;
}

const rowOf = ({ id }: Event) => api.orm.em.fork().findOne(InboxRow, { externalId: id });
const wakesOf = (id: string) => api.woken.filter((woken) => woken.id === id);

/** A checkout through our API that nobody has paid yet. */
async function aCheckout(): Promise<{ purchaseId: string; sessionId: string }> {
  const asked = { offerId: world.offerId, email: `${uuid()}@example.com`, name: 'Ada' };
  const { body } = await owner.post('/v1/checkouts', asked);
  return { purchaseId: body.purchaseId, sessionId: new URL(body.url).pathname.slice(1) };
}

describe('an event of another Stripe account that names our purchase [R22.1]', () => {
  test.each([
    ['of an account that nobody knows', 'acct_stranger'],
    ['of another account that sells here', 'acct_of_another'],
  ])('%s is acknowledged, kept unmatched, and changes nothing', async (_whose, account) => {
    const other = await aWorld(api.orm);
    await api.orm.em.fork().execute('update accounts set stripe_account = ? where id = ?', [account, other.accountId]);
    const subscriptionId = `sub_${purchaseId}`;
    const events = [
      aSubscription(subscriptionId, { purchaseId }, 'customer.subscription.deleted', { account }),
      aSubscription(`sub_${uuid()}`, { purchaseId }, 'customer.subscription.created', { account }),
      anInvoice(subscriptionId, { purchaseId }, { account }),
    ];

    const statuses = await Promise.all(events.map(send));

    expect(statuses).toEqual([200, 200, 200]);
    const rows = await Promise.all(events.map(rowOf));
    expect(rows).toMatchObject(events.map(() => ({ state: 'unmatched', subjectId: null, accountId: null })));
    expect(wakesOf(purchaseId)).toEqual([]);
  });
});

describe('metadata only points [R5.8]', () => {
  test('the subscription that a purchase has decides, whatever its metadata says', async () => {
    const another = await aPurchase(api.orm, await aWorld(api.orm));
    const events = [
      aSubscription(`sub_${purchaseId}`, { purchaseId: another }),
      aSubscription(`sub_${purchaseId}`),
      anInvoice(`sub_${purchaseId}`, { purchaseId: another }),
    ];

    await Promise.all(events.map(send));

    const rows = await Promise.all(events.map(rowOf));
    expect(rows).toMatchObject(events.map(() => ({ state: 'open', subjectId: purchaseId })));
  });

  test('another subscription that names a purchase which has its own reaches it, to be shown there', async () => {
    const event = aSubscription(`sub_${uuid()}`, { purchaseId });

    await send(event);

    expect(await rowOf(event)).toMatchObject({ state: 'open', subjectId: purchaseId });
    await eventually(() => wakesOf(purchaseId).length > 0);
  });

  test('a subscription that names a checkout waits for the word of that checkout, and so does what it bills', async () => {
    const checkout = await aCheckout();
    const [ours, copy] = [`sub_${uuid()}`, `sub_${uuid()}`];
    const names = { purchaseId: checkout.purchaseId };
    const early = [aSubscription(ours, names, 'customer.subscription.created'), anInvoice(ours, names)];
    const copied = aSubscription(copy, names, 'customer.subscription.created');

    await Promise.all([...early, copied].map(send));
    const before = await Promise.all(early.map(rowOf));
    await send(completed(checkout.sessionId, ours));

    expect(before).toMatchObject(early.map(() => ({ state: 'unmatched', subjectId: null })));
    expect(await Promise.all(early.map(rowOf))).toMatchObject(
      early.map(() => ({ state: 'open', subjectId: checkout.purchaseId, accountId: world.accountId })),
    );
    expect(await rowOf(copied)).toMatchObject({ state: 'unmatched', subjectId: null });
    await eventually(() => wakesOf(checkout.purchaseId).length > 0);
  });

  test('in whatever order and however close together the events of a checkout come, none is left waiting', async () => {
    const checkouts = await Promise.all(Array.from({ length: 10 }, () => aCheckout()));

    const events = checkouts.flatMap(({ purchaseId: id, sessionId }) => {
      const subscription = `sub_${uuid()}`;
      const names = { purchaseId: id };
      return [aSubscription(subscription, names), completed(sessionId, subscription), anInvoice(subscription, names)];
    });
    await Promise.all(events.map(send));

    const states = (await Promise.all(events.map(rowOf))).map((row) => row?.state);
    expect(states).toEqual(checkouts.flatMap(() => ['open', 'applied', 'open']));
  });

  test('a session that is not ours makes nothing a purchase’s, whatever it names', async () => {
    const checkout = await aCheckout();
    const subscription = `sub_${uuid()}`;
    const names = { purchaseId: checkout.purchaseId };
    const event = aSubscription(subscription, names);

    await send(completed(`cs_${uuid()}`, subscription, names));
    await send(event);

    expect(await rowOf(event)).toMatchObject({ state: 'unmatched', subjectId: null });
  });

  test('a refund that names a purchase and is of nobody’s payment is not given to it', async () => {
    const refund = { object: 'refund', id: `re_${uuid()}`, payment_intent: `pi_${uuid()}`, metadata: { purchaseId } };
    const event = anEvent('refund.created', refund);

    await send(event);

    expect(await rowOf(event)).toMatchObject({ state: 'unmatched', subjectId: null });
    expect(wakesOf(purchaseId)).toEqual([]);
  });
});

test('what speaks of nothing and nobody that is known here is counted, and not kept', async () => {
  const counted = async (): Promise<number> => {
    const text = await api.metrics();
    return Number(/perennial_webhooks_total{provider="stripe",outcome="foreign"} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const events = [aSubscription(`sub_${uuid()}`), anInvoice(`sub_${uuid()}`, {}), completed(`cs_${uuid()}`, 'sub_1')];
  const before = await counted();

  const statuses = await Promise.all(events.map(send));

  expect(statuses).toEqual([200, 200, 200]);
  expect(await Promise.all(events.map(rowOf))).toEqual([null, null, null]);
  expect(await counted()).toBe(before + 3);
});

test('what speaks of a customer of ours is kept, although no purchase is known for it', async () => {
  const customer = await aCustomerAtStripe(api.orm.em.fork(), world.contactId);
  const event = anEvent('customer.subscription.created', { object: 'subscription', id: `sub_${uuid()}`, customer });

  await send(event);

  expect(await rowOf(event)).toMatchObject({ state: 'unmatched' });
});

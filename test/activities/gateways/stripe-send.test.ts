import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createStripeGateway, StripeUnavailable, type WriteKey } from '../../../activities/gateways/stripe.ts';
import { eventually } from '../../ground/eventually.ts';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import { control } from '../../sandbox/stripe/sandbox.ts';
import { aBought, aKey, aStripe, doneBy, fault, PURCHASE, type Bought, type TestStripe } from './a-stripe.ts';

let stripe: TestStripe;
let bought: Bought;

beforeEach(async () => {
  stripe = await aStripe();
  bought = await aBought(stripe);
});

afterEach(() => stripe.close());

const send = async (write: ReadyWrite, key = aKey()) => doneBy(await stripe.gateway.send(write, key, null));
const subscription = () => stripe.sandbox.stripe.subscriptions.retrieve(bought.subscriptionId);
const refunds = async () => (await stripe.sandbox.stripe.refunds.list({ limit: 100 })).data;
const refundOf = (amountMinor: number): ReadyWrite => ({ op: 'refund', paymentId: bought.invoiceId, amountMinor });

const RESUMES = '2027-04-15T12:00:00.000Z';
const IN_FEBRUARY = '2027-02-10T00:00:00.000Z';
const IN_MARCH = '2027-03-15T00:00:00.000Z';

const DAY_MS = 24 * 60 * 60 * 1000;
const hoursAgo = (hours: number) => new Date(Date.now() - (hours / 24) * DAY_MS).toISOString();

describe('pausing', () => {
  test('voids what comes until it resumes, and says whose change it is', async () => {
    const key = aKey();
    const [fact] = await send(
      { op: 'pauseCollection', subscriptionId: bought.subscriptionId, resumesAt: RESUMES },
      key,
    );

    expect(fact).toMatchObject({ status: 'active', pause: { resumesAt: RESUMES }, commandId: key.commandId });
    expect(await subscription()).toMatchObject({
      pause_collection: { behavior: 'void' },
      metadata: { purchaseId: PURCHASE, commandId: key.commandId },
    });
  });

  test.each([
    ['a date', { cancel_at: Date.parse(IN_MARCH) / 1000 }],
    ['the end of the period', { cancel_at_period_end: true }],
  ])('takes a cancellation on %s back in the same request', async (_when, params) => {
    await stripe.sandbox.stripe.subscriptions.update(bought.subscriptionId, params);

    const [fact] = await send({ op: 'pauseCollection', subscriptionId: bought.subscriptionId, resumesAt: null });

    expect(fact).toMatchObject({ pause: { resumesAt: null }, cancelAt: null });
  });

  test('moving the date of a pause leaves a cancellation alone', async () => {
    const { subscriptionId } = bought;
    await send({ op: 'pauseCollection', subscriptionId, resumesAt: RESUMES });
    await send({ op: 'cancelAt', subscriptionId, at: IN_MARCH, prorate: false });

    const [fact] = await send({ op: 'pauseCollection', subscriptionId, resumesAt: null });

    expect(fact).toMatchObject({ pause: { resumesAt: null }, cancelAt: IN_MARCH });
  });

  test('ends with resuming', async () => {
    const { subscriptionId } = bought;
    await send({ op: 'pauseCollection', subscriptionId, resumesAt: null });

    expect(await send({ op: 'resumeCollection', subscriptionId })).toMatchObject([{ pause: null }]);
  });
});

describe('canceling', () => {
  test('now is final, and asking again finds it done', async () => {
    const write: ReadyWrite = { op: 'cancelNow', subscriptionId: bought.subscriptionId };
    const first = await send(write);

    expect(first).toMatchObject([{ status: 'canceled', endReason: 'cancellation_requested' }]);
    expect(await send(write)).toEqual(first);
  });

  test('on a date is pending until it is undone', async () => {
    const { subscriptionId } = bought;

    expect(await send({ op: 'cancelAt', subscriptionId, at: IN_FEBRUARY, prorate: false })).toMatchObject([
      { cancelAt: IN_FEBRUARY },
    ]);
    expect(await send({ op: 'undoCancel', subscriptionId })).toMatchObject([{ cancelAt: null }]);
  });

  test('inside the paid period gives no credit', async () => {
    const { subscriptionId, customerId } = bought;
    await send({ op: 'cancelAt', subscriptionId, at: IN_FEBRUARY, prorate: false });
    await stripe.gateway.advanceClock(bought.clockId, '2027-03-01T00:00:00.000Z', null);

    expect(await stripe.gateway.readSubscription(subscriptionId, null)).toMatchObject([
      { type: 'invoice', reason: 'first' },
      { type: 'subscription', status: 'canceled', endedAt: IN_FEBRUARY },
    ]);
    expect(await stripe.sandbox.stripe.customers.retrieve(customerId)).toMatchObject({ balance: 0 });
  });

  test('undone inside the paid period charges nothing but the regular renewal', async () => {
    const { subscriptionId } = bought;
    await send({ op: 'cancelAt', subscriptionId, at: IN_FEBRUARY, prorate: false });
    await send({ op: 'undoCancel', subscriptionId });
    await stripe.gateway.advanceClock(bought.clockId, '2027-03-01T00:00:00.000Z', null);

    expect(await stripe.gateway.readSubscription(subscriptionId, null)).toMatchObject([
      { type: 'invoice', reason: 'first' },
      { type: 'invoice', reason: 'renewal', amountPaidMinor: 4900 },
      { type: 'subscription', status: 'active' },
    ]);
  });

  test('at the period’s end, as the dashboard does it, can be undone too', async () => {
    const { subscriptionId } = bought;
    await stripe.sandbox.stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true });

    expect(await send({ op: 'undoCancel', subscriptionId })).toMatchObject([{ cancelAt: null }]);
  });
});

describe('an unpaid renewal', () => {
  beforeEach(async () => {
    const { customers, subscriptions } = stripe.sandbox.stripe;
    const card = await stripe.sandbox.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: bought.customerId,
    });
    await customers.update(bought.customerId, { invoice_settings: { default_payment_method: card.id } });
    await subscriptions.update(bought.subscriptionId, { default_payment_method: card.id });
    await stripe.gateway.advanceClock(bought.clockId, '2027-02-28T12:00:00.000Z', null);
  });

  const openInvoice = async () => {
    const facts = await stripe.gateway.readSubscription(bought.subscriptionId, null);
    const open = facts.find((fact) => fact.type === 'invoice' && fact.status === 'open');
    if (open?.type !== 'invoice') throw new Error('no invoice is open');
    return open;
  };

  test('is read as failed, before the subscription it belongs to', async () => {
    const facts = await stripe.gateway.readSubscription(bought.subscriptionId, null);

    expect(facts).toMatchObject([
      { type: 'invoice', invoiceId: bought.invoiceId, status: 'paid', reason: 'first', trouble: null },
      { type: 'invoice', status: 'open', reason: 'renewal', trouble: 'failed', attempts: 1 },
      { type: 'subscription', status: 'past_due' },
    ]);
  });

  test('is refused by the card as long as it declines, and is paid by a better one, once', async () => {
    const { invoiceId } = await openInvoice();
    const key = aKey();

    expect(await stripe.gateway.send({ op: 'payInvoice', invoiceId }, key, null)).toMatchObject({
      kind: 'refused',
      isCard: true,
      stripeCode: 'card_declined',
    });

    await stripe.sandbox.stripe.subscriptions.update(bought.subscriptionId, { default_payment_method: '' });
    const card = await stripe.sandbox.stripe.paymentMethods.attach('pm_card_visa', { customer: bought.customerId });
    await stripe.sandbox.stripe.subscriptions.update(bought.subscriptionId, { default_payment_method: card.id });
    const paid = await send({ op: 'payInvoice', invoiceId }, { ...key, generation: 1 });

    expect(paid).toMatchObject([{ invoiceId, status: 'paid', amountPaidMinor: 4900 }]);
    expect(await send({ op: 'payInvoice', invoiceId })).toEqual(paid);
  });

  test('is voided, and voiding again finds nothing', async () => {
    const { invoiceId } = await openInvoice();
    const write: ReadyWrite = { op: 'voidOpenInvoices', subscriptionId: bought.subscriptionId };

    expect(await send(write)).toMatchObject([{ invoiceId, status: 'void' }]);
    expect(await send(write)).toEqual([]);
  });
});

test('a renewal that is still a draft is voided without being charged', async () => {
  await control(stripe.sandbox, 'POST', '/settings', { draftMinutes: 60 });
  await stripe.gateway.advanceClock(bought.clockId, '2027-02-28T10:05:00.000Z', null);

  const [voided] = await send({ op: 'voidOpenInvoices', subscriptionId: bought.subscriptionId });

  expect(voided).toMatchObject({ status: 'void', attempts: 0, amountPaidMinor: 0 });
});

describe('a refund', () => {
  test('names its command, purchase and payment', async () => {
    const key = aKey({ index: 2 });
    const [fact] = await send(refundOf(2000), key);

    expect(fact).toMatchObject({
      paymentId: bought.invoiceId,
      amountMinor: 2000,
      status: 'succeeded',
      commandId: key.commandId,
    });
    expect((await refunds()).map(({ metadata }) => metadata)).toEqual([
      { commandId: key.commandId, purchaseId: PURCHASE, paymentId: bought.invoiceId, index: '2' },
    ]);
  });

  test('sent again with its key is one refund', async () => {
    const key = aKey();

    expect(await send(refundOf(2000), key)).toEqual(await send(refundOf(2000), key));
    expect(await refunds()).toHaveLength(1);
  });

  test('of more than is left is refused with Stripe’s code', async () => {
    await send(refundOf(4000));

    expect(await stripe.gateway.send(refundOf(4000), aKey(), null)).toMatchObject({ kind: 'refused', isCard: false });
    expect(await refunds()).toHaveLength(1);
  });

  test.each([21, 30, 24 * 40])('first tried %d hours ago is looked for before a new key is used', async (hours) => {
    const key = aKey();
    const [made] = await send(refundOf(2000), key);

    expect(await send(refundOf(2000), { ...key, firstTriedAt: hoursAgo(hours) })).toEqual([made]);
    expect(await refunds()).toHaveLength(1);
  });

  test('first tried long ago that never arrived is made', async () => {
    const other = aKey();
    await send(refundOf(1000), other);

    await send(refundOf(1000), { ...other, index: 1, firstTriedAt: hoursAgo(30) });

    expect(await refunds()).toHaveLength(2);
  });

  test('tried again by hand is found if it was made, and made anew if it failed', async () => {
    const key = aKey();
    const [made] = await send(refundOf(2000), key);

    expect(await send(refundOf(2000), { ...key, generation: 1 })).toEqual([made]);

    const [refund] = await refunds();
    await control(stripe.sandbox, 'POST', `/refunds/${refund?.id}/fail`);
    const [again] = await send(refundOf(2000), { ...key, generation: 2 });

    expect(again).not.toEqual(made);
    expect(await refunds()).toHaveLength(2);
  });
});

describe('when Stripe fails in the middle', () => {
  test.each([
    ['429', 1, 'rate_limit'],
    ['500', 1, 'status_500'],
    // The SDK itself repeats a request once over a connection that was cut, with the same key.
    ['reset', 2, 'connection'],
    ['reset_after', 2, 'connection'],
  ])('after %s a refund tried again is one refund', async (kind, times, code) => {
    const key = aKey();
    await fault(stripe, { kind, method: 'POST', path: '/v1/refunds', times });

    const error = await stripe.gateway.send(refundOf(2000), key, null).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StripeUnavailable);
    expect(error).toMatchObject({ code, message: `Stripe is unavailable: ${code}` });

    expect(await send(refundOf(2000), key)).toMatchObject([{ amountMinor: 2000 }]);
    expect(await send(refundOf(2000), key)).toMatchObject([{ amountMinor: 2000 }]);
    expect(await refunds()).toHaveLength(1);
  });

  test('no answer in time is tried again', async () => {
    const hasty = createStripeGateway({ apiKey: 'sk_test_owner', apiBase: stripe.sandbox.url, timeoutMs: 200 });
    const key = aKey();
    await fault(stripe, { kind: 'hang', method: 'POST', path: '/v1/refunds' });

    await expect(hasty.send(refundOf(2000), key, null)).rejects.toMatchObject({ code: 'timeout' });

    expect(await send(refundOf(2000), key)).toMatchObject([{ amountMinor: 2000 }]);
    expect(await refunds()).toHaveLength(1);
  });

  test.each([
    ['500', 1],
    ['reset_after', 2],
  ])('after %s a pause tried again is one change', async (kind, times) => {
    const write: ReadyWrite = { op: 'pauseCollection', subscriptionId: bought.subscriptionId, resumesAt: RESUMES };
    const key = aKey();
    await fault(stripe, { kind, method: 'POST', path: '/v1/subscriptions', times });

    await expect(stripe.gateway.send(write, key, null)).rejects.toBeInstanceOf(StripeUnavailable);

    expect(await send(write, key)).toMatchObject([{ pause: { resumesAt: RESUMES }, commandId: key.commandId }]);
  });

  /** So many tries at a Stripe that is broken, and is back after them. */
  const failing = async (tries: number, key: WriteKey, gateway = stripe.gateway) => {
    await fault(stripe, { kind: '500', method: 'POST', path: '/v1/refunds', times: 1_000 });
    for (let one = 0; one < tries; one += 1) expect(await tryOnce(gateway, key)).toMatchObject({ code: 'status_500' });
    await control(stripe.sandbox, 'DELETE', '/faults');
  };
  const tryOnce = (gateway = stripe.gateway, key = aKey()) =>
    gateway.send(refundOf(2000), key, null).catch((thrown: unknown) => thrown);
  const anotherProcess = () =>
    createStripeGateway({ apiKey: 'sk_test_owner', apiBase: stripe.sandbox.url, timeoutMs: 5_000 });

  test('however many keys a failing Stripe has spent, the next try after it is back succeeds, once', async () => {
    const key = aKey();
    await failing(30, key);

    expect(await send(refundOf(2000), key)).toMatchObject([{ amountMinor: 2000 }]);
    expect(await send(refundOf(2000), key)).toMatchObject([{ amountMinor: 2000 }]);
    expect(await refunds()).toHaveLength(1);
  });

  test('a process that knows of no spent key comes further with each try, and goes on soon', async () => {
    const key = aKey();
    await failing(30, key);
    const other = anotherProcess();

    const spent = { code: 'keys_spent', retryAfterMs: 1_000 };
    expect(await tryOnce(other, key)).toMatchObject(spent);
    expect(await tryOnce(other, key)).toMatchObject(spent);

    expect(await tryOnce(other, key)).toMatchObject({ kind: 'done', objects: [{ amountMinor: 2000 }] });
    expect(await refunds()).toHaveLength(1);
  });

  test('a request under way with a later key is waited for, and no newer key passes it', async () => {
    const hasty = createStripeGateway({ apiKey: 'sk_test_owner', apiBase: stripe.sandbox.url, timeoutMs: 1_000 });
    const key = aKey();
    await failing(2, key, hasty);
    await fault(stripe, { kind: 'hang', method: 'POST', path: '/v1/refunds' });
    const underWay = tryOnce(hasty, key);
    await eventually(async () => {
      const { requests } = await control(stripe.sandbox, 'GET', '/faults');
      return (requests as unknown[]).length === 0;
    });

    expect(await tryOnce(anotherProcess(), key)).toMatchObject({ code: 'concurrent_request' });
    expect(await underWay).toMatchObject({ code: 'timeout' });
    expect(await refunds()).toEqual([]);
  });

  test('a key that Stripe does not know lets the verb wait', async () => {
    const stranger = createStripeGateway({ apiKey: 'nonsense', apiBase: stripe.sandbox.url, timeoutMs: 5_000 });

    await expect(stranger.send(refundOf(2000), aKey(), null)).rejects.toMatchObject({ code: 'authentication' });
  });
});

test('a write is refused in an account that does not have its object', async () => {
  const write: ReadyWrite = { op: 'resumeCollection', subscriptionId: bought.subscriptionId };

  expect(await stripe.gateway.send(write, aKey(), 'acct_other')).toMatchObject({
    kind: 'refused',
    stripeCode: 'resource_missing',
  });
});

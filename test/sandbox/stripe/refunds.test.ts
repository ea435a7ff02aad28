import { describe, expect, it } from '@jest/globals';
import { aCustomer, advance, control, eventTypes, lastEvent, refusal, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

/** A one-time payment of 50.00 with the given card. */
async function paid(card = 'pm_card_visa') {
  const { clock, customer } = await aCustomer(sandbox, { card });
  const { default_payment_method } = customer.invoice_settings;
  const intent = await sandbox.stripe.paymentIntents.create({
    amount: 5_000,
    currency: 'usd',
    customer: customer.id,
    confirm: true,
    payment_method: default_payment_method as string,
  });
  return { clock, customer, intent, charge: intent.latest_charge as string };
}

describe('a refund', () => {
  it('may be partial, several times, until nothing is left', async () => {
    const { stripe } = sandbox;
    const { charge, intent } = await paid();
    const before = await lastEvent(sandbox);

    const first = await stripe.refunds.create({
      charge,
      amount: 2_000,
      reason: 'requested_by_customer',
      metadata: { commandId: 'c1' },
    });
    expect(first).toMatchObject({
      status: 'succeeded',
      amount: 2_000,
      charge,
      payment_intent: intent.id,
      metadata: { commandId: 'c1' },
    });
    expect(await eventTypes(sandbox, before)).toEqual(['refund.created', 'charge.refunded']);

    expect(await refusal(stripe.refunds.create({ charge, amount: 3_001 }))).toMatchObject({
      statusCode: 400,
      type: 'StripeInvalidRequestError',
      param: 'amount',
      message: 'Refund amount ($30.01) is greater than unrefunded amount on charge ($30.00)',
    });
    expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(3_000);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 5_000, refunded: true });
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
    });
    expect((await stripe.refunds.list({ charge })).data.map(({ amount }) => amount)).toEqual([3_000, 2_000]);
  });

  it('that is pending settles by time', async () => {
    const { stripe } = sandbox;
    const { charge, clock } = await paid('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ charge });
    expect(refund.status).toBe('pending');
    const before = await lastEvent(sandbox);

    await advance(sandbox, clock.id, T0 + 3_600);

    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect((await eventTypes(sandbox, before)).slice(1, -1)).toEqual(['refund.updated']);
  });

  it('that fails later gives the charge its refundable amount back', async () => {
    const { stripe } = sandbox;
    const { charge, clock } = await paid('pm_card_refundFail');
    const refund = await stripe.refunds.create({ charge });
    expect(refund.status).toBe('succeeded');

    await advance(sandbox, clock.id, T0 + 3_600);

    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect((await stripe.events.list({ type: 'refund.failed' })).data).toHaveLength(1);
  });

  it('can be held pending by metadata, and decided by hand', async () => {
    const { stripe } = sandbox;
    const { charge } = await paid();
    const refund = await stripe.refunds.create({ charge, metadata: { sandbox_refund: 'pending' } });

    await control(sandbox, 'POST', `/refunds/${refund.id}/fail`);

    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
  });
});

describe('a dispute', () => {
  it('forbids a refund until it is won', async () => {
    const { stripe } = sandbox;
    const { charge } = await paid('pm_card_createDispute');
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 5_000 });
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({
      statusCode: 400,
      code: 'charge_disputed',
    });

    await stripe.disputes.update(dispute!.id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });

    expect((await stripe.disputes.retrieve(dispute!.id)).status).toBe('won');
    expect((await stripe.refunds.create({ charge })).status).toBe('succeeded');
  });

  it('can be opened by hand, and closing it loses it', async () => {
    const { stripe } = sandbox;
    const { charge } = await paid();
    const opened = await control(sandbox, 'POST', '/disputes', { charge });
    const before = await lastEvent(sandbox);

    const closed = await stripe.disputes.close(String(opened.id));

    expect(closed.status).toBe('lost');
    expect(await eventTypes(sandbox, before)).toEqual(['charge.dispute.closed']);
    expect(await refusal(stripe.disputes.close(closed.id))).toMatchObject({
      statusCode: 400,
      code: 'dispute_already_closed',
    });
  });
});

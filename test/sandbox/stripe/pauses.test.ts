import { describe, expect, it } from '@jest/globals';
import { advance, aSubscriber, at, eventTypes, lastEvent, refusal, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

describe('a paused collection', () => {
  it('voids each renewal without trying it, until it resumes by itself', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await aSubscriber(sandbox);
    const resumesAt = at('2027-03-15T00:00:00Z');
    const paused = await stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior: 'void', resumes_at: resumesAt },
    });
    expect(paused).toMatchObject({ status: 'active', pause_collection: { behavior: 'void', resumes_at: resumesAt } });
    const before = await lastEvent(sandbox);

    await advance(sandbox, clock.id, at('2027-03-31T10:00:00Z'));

    expect(await eventTypes(sandbox, before)).toEqual([
      'test_helpers.test_clock.advancing',
      'customer.subscription.updated',
      'invoice.created',
      'invoice.voided',
      'customer.subscription.updated',
      'customer.subscription.updated',
      'invoice.created',
      'invoice.finalized',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.paid',
      'invoice.payment_succeeded',
      'test_helpers.test_clock.ready',
    ]);
    const [resumed] = (await stripe.events.list({ type: 'customer.subscription.updated', created: resumesAt })).data;
    expect(resumed!.data).toMatchObject({
      object: { pause_collection: null },
      previous_attributes: { pause_collection: { behavior: 'void' } },
    });
    const invoices = await stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ status }) => status)).toEqual(['paid', 'void', 'paid']);
    expect(invoices.data[1]).toMatchObject({ attempt_count: 0, attempted: false, amount_paid: 0 });
  });

  it('ends by an empty value, and charges nothing for a trial that ended meanwhile', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await aSubscriber(sandbox, { trial_period_days: 10 });
    await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
    await advance(sandbox, clock.id, T0 + 12 * 86_400);

    const resumed = await stripe.subscriptions.update(subscription.id, { pause_collection: '' });

    expect(resumed).toMatchObject({ status: 'active', pause_collection: null });
    expect((await stripe.charges.list({ limit: 10 })).data).toEqual([]);
  });

  it('keeps drafts, or marks them uncollectible, when asked to', async () => {
    const { stripe } = sandbox;
    const { clock, subscription } = await aSubscriber(sandbox);
    await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'keep_as_draft' } });
    await advance(sandbox, clock.id, at('2027-02-28T10:00:00Z'));
    await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'mark_uncollectible' } });
    await advance(sandbox, clock.id, at('2027-03-31T10:00:00Z'));

    const invoices = await stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ status }) => status)).toEqual(['uncollectible', 'draft', 'paid']);
  });

  it('must resume in the future', async () => {
    const { subscription } = await aSubscriber(sandbox);
    const call = sandbox.stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior: 'void', resumes_at: T0 },
    });

    expect(await refusal(call)).toMatchObject({ statusCode: 400, param: 'pause_collection[resumes_at]' });
  });
});

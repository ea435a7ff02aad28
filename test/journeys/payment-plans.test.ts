import { describe, expect, test } from '@jest/globals';
import { aSite, type Site } from './a-site.ts';
import { giveCard, giveGoodCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const SIX = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 6 } as const;
const TWO = { ...SIX, instalments: 2 };
const receipt = (day: string) => `${day}T09:00Z payment-receipt to customer`;
const paid = (day: string) => `${day}T09:00Z payment.succeeded by stripe (4900 usd)`;

/** What is left at Stripe of the subscription of a purchase. */
const atStripe = async (site: Site, id: string) =>
  town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(id));

describe('a plan of six payments from 31 January [R5.2, R7.2]', () => {
  test('paused after two for three months, is charged four times more, and is complete', async () => {
    const site = await aSite(town);
    const id = await site.buy(await site.offer({ price: SIX, refundWindowDays: 0 }));
    expect(await site.due(id)).toEqual([
      '2027-02-28T09:00Z instalment',
      '2027-03-31T09:00Z instalment',
      '2027-04-30T09:00Z instalment',
      '2027-05-31T09:00Z instalment',
      '2027-06-30T09:00Z last-instalment',
    ]);
    expect((await atStripe(site, id)).cancel_at).toBe(Date.parse('2027-07-31T09:00:00.000Z') / 1000);

    await site.moveTo('2027-03-10T09:00:00.000Z');
    await site.ask(id, 'pause');
    expect((await atStripe(site, id)).cancel_at).toBeNull();
    await site.moveTo('2027-06-10T09:00:00.000Z');
    expect(await site.read(id)).toMatchObject({
      billingStatus: 'paused',
      instalments: { paid: 2, total: 6 },
      nextChargeAt: null,
      cancelAt: null,
    });
    await site.ask(id, 'resume');

    expect(await site.due(id)).toEqual([
      '2027-06-30T09:00Z instalment',
      '2027-07-31T09:00Z instalment',
      '2027-08-31T09:00Z instalment',
      '2027-09-30T09:00Z last-instalment',
    ]);
    await site.moveTo('2027-06-11T09:00:00.000Z');
    expect((await atStripe(site, id)).cancel_at).toBe(Date.parse('2027-10-31T09:00:00.000Z') / 1000);
    await site.moveTo('2029-03-31T09:00:00.000Z');

    expect(await site.timeline(id)).toEqual([
      '2027-01-31T09:00Z purchase.bought by stripe',
      paid('2027-01-31'),
      '2027-01-31T09:00Z purchase.plan-end-set by system',
      paid('2027-02-28'),
      '2027-03-10T09:00Z purchase.paused by api_key (access: keep)',
      '2027-06-10T09:00Z purchase.resumed by api_key',
      '2027-06-10T09:00Z purchase.plan-end-set by system',
      paid('2027-06-30'),
      paid('2027-07-31'),
      paid('2027-08-31'),
      paid('2027-09-30'),
      '2027-09-30T09:00Z purchase.completed by system',
      '2027-09-30T09:00Z purchase.billing-ended by system (cause: completed)',
    ]);
    expect(await site.emails(id)).toEqual([
      '2027-01-31T09:00Z purchase-confirmation to customer',
      receipt('2027-02-28'),
      '2027-03-10T09:00Z purchase-paused to customer',
      '2027-03-10T09:00Z admin-purchase-paused to admins',
      '2027-06-10T09:00Z purchase-resumed to customer',
      '2027-06-10T09:00Z admin-purchase-resumed to admins',
      receipt('2027-06-30'),
      receipt('2027-07-31'),
      receipt('2027-08-31'),
      '2027-09-30T09:00Z plan-completed to customer',
    ]);
    expect(await site.read(id)).toMatchObject({
      billingStatus: 'completed',
      accessStatus: 'full',
      instalments: { paid: 6, total: 6 },
      paid: { amountMinor: 29_400, currency: 'usd' },
      nextCharge: null,
      warnings: [],
      billing: { kind: 'payment_plan', ended: { cause: 'completed', endsAccess: false } },
    });
    expect((await atStripe(site, id)).status).toBe('canceled');
  });

  test('paused until a date, resumes by itself and says beforehand when it will be complete', async () => {
    const site = await aSite(town);
    const id = await site.buy(await site.offer({ price: SIX, refundWindowDays: 0 }));

    await site.moveTo('2027-03-10T09:00:00.000Z');
    await site.ask(id, 'pause', { resumeAt: '2027-06-10T09:00:00Z' });
    const due = await site.due(id);
    await site.moveTo('2027-10-05T09:00:00.000Z');

    expect(due.slice(1)).toEqual([
      '2027-06-10T09:00Z resume',
      '2027-06-30T09:00Z instalment',
      '2027-07-31T09:00Z instalment',
      '2027-08-31T09:00Z instalment',
      '2027-09-30T09:00Z last-instalment',
    ]);
    expect((await site.timeline(id)).slice(-6)).toEqual([
      paid('2027-06-30'),
      paid('2027-07-31'),
      paid('2027-08-31'),
      paid('2027-09-30'),
      '2027-09-30T09:00Z purchase.completed by system',
      '2027-09-30T09:00Z purchase.billing-ended by system (cause: completed)',
    ]);
  });
});

test('the last payment failed does not count; paid by a later try, it completes the plan [R11.4]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ price: TWO, refundWindowDays: 0 }));

  await giveCard(site, id, 'pm_card_chargeCustomerFail');
  await site.moveTo('2027-03-01T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'past_due', instalments: { paid: 1, total: 2 } });
  await giveGoodCard(site, id);
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'completed',
    accessStatus: 'full',
    instalments: { paid: 2, total: 2 },
  });
});

test('a plan whose tries are exhausted ends unpaid, and access with it', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ price: TWO, refundWindowDays: 0 }));

  await giveCard(site, id, 'pm_card_chargeCustomerFail');
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    instalments: { paid: 1, total: 2 },
    billing: { ended: { cause: 'delinquent' } },
  });
});

test('money-back of a complete plan returns what was paid in the window, and ends access [R10.6]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ price: TWO, refundWindowDays: 60 }));

  await site.moveTo('2027-03-10T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'completed', accessStatus: 'full' });
  await site.ask(id, 'money-back');

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    paid: { amountMinor: 0 },
    billing: { ended: { cause: 'refund', endsAccess: true } },
  });
});

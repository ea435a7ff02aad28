import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.close());

async function sell(amount: number, currency: string, trialDays: number | undefined = undefined) {
  const { stripe } = sandbox;
  const product_data = { name: 'Studio' };
  const price_data = { currency, unit_amount: amount, recurring: { interval: 'month' as const }, product_data };
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: 'https://willow.example/thanks',
    line_items: [{ price_data, quantity: 1 }],
    subscription_data: trialDays === undefined ? {} : { trial_period_days: trialDays },
  });
}

test.each([
  [1, 'usd', undefined, 'amount_too_small'],
  [49, 'jpy', undefined, 'amount_too_small'],
  [49, 'usd', 14, 'amount_too_small'],
  [1234, 'kwd', undefined, 'parameter_invalid_integer'],
  [50_050, 'isk', undefined, 'parameter_invalid_integer'],
])('%d of %s is refused as Stripe refuses it', async (amount, currency, trialDays, code) => {
  await expect(sell(amount, currency, trialDays)).rejects.toMatchObject({ statusCode: 400, code });
});

test.each([
  [50, 'usd'],
  [50, 'jpy'],
  [1230, 'kwd'],
  [50_000, 'isk'],
])('%d of %s is sold', async (amount, currency) => {
  expect(await sell(amount, currency)).toMatchObject({ status: 'open', amount_total: amount });
});

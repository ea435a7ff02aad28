import { expect, test } from '@jest/globals';
import { stripePageOf } from '../../api/stripe-page.ts';

test('leads into the dashboard of the real Stripe, live or test, and nowhere at a stand-in', () => {
  const live = stripePageOf({ STRIPE_API_KEY: 'rk_live_1', STRIPE_API_BASE: undefined });
  const testing = stripePageOf({ STRIPE_API_KEY: 'sk_test_1', STRIPE_API_BASE: undefined });
  const sandbox = stripePageOf({ STRIPE_API_KEY: 'sk_test_1', STRIPE_API_BASE: 'http://127.0.0.1:4403' });

  expect(live('invoices', 'in_1')).toBe('https://dashboard.stripe.com/invoices/in_1');
  expect(live('customers', 'cus_1')).toBe('https://dashboard.stripe.com/customers/cus_1');
  expect(testing('disputes', 'dp_1')).toBe('https://dashboard.stripe.com/test/disputes/dp_1');
  expect(sandbox('subscriptions', 'sub_1')).toBeNull();
});

import { z } from 'zod';
import { expand } from '../protocol/fields.ts';
import { route, type Route } from './route.ts';
import { publicAccountId } from '../data/ids.ts';
import { catalogRoutes } from './catalog.ts';
import { checkoutSessionRoutes } from './checkout-sessions.ts';
import { customerBalanceRoutes } from './customer-balance.ts';
import { customerRoutes } from './customers.ts';
import { disputeRoutes } from './disputes.ts';
import { eventRoutes } from './events.ts';
import { invoiceRoutes } from './invoices.ts';
import { paymentMethodRoutes } from './payment-methods.ts';
import { paymentRoutes } from './payments.ts';
import { subscriptionScheduleRoutes } from './subscription-schedules.ts';
import { promotionRoutes } from './promotions.ts';
import { subscriptionUpdateRoutes } from './subscription-updates.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { testClockRoutes } from './test-clocks.ts';

const accountRoute = route('GET', '/v1/account', z.strictObject({ expand }), ({ books }) => {
  const account = {
    id: publicAccountId(books.context.account),
    object: 'account',
    business_type: null,
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    country: 'US',
    created: 1_700_000_000,
    default_currency: 'usd',
    details_submitted: true,
    email: null,
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  };
  return account as never;
});

/**
 * Every endpoint that the sandbox speaks; a fixed path stands before the one with an id in its
 * place.
 */
export const ROUTES: Route[] = [
  accountRoute,
  ...catalogRoutes,
  ...promotionRoutes,
  ...customerRoutes,
  ...customerBalanceRoutes,
  ...paymentMethodRoutes,
  ...checkoutSessionRoutes,
  ...subscriptionRoutes,
  ...subscriptionUpdateRoutes,
  ...subscriptionScheduleRoutes,
  ...invoiceRoutes,
  ...paymentRoutes,
  ...disputeRoutes,
  ...eventRoutes,
  ...testClockRoutes,
];

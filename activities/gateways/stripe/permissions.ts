/**
 * What a restricted key must be allowed, by the names of Stripe's dashboard; to write includes to
 * read. Each is tried at something that is not there, so that trying it changes nothing.
 */
export const PERMISSIONS = [
  { resource: 'Customers', level: 'write', path: '/v1/customers/cus_none' },
  { resource: 'Payment Methods', level: 'write', path: '/v1/payment_methods/pm_none/detach' },
  { resource: 'Products', level: 'write', path: '/v1/products/prod_none' },
  { resource: 'Prices', level: 'write', path: '/v1/prices/price_none' },
  { resource: 'Coupons', level: 'write', path: '/v1/coupons/none' },
  { resource: 'Promotion Codes', level: 'write', path: '/v1/promotion_codes/promo_none' },
  { resource: 'Checkout Sessions', level: 'write', path: '/v1/checkout/sessions/cs_none/expire' },
  { resource: 'Subscriptions', level: 'write', path: '/v1/subscriptions/sub_none' },
  { resource: 'Invoices', level: 'write', path: '/v1/invoices/in_none/void' },
  { resource: 'Charges and Refunds', level: 'write', path: '/v1/refunds/re_none' },
  { resource: 'PaymentIntents', level: 'read', path: '/v1/payment_intents/pi_none' },
  { resource: 'SetupIntents', level: 'read', path: '/v1/setup_intents/seti_none' },
  { resource: 'Disputes', level: 'read', path: '/v1/disputes/dp_none' },
  { resource: 'Events', level: 'read', path: '/v1/events/evt_none' },
] as const;

/** Only for test accounts, whose customers live by clocks. */
export const TEST_CLOCKS = {
  resource: 'Test clocks',
  level: 'write',
  path: '/v1/test_helpers/test_clocks/clock_none/advance',
  params: { frozen_time: 1 },
} as const;

/** Only where we make the webhook endpoint ourselves. */
export const WEBHOOK_ENDPOINTS = {
  resource: 'Webhook Endpoints',
  level: 'write',
  path: '/v1/webhook_endpoints/we_none',
} as const;

export type Permission = { resource: string; level: 'read' | 'write'; path: string; params?: Record<string, number> };

/** `Customers (write)` */
export const permissionInWords = ({ resource, level }: Pick<Permission, 'resource' | 'level'>): string =>
  `${resource} (${level})`;

import {
  StripeMissing,
  StripeRefused,
  StripeUnavailable,
  type CheckoutInput,
  type SetupCheckoutInput,
} from '../../activities/gateways/stripe.ts';
import type { Bill } from '../../workflows/domain/receipt-figures.ts';
import type { ApiDeps } from '../../api/deps.ts';

/** The platform's own account, as this Stripe names it. */
export const OWN_ACCOUNT = 'acct_platform';

/** The one card that anybody has. */
const METHOD = {
  methodId: 'pm_1',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2034,
  wallet: null,
};

export type StripeCall = { what: string; key: string };

/** A Stripe that makes whatever it is asked for, once per key, and remembers what it was asked. */
export type StripeDouble = ApiDeps['stripe'] & {
  calls: StripeCall[];
  checkouts: CheckoutInput[];
  setups: SetupCheckoutInput[];
  /** What a call is answered with instead. */
  isAway: boolean;
  /** What its invoices say; of others there is nothing. */
  bills: Map<string, Bill>;
  completed: Set<string>;
  /** Ids of what was deleted or archived at Stripe. */
  gone: Set<string>;
  /** Whether every checkout is refused, for a reason that lies elsewhere. */
  refuses: boolean;
};

export function createStripeDouble(): StripeDouble {
  const made = new Map<string, string>();
  const note = (double: StripeDouble, what: string, key: string): string => {
    if (double.isAway) throw new StripeUnavailable('connection');
    double.calls.push({ what, key });
    const id = made.get(key) ?? `${what}_${made.size + 1}`;
    made.set(key, id);
    return id;
  };
  const double: StripeDouble = {
    calls: [],
    checkouts: [],
    setups: [],
    isAway: false,
    bills: new Map(),
    completed: new Set(),
    gone: new Set(),
    refuses: false,
    async createPrice(_input, key) {
      const id = note(double, 'price', key);
      return { stripeProductId: `prod_of_${id}`, stripePriceId: id, stripeFeePriceId: null };
    },
    createCustomer: async (_input, key) => ({ customerId: note(double, 'customer', key) }),
    createClock: async (_input, key) => ({ clockId: note(double, 'clock', key) }),
    stillSells: async ({ customerId, priceIds }) => ({
      customer: !double.gone.has(customerId),
      price: !priceIds.some((id) => double.gone.has(id)),
    }),
    async createCheckout(input, key) {
      if (double.gone.has(input.customerId) || double.gone.has(input.priceId))
        throw new StripeRefused({ stripeCode: 'resource_missing', isCard: false });
      if (double.refuses) throw new StripeRefused({ stripeCode: 'parameter_invalid', isCard: false });
      const sessionId = note(double, 'session', key);
      double.checkouts.push(input);
      return {
        sessionId,
        url: `https://checkout.test/${sessionId}`,
        expiresAt: input.expiresAt ?? '2027-02-01T09:00:00.000Z',
        amountMinor: 2900,
        currency: 'usd',
      };
    },
    async createPromotion(_input, key) {
      const id = note(double, 'promotion', key);
      return { stripeCouponId: `coupon_of_${id}`, stripePromotionId: id };
    },
    endPromotion: async (id) => void note(double, 'end_promotion', `end:${id}`),
    async subscribe({ purchaseId }, key) {
      note(double, 'subscription', key);
      return { subscriptionId: `sub_${purchaseId}` };
    },
    async createSetupCheckout(input, key) {
      const sessionId = note(double, 'setup', key);
      double.setups.push(input);
      const [url, expiresAt] = [`https://checkout.test/${sessionId}`, '2027-02-01T09:00:00.000Z'];
      return { sessionId, url, expiresAt, amountMinor: null, currency: 'usd' };
    },
    async useCard({ sessionId }) {
      note(double, 'card', `card:${sessionId}`);
      return double.completed.has(sessionId) ? `pm_${sessionId}` : null;
    },
    readMethods: async () => ({ methods: [METHOD], defaultId: METHOD.methodId, usedBy: {} }),
    useByDefault: async (_customerId, methodId, key) => void note(double, `default_${methodId}`, key),
    useFor: async (subscriptionId, methodId, key) => void note(double, `use_${subscriptionId}_${methodId}`, key),
    removeMethod: async (methodId, key) => void note(double, `remove_${methodId}`, key),
    async expireCheckout(sessionId) {
      note(double, 'expire', `expire:${sessionId}`);
      return double.completed.has(sessionId) ? 'completed' : 'expired';
    },
    async paymentPageOf(invoiceId) {
      note(double, 'page', `page:${invoiceId}`);
      return `https://invoice.test/${invoiceId}`;
    },
    ownAccount: async () => OWN_ACCOUNT,
    async readKey(key) {
      note(double, 'read_key', `read:${key}`);
      return { kind: 'opens', stripeAccount: `acct_of_${key.slice(-6)}` };
    },
    authorizeUrl: ({ state }) => `https://connect.test/oauth/authorize?state=${state}`,
    exchangeCode: async (code) => ({ stripeAccount: `acct_of_${code}`, isLivemode: false, accessToken: 'sk_1' }),
    deauthorize: async (_clientId, account) => void note(double, 'deauthorize', `deauthorize:${account}`),
    async placeEndpoint() {
      const id = note(double, 'endpoint', `endpoint:${made.size}`);
      return { id, secret: `whsec_of_${id}`, older: [] };
    },
    removeEndpoint: async (id) => void note(double, 'remove_endpoint', `remove:${id}`),
    async receiptOf() {
      note(double, 'card', 'card');
      return { number: 'INV-0001', card: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 } };
    },
    async billOf(paymentId) {
      note(double, 'bill', `bill:${paymentId}`);
      return double.bills.get(paymentId) ?? null;
    },
    async cancelQuote() {
      note(double, 'quote', 'quote');
      return { amountMinor: 1450, currency: 'usd' };
    },
    // What was never made here is not there.
    readSubscription: (id) => Promise.reject(new StripeMissing(id)),
    readSale: async () => [],
    async liveSubscription(subscriptionId) {
      const [, purchaseId = null] = /^sub_stray_(.+)$/.exec(subscriptionId) ?? [];
      return purchaseId === null ? null : { subscriptionId, status: 'active', customerId: '', purchaseId };
    },
    readRefund: async () => null,
    readDispute: async () => null,
    resolvePayment: async () => null,
    cancelStray: async (id, key) => void note(double, `cancel_${id}`, key),
    balanceOf: async () => ({ currency: 'usd', creditMinor: 0 }),
    creditOf: async () => ({ currency: 'usd', grantedMinor: 0, leftMinor: 0 }),
    async changeQuote() {
      note(double, 'change-quote', 'change-quote');
      return { currency: 'usd', creditedMinor: 1450, dueMinor: 2450, creditLeftMinor: 0 };
    },
  };
  return double;
}

import Stripe from 'stripe';
import {
  cancelStray,
  disputesSince,
  liveSubscription,
  liveSubscriptions,
  readDispute,
  readRefund,
  refundsSince,
} from './stripe/all-objects.ts';
import { cancelQuote } from './stripe/cancel-quote.ts';
import { billOf } from './stripe/bill-of.ts';
import { receiptOf } from './stripe/receipt-of.ts';
import { changeQuote } from './stripe/change-price.ts';
import { balanceOf, creditOf } from './stripe/customer-credit.ts';
import { createCustomer, createPrice, deleteCustomer, updateCustomer } from './stripe/catalogue.ts';
import { connectOf } from './stripe/connect.ts';
import { checkRefunds } from './stripe/check-refunds.ts';
import { createCheckout, createSetupCheckout, expireCheckout, readCheckout, readSale } from './stripe/checkout.ts';
import { endedCheckout } from './stripe/ended-checkout.ts';
import { failureOf } from './stripe/decline-code.ts';
import { eventsSince, timeAtStripe } from './stripe/events.ts';
import type { StripeGateway, StripeLists } from './stripe/gateway.ts';
import { promotions } from './stripe/promotion.ts';
import { readOwnAccount } from './stripe/own-account.ts';
import { resolvePayment } from './stripe/payment-intent.ts';
import { withOwnKeys, type ReachOf } from './stripe/own-keys.ts';
import { paymentPageOf } from './stripe/payment-page.ts';
import { readSubscription } from './stripe/read-subscription.ts';
import { send } from './stripe/send.ts';
import { stillSells } from './stripe/still-sells.ts';
import { subscribe } from './stripe/subscribe.ts';
import { advanceClock, createClock, readClock } from './stripe/test-clocks.ts';
import { traced } from './stripe/traced.ts';
import { methodsOf } from './stripe/methods.ts';
import { useCard } from './stripe/use-card.ts';
import { createEndpoint, listEndpoints, updateEndpoint } from './stripe/webhook-endpoints.ts';

export { CONNECT, PLATFORM, toArrivedEvent } from './stripe/arrived-event.ts';
export { constructEvent } from './stripe/events.ts';
export { isStripes, StripeMissing, StripeRefused, StripeUnavailable } from './stripe/failures.ts';
export type * from './stripe/gateway.ts';
export { fromStripeEvent, HANDLED_EVENTS, isHandled } from './stripe/normalise.ts';
export { StripeUnreadable } from './stripe/unreadable.ts';

export type StripeGatewayOptions = {
  apiKey: string;
  /** Where Stripe's API is, e.g. `http://127.0.0.1:4403`; absent = Stripe itself. */
  apiBase?: string | undefined;
  timeoutMs: number;
  /** How connected Stripe accounts are reached; absent = all of them through the platform's. */
  reachOf?: ReachOf;
};

/** The one client of Stripe, fixed to the API version that this SDK was made for. */
export const API_VERSION = '2026-10-28.endive';

const clientOf = ({ apiKey, apiBase, timeoutMs, reachOf }: StripeGatewayOptions): Stripe =>
  new Stripe(apiKey, {
    apiVersion: API_VERSION,
    // Temporal retries, with the same parameters and key.
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    httpClient: traced(reachOf ? withOwnKeys(reachOf) : Stripe.createNodeHttpClient()),
    ...addressOf(apiBase),
  });

export function createStripeGateway(options: StripeGatewayOptions): StripeGateway {
  const stripe = clientOf(options);
  return {
    send: (write, key, account) => send(stripe, write, key, account),
    checkRefunds: (writes, key, account) => checkRefunds(stripe, writes, key, account),
    readSubscription: (id, account) => readSubscription(stripe, id, account),
    resolvePayment: (money, account) => resolvePayment(stripe, money, account),
    ownAccount: readOwnAccount(stripe),
    readCheckout: (id, account) => readCheckout(stripe, id, account),
    readSale: (id, account) => readSale(stripe, id, account),
    ...quotesOf(stripe),
    ...listsOf(stripe),
    ...methodsOf(stripe),
    ...connectOf(stripe, options.apiBase),
    receiptOf: (invoiceId, account) => receiptOf(stripe, invoiceId, account),
    billOf: (invoiceId, account) => billOf(stripe, invoiceId, account),
    failureOf: (failed, account) => failureOf(stripe, failed, account),
    paymentPageOf: (invoiceId, account) => paymentPageOf(stripe, invoiceId, account),
    createCustomer: (input, key, account) => createCustomer(stripe, input, key, account),
    deleteCustomer: (customerId, account) => deleteCustomer(stripe, customerId, account),
    updateCustomer: (change, account) => updateCustomer(stripe, change, account),
    stillSells: (made, account) => stillSells(stripe, made, account),
    ...promotions(stripe),
    ...salesOf(stripe),
    createSetupCheckout: (input, key, account) => createSetupCheckout(stripe, input, key, account),
    useCard: (input, account) => useCard(stripe, input, account),
    expireCheckout: (id, account) => expireCheckout(stripe, id, account),
    endedCheckout: (id, account) => endedCheckout(stripe, id, account),
    createClock: (input, key, account) => createClock(stripe, input, key, account),
    readClock: (id, account) => readClock(stripe, id, account),
    advanceClock: (id, to, account) => advanceClock(stripe, id, to, account),
    eventsSince: (query) => eventsSince(stripe, query),
    timeAt: (account) => timeAtStripe(stripe, account),
    ...endpointsOf(stripe),
  };
}

const endpointsOf = (stripe: Stripe): Pick<StripeGateway, 'listEndpoints' | 'createEndpoint' | 'updateEndpoint'> => ({
  listEndpoints: () => listEndpoints(stripe),
  createEndpoint: (url, types, apiVersion) => createEndpoint(stripe, { url, types, apiVersion }),
  updateEndpoint: (id, types) => updateEndpoint(stripe, id, types),
});

const salesOf = (stripe: Stripe): Pick<StripeGateway, 'createPrice' | 'createCheckout' | 'subscribe'> => ({
  createPrice: (input, key, account) => createPrice(stripe, input, key, account),
  createCheckout: (input, key, account) => createCheckout(stripe, input, key, account),
  subscribe: (input, key, account) => subscribe(stripe, input, key, account),
});

const listsOf = (stripe: Stripe): StripeLists => ({
  liveSubscription: (id, account) => liveSubscription(stripe, id, account),
  liveSubscriptions: (after, account) => liveSubscriptions(stripe, after, account),
  refundsSince: (since, account) => refundsSince(stripe, since, account),
  readRefund: (id, account) => readRefund(stripe, id, account),
  disputesSince: (since, account) => disputesSince(stripe, since, account),
  readDispute: (id, account) => readDispute(stripe, id, account),
  cancelStray: (id, key, account) => cancelStray(stripe, id, key, account),
});

const quotesOf = (stripe: Stripe): Pick<StripeGateway, 'balanceOf' | 'cancelQuote' | 'changeQuote' | 'creditOf'> => ({
  cancelQuote: (id, at, account) => cancelQuote(stripe, id, at, account),
  changeQuote: (change, account) => changeQuote(stripe, change, account),
  creditOf: (id, account) => creditOf(stripe, id, account),
  balanceOf: (id, account) => balanceOf(stripe, id, account),
});

function addressOf(apiBase: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (!apiBase) return {};
  const { hostname, port, protocol } = new URL(apiBase);
  const isPlain = protocol === 'http:';
  return { host: hostname, port: port || (isPlain ? 80 : 443), protocol: isPlain ? 'http' : 'https' };
}

import Stripe from 'stripe';
import type { Reach } from '../../../db/money/connections.ts';

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;
type Request = Parameters<HttpClient['makeRequest']>;
type Answer = Awaited<ReturnType<HttpClient['makeRequest']>>;

/** How a connected Stripe account is reached, asked anew for each call. */
export type ReachOf = (stripeAccount: string) => Promise<Reach>;

/**
 * Sends a call that names a connected Stripe account with that account's own key, where it has one.
 * It is done here, under all calls, so that none of them can forget it [R22.5].
 */
export function withOwnKeys(reachOf: ReachOf): HttpClient {
  const client = Stripe.createNodeHttpClient();
  return {
    getClientName: () => client.getClientName(),
    async makeRequest(...[host, port, path, method, headers, ...rest]: Request): Promise<Answer> {
      const { 'Stripe-Account': stripeAccount, ...others } = headers as Record<string, string>;
      const reach = stripeAccount === undefined ? null : await reachOf(stripeAccount);
      if (reach?.kind === 'gone') return notConnected();
      const sent = reach?.kind === 'key' ? { ...others, Authorization: `Bearer ${reach.key}` } : headers;
      return client.makeRequest(host, port, path, method, sent, ...rest);
    },
  };
}

/** As Stripe answers where access to an account was taken back. */
function notConnected(): Answer {
  const message = 'This Stripe account is not connected any more.';
  return {
    getStatusCode: () => 403,
    getHeaders: () => ({}),
    getRawResponse: () => {
      throw new Error('nothing was asked');
    },
    toStream: () => {
      throw new Error('nothing was asked');
    },
    toJSON: () => Promise.resolve({ error: { type: 'invalid_request_error', code: 'account_invalid', message } }),
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../http/problem.ts';
import { receiveResend, type ResendWebhookDeps } from './resend.ts';
import { receiveStripe, type StripeWebhookDeps } from './stripe.ts';

export type WebhookDeps = { stripe: StripeWebhookDeps; resend: ResendWebhookDeps };

/**
 * Called for each webhook: `received`, `foreign` if it concerns nobody here, or the code of the
 * problem that answered it.
 */
export type CountWebhook = (provider: string, outcome: string) => void;

/** null = this is no webhook; rejected where it cannot be taken, with nothing answered yet. */
export type ReceiveWebhook = (request: IncomingMessage, response: ServerResponse) => Promise<void> | null;

/** Stands before Express itself: nothing reads the bytes first, and nothing slows it down. */
export function receiveWebhooks(deps: WebhookDeps, count: CountWebhook): ReceiveWebhook {
  return (request, response) => {
    const [, provider, endpointId] = ADDRESS.exec(request.url ?? '') ?? [];
    return provider === undefined ? null : receive({ provider, endpointId, request, response }, deps, count);
  };
}

const ADDRESS = /^\/webhooks\/(stripe|resend)(?:\/([\w-]+))?(?:\?|$)/;

type Arrived = {
  provider: string;
  endpointId: string | undefined;
  request: IncomingMessage;
  response: ServerResponse;
};

async function receive(arrived: Arrived, { stripe, resend }: WebhookDeps, count: CountWebhook): Promise<void> {
  const { provider, endpointId, request, response } = arrived;
  if (request.method !== 'POST') {
    const headers = { Allow: 'POST' };
    throw new Problem(405, 'method_not_allowed', { detail: 'Only POST is possible here.', headers });
  }
  try {
    if (provider === 'stripe') return count(provider, await receiveStripe(endpointId ?? '', request, response, stripe));
    await receiveResend(request, response, resend);
    count(provider, 'received');
  } catch (error) {
    count(provider, error instanceof Problem ? error.code : 'internal_error');
    throw error;
  }
}

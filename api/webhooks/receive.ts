import type { RequestHandler } from 'express';
import { Problem } from '../http/problem.ts';
import { receiveResend, type ResendWebhookDeps } from './resend.ts';
import { receiveStripe, type StripeWebhookDeps } from './stripe.ts';

export type WebhookDeps = { stripe: StripeWebhookDeps; resend: ResendWebhookDeps };

/** Stands before every other handler: nothing reads the bytes first, and nothing slows it down. */
export function receiveWebhooks({ stripe, resend }: WebhookDeps): RequestHandler {
  return async (request, response, next) => {
    const path = request.path;
    if (!path.startsWith('/webhooks/')) return next();
    const [, provider, endpointId] = /^\/webhooks\/(stripe|resend)(?:\/([\w-]+))?$/.exec(path) ?? [];
    if (provider === undefined) return next();
    if (request.method !== 'POST') {
      response.set('Allow', 'POST');
      throw new Problem(405, 'method_not_allowed', { detail: 'Only POST is possible here.' });
    }
    if (provider === 'resend') return receiveResend(request, response, resend);
    return receiveStripe(endpointId ?? '', request, response, stripe);
  };
}

import type { RequestHandler } from 'express';
import { Problem } from '../http/problem.ts';
import { receiveResend, type ResendWebhookDeps } from './resend.ts';
import { receiveStripe, type StripeWebhookDeps } from './stripe.ts';

export type WebhookDeps = { stripe: StripeWebhookDeps; resend: ResendWebhookDeps };

/** Told of each: `received`, or the code of the problem that it was answered with. */
export type CountWebhook = (provider: string, outcome: string) => void;

/** Stands before every other handler: nothing reads the bytes first, and nothing slows it down. */
export function receiveWebhooks({ stripe, resend }: WebhookDeps, count: CountWebhook): RequestHandler {
  return async (request, response, next) => {
    const path = request.path;
    if (!path.startsWith('/webhooks/')) return next();
    const [, provider, endpointId] = /^\/webhooks\/(stripe|resend)(?:\/([\w-]+))?$/.exec(path) ?? [];
    if (provider === undefined) return next();
    if (request.method !== 'POST') {
      response.set('Allow', 'POST');
      throw new Problem(405, 'method_not_allowed', { detail: 'Only POST is possible here.' });
    }
    try {
      if (provider === 'resend') await receiveResend(request, response, resend);
      else await receiveStripe(endpointId ?? '', request, response, stripe);
      count(provider, 'received');
    } catch (error) {
      count(provider, error instanceof Problem ? error.code : 'internal_error');
      throw error;
    }
  };
}

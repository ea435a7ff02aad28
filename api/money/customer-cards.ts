import { z } from 'zod';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { NO_PAYMENT_PAGE, unavailable } from '../http/unless-away.ts';
import { tell } from '../../db/platform/audit-log.ts';
import { OWN_SPACE } from '../../db/inbox/idempotency.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { siteUrl } from '../platform/site-url.ts';
import type { RequestDeps } from '../verbs/ask-of-request.ts';
import { Problem } from '../http/problem.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { stripePageSchema, cardAnswerSchema } from '../people/customer-schema.ts';
import { idParams } from '../http/fields.ts';
import { answerOfCard, keyOfRequest, payable, sha256 } from './new-card.ts';

const tag = 'Customer';
const params = idParams('purchaseId');

export type CustomerCardDeps = RequestDeps & {
  stripe: Pick<StripeGateway, 'createSetupCheckout' | 'useCard'>;
  publicUrl: string;
};

const begin = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/purchases/{purchaseId}/card-session',
  tag,
  operationId: 'beginCardChange',
  audit: { none: 'Begins what another route ends.' },
  summary: "Begin to change the card: Stripe's page, where a new one is left",
  params,
  body: z.strictObject({}),
  example: {},
  answers: { 201: stripePageSchema },
  problems: [409],
  writes: 'own',
  async handle(call, { stripe, publicUrl }: CustomerCardDeps) {
    const { state, currency, customerId } = await payable(call);
    const billing = `${siteUrl(publicUrl, call.account)}/billing`;
    const { purchaseId } = state;
    const input = {
      customerId,
      purchaseId,
      currency,
      successUrl: `${billing}/card-updated?purchase=${purchaseId}&session={CHECKOUT_SESSION_ID}`,
      cancelUrl: billing,
    };
    // One session for one form, even if it is sent twice.
    const key = keyOfRequest(`setup:${purchaseId}`, call);
    const stripeAccount = await stripeAccountOf(call.em, purchaseId);
    const session = await stripe.createSetupCheckout(input, key, stripeAccount).catch(unavailable(NO_PAYMENT_PAGE));
    return { status: 201, body: { url: session.url, expiresAt: session.expiresAt } };
  },
});

const use = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/purchases/{purchaseId}/card',
  tag,
  operationId: 'useNewCard',
  audit: { left: ['contact.card_chosen'] },
  summary: "Use the card that was left on Stripe's page; what is overdue is tried at once, once a session",
  params,
  body: z.strictObject({ sessionId: z.string().regex(/^[\w-]{1,255}$/, 'must be the id of a session') }),
  example: { sessionId: 'cs_1Qexample' },
  answers: { 200: cardAnswerSchema },
  problems: [409],
  writes: 'own',
  async handle(call, deps: CustomerCardDeps) {
    const { subscriptionId, customerId, state } = await payable(call);
    const { purchaseId } = state;
    const { sessionId } = call.body;
    const input = { sessionId, customerId, purchaseId, subscriptionId, now: call.now };
    const stripeAccount = await stripeAccountOf(call.em, purchaseId);
    const methodId = await deps.stripe.useCard(input, stripeAccount).catch(unavailable(NO_PAYMENT_PAGE));
    if (methodId === null) throw new Problem(409, 'wrong_state', { detail: 'No card was left on that page.' });
    await tell(call.em, { kind: 'contact.card_chosen', subjectId: call.contact.id, after: { purchaseId } });
    const request = { key: `card:${sessionId}`, requestHash: sha256(sessionId) };
    const keyed = { ...request, accountId: call.account.id, space: OWN_SPACE, caller: null };
    return answerOfCard(call, { state, methodId, keyed }, deps);
  },
});

export const customerCardRoutes = { begin, use };

import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { NO_PAYMENT_PAGE, unavailable } from '../http/unless-away.ts';
import { OWN_SPACE } from '../../db/inbox/idempotency.ts';
import { ownPurchases } from '../../db/people/customer.ts';
import { customerOfPurchase } from '../../db/money/customer-at-stripe.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { siteUrl } from '../platform/site-url.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { billingStatus, isLive, type SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { currencyOf } from '../../workflows/domain/price.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { askOfRequest, type RequestDeps } from '../verbs/ask-of-request.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineCustomerRoute, type CustomerCall } from '../http/route.ts';
import { stripePageSchema, cardAnswerSchema } from '../people/customer-schema.ts';
import { idParams } from '../http/fields.ts';
import { toMyPurchase } from '../people/customer-view.ts';

const tag = 'Customer';
const params = idParams('purchaseId');

export type CustomerCardDeps = RequestDeps & {
  stripe: Pick<StripeGateway, 'createSetupCheckout' | 'useCard'>;
  publicUrl: string;
};

type OneCall = CustomerCall<{ purchaseId: string }, unknown, unknown>;
type Payable = {
  state: PurchaseState;
  billing: SubscriptionBilling;
  subscriptionId: string;
  currency: string;
  customerId: string;
};

/** The contact's own purchase, of which something may still be charged. */
async function payable({ em, contact, params: { purchaseId } }: OneCall): Promise<Payable> {
  const [own] = await ownPurchases(em, contact, purchaseId);
  if (!own) throw notFound('purchase');
  const { snapshot: state } = own.purchase;
  const customerId = await customerOfPurchase(em, own.purchase);
  const { billing } = state;
  const subscriptionId = subscriptionIdOf(billing);
  const currency = currencyOf(state.terms.price);
  if (isLive(billing) && subscriptionId !== null && currency !== null && customerId !== null)
    return { state, billing, subscriptionId, currency, customerId };
  throw new Problem(409, 'wrong_state', { detail: 'Nothing is charged for this any more.' });
}

const begin = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/purchases/{purchaseId}/card-session',
  tag,
  operationId: 'beginCardChange',
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
    const key = `setup:${purchaseId}:${call.keyed === null ? uuid() : sha256(call.keyed.key)}`;
    const stripeAccount = await stripeAccountOf(call.em, purchaseId);
    const session = await stripe.createSetupCheckout(input, key, stripeAccount).catch(unavailable(NO_PAYMENT_PAGE));
    return { status: 201, body: { url: session.url, expiresAt: session.expiresAt } };
  },
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const use = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/purchases/{purchaseId}/card',
  tag,
  operationId: 'useNewCard',
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
    const payment = await retryOnce(call, state, { sessionId, methodId }, deps);
    const [own] = await ownPurchases(call.em.fork(), call.contact, purchaseId);
    if (!own) throw notFound('purchase');
    const purchase = toMyPurchase(own, call.now, siteUrl(deps.publicUrl, call.account));
    return { status: 200, body: { payment, purchase } };
  },
});

type Left = { sessionId: string; methodId: string };

/**
 * A changed card on a past-due purchase triggers one retry, however often the page that says so is
 * opened, and although Stripe's own event says so as well [R11.5].
 */
async function retryOnce(
  call: OneCall,
  { purchaseId, billing }: PurchaseState,
  { sessionId, methodId }: Left,
  deps: CustomerCardDeps,
): Promise<z.input<typeof cardAnswerSchema>['payment']> {
  if (billingStatus(billing) !== 'past_due') return 'none_due';
  const request = { key: `card:${sessionId}`, requestHash: sha256(sessionId) };
  const keyed = { ...request, accountId: call.account.id, space: OWN_SPACE, caller: null };
  const { em, account, now, requestId, params } = call;
  const asking = {
    em,
    account,
    now,
    requestId,
    params,
    keyed,
    actor: { kind: 'customer', id: call.contact.id } as const,
  };
  const asked = { name: 'retry-new-card', commandId: uuid(), input: { methodId }, reason: null } as const;
  const { status } = await askOfRequest(asking, asked, deps).catch(isUnderWay);
  if (status === 200) return 'paid';
  if (status !== 202 && status !== 409) return 'declined';
  const [own] = await ownPurchases(em.fork(), call.contact, purchaseId);
  return own && billingStatus(own.purchase.snapshot.billing) !== 'past_due' ? 'paid' : 'pending';
}

/**
 * What was overdue a moment ago has been paid by another attempt, or is tried with this card since
 * Stripe's event came first.
 */
function isUnderWay(error: unknown): { status: number } {
  if (error instanceof Problem && error.status === 409) return { status: 202 };
  throw error;
}

export const customerCardRoutes = { begin, use };

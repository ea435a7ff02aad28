import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { KeyedRequest } from '../../db/inbox/idempotency.ts';
import { customerOfPurchase } from '../../db/money/customer-at-stripe.ts';
import { ownPurchases } from '../../db/people/customer.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { billingStatus, isLive } from '../../workflows/domain/billing.ts';
import { currencyOf } from '../../workflows/domain/price.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { CustomerCall } from '../http/route.ts';
import type { cardAnswerSchema } from '../people/customer-schema.ts';
import { toMyPurchase } from '../people/customer-view.ts';
import { siteUrl } from '../platform/site-url.ts';
import { askOfRequest, type RequestDeps } from '../verbs/ask-of-request.ts';

type OneCall = CustomerCall<{ purchaseId: string }, unknown, unknown>;
type Payable = { state: PurchaseState; subscriptionId: string; currency: string; customerId: string };

/** A key at Stripe of one request, however often it is sent; another request has another. */
export const keyOfRequest = (what: string, { keyed }: Pick<OneCall, 'keyed'>): string =>
  `${what}:${keyed === null ? uuid() : sha256(keyed.key)}`;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The contact's own purchase, of which something may still be charged. */
export async function payable({ em, contact, params: { purchaseId } }: OneCall): Promise<Payable> {
  const [own] = await ownPurchases(em, contact, purchaseId);
  if (!own) throw notFound('purchase');
  const { snapshot: state } = own.purchase;
  const customerId = await customerOfPurchase(em, own.purchase.id);
  const subscriptionId = subscriptionIdOf(state.billing);
  const currency = currencyOf(state.terms.price);
  if (isLive(state.billing) && subscriptionId !== null && currency !== null && customerId !== null)
    return { state, subscriptionId, currency, customerId };
  throw new Problem(409, 'wrong_state', { detail: 'Nothing is charged for this any more.' });
}

/** The card that pays for a purchase from now on. `keyed`: under which its retry is asked once. */
type NewCard = { state: PurchaseState; methodId: string; keyed: KeyedRequest | null };

/** What came of a card that was changed: of what was overdue, and the purchase as it is now. */
export async function answerOfCard(call: OneCall, card: NewCard, deps: RequestDeps) {
  const payment = await retryOnce(call, card, deps);
  const [own] = await ownPurchases(call.em.fork(), call.contact, card.state.purchaseId);
  if (!own) throw notFound('purchase');
  const purchase = toMyPurchase(own, call.now, siteUrl(deps.publicUrl, call.account));
  return { status: 200 as const, body: { payment, purchase } };
}

/**
 * A changed card on a past-due purchase triggers one retry, however often the page that says so is
 * opened, and although Stripe's own event says so as well [R11.5].
 */
async function retryOnce(
  call: OneCall,
  { state: { purchaseId, billing }, methodId, keyed }: NewCard,
  deps: RequestDeps,
): Promise<z.input<typeof cardAnswerSchema>['payment']> {
  if (billingStatus(billing) !== 'past_due') return 'none_due';
  const { em, account, now, requestId, params, contact } = call;
  const actor = { kind: 'customer', id: contact.id } as const;
  const asked = { name: 'retry-new-card', commandId: uuid(), input: { methodId }, reason: null } as const;
  const { status } = await askOfRequest({ em, account, now, requestId, params, keyed, actor }, asked, deps).catch(
    isUnderWay,
  );
  if (status === 200) return 'paid';
  if (status !== 202 && status !== 409) return 'declined';
  const [own] = await ownPurchases(em.fork(), contact, purchaseId);
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

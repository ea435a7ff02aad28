import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { unavailable } from '../http/unless-away.ts';
import { keepReceipt } from '../../db/money/receipts.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { idParams } from '../http/fields.ts';
import { purchaseCardSchema } from '../purchase/purchase-schema.ts';
import { MONEY_READERS } from '../auth/roles.ts';

export type CardDeps = { stripe: Pick<StripeGateway, 'receiptOf'> };

/** How long a card lasts may change at Stripe, so it is read there when it is shown [R12.2]. */
const card = defineRoute({
  method: 'get',
  path: '/v1/purchases/{purchaseId}/card',
  tag: 'Purchases',
  operationId: 'getPurchaseCard',
  summary: 'Read the card of a purchase as of its last successful charge',
  description: 'Asks Stripe: 503 where Stripe cannot be reached.',
  roles: MONEY_READERS,
  params: idParams('purchaseId'),
  answers: { 200: purchaseCardSchema },
  problems: [503],
  async handle({ em, params }, { stripe }: CardDeps) {
    const purchase = await findPurchase(em, params.purchaseId);
    if (!purchase?.startedAt) throw notFound('purchase');
    const last = purchase.snapshot.payments.toSorted((a, b) => a.paidAt.localeCompare(b.paidAt)).at(-1);
    if (!last) return { status: 200, body: { card: null, chargedAt: null } };
    const { paymentId, paidAt } = last;
    const { number, card: details } = await stripe
      .receiptOf(paymentId, await stripeAccountOf(em, purchase.id))
      .catch(unavailable('Stripe cannot be reached, and the card is read there.'));
    await keepReceipt(em, paymentId, { number, card: details && { brand: details.brand, last4: details.last4 } });
    return { status: 200, body: { card: details, chargedAt: paidAt } };
  },
});

export const purchaseCardRoutes = { card };

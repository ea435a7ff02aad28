import { readReceipt, type ReceiptGateway } from '../../activities/gateways/read-receipt.ts';
import { unavailable } from '../http/unless-away.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { idParams } from '../http/fields.ts';
import { purchaseCardSchema } from '../purchase/purchase-schema.ts';
import { MONEY_READERS } from '../auth/roles.ts';

export type CardDeps = { stripe: ReceiptGateway };

/** How long a card lasts may change at Stripe, so it is read there when it is shown [R12.2]. */
const cardRoute = defineRoute({
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
    const { paymentId, paidAt: chargedAt } = last;
    const { card } = await readReceipt(em, stripe, { paymentId, purchaseId: purchase.id }).catch(
      unavailable('Stripe cannot be reached, and the card is read there.'),
    );
    return { status: 200, body: { card, chargedAt } };
  },
});

export const purchaseCardRoutes = { card: cardRoute };

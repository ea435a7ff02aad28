import { z } from 'zod';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { NO_PAYMENT_PAGE, unavailable } from '../http/unless-away.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { enterByPurchase } from '../../db/platform/enter.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { paymentPageSchema } from '../people/customer-schema.ts';

export type PaymentPageDeps = { stripe: Pick<StripeGateway, 'paymentPageOf'> };

const params = z.object({ purchaseId: z.uuid(), invoiceId: z.string().regex(/^[\w-]{1,255}$/) });

/**
 * Whoever knows both ids has the email that contains them; Stripe's own page is open to whoever has
 * its address, too.
 */
const paymentPage = definePublicRoute({
  method: 'get',
  path: '/v1/public/purchases/{purchaseId}/invoices/{invoiceId}/payment-page',
  tag: 'Public',
  operationId: 'getPaymentPage',
  summary: "Find Stripe's own page of an overdue invoice, where its payment is confirmed",
  params,
  answers: { 200: paymentPageSchema },
  problems: [409, 503],
  perMinute: 60,
  async handle({ unscoped, params: { purchaseId, invoiceId } }, { stripe }: PaymentPageDeps) {
    const found = await enterByPurchase(unscoped, purchaseId);
    if (!found) throw notFound('invoice');
    const { em, account, purchase } = found;
    const { billing } = purchase.snapshot;
    const isOverdue = isLive(billing) && billing.overdue.some((one) => one.invoiceId === invoiceId);
    if (!isOverdue) throw nothingOpen();
    const url = await stripe
      .paymentPageOf(invoiceId, await stripeAccountOf(em, purchaseId))
      .catch(unavailable(NO_PAYMENT_PAGE));
    if (url === null) throw nothingOpen();
    return { status: 200, body: { url, siteName: account.name } };
  },
});

const nothingOpen = () =>
  new Problem(409, 'wrong_state', { detail: 'There is nothing to confirm any more: the payment is made, or ended.' });

export const publicPaymentRoutes = { paymentPage };

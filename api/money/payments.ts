import { z } from 'zod';
import { Payment } from '../../db/entities/payment.ts';
import { Refund } from '../../db/entities/refund.ts';
import { findPage } from '../../db/page.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { givenId, pageOf, pageQuery } from '../http/fields.ts';
import { paymentSchema } from '../purchase/purchase-schema.ts';
import { MONEY_READERS } from '../auth/roles.ts';

const NEWEST = { by: 'paidAt', direction: 'desc' } as const;

const tag = 'Payments';

function toApiPayment(payment: Payment, refunds: Refund[]): z.input<typeof paymentSchema> {
  const { id, purchaseId, contactId, amountMinor, currency, refundedMinor } = payment;
  const { paidAt, periodStart, periodEnd, disputedAt } = payment;
  const own = refunds.filter(({ paymentId }) => paymentId === id);
  return {
    id,
    purchaseId,
    contactId,
    amountMinor,
    currency,
    refundedMinor,
    paidAt,
    periodStart,
    periodEnd,
    disputedAt,
    refunds: own.map((refund) => ({
      id: refund.id,
      amountMinor: refund.amountMinor,
      currency: refund.currency,
      status: refund.status,
      commandId: refund.commandId,
      createdAt: refund.createdAt,
    })),
  };
}

const list = defineRoute({
  method: 'get',
  path: '/v1/payments',
  tag,
  operationId: 'listPayments',
  summary: 'List payments with their refunds, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, purchaseId: givenId.optional(), contactId: givenId.optional() }),
  answers: { 200: pageOf(paymentSchema) },
  async handle({ em, query: { limit, cursor, ...filter } }) {
    const page = await findPage(
      em,
      Payment,
      { order: NEWEST, where: filter },
      readPage({ limit, cursor }, { ...NEWEST, ids: 'stripe' }),
    );
    const paymentIds = page.rows.map(({ id }) => id);
    const refunds = await em.find(Refund, { paymentId: { $in: paymentIds } }, { orderBy: { createdAt: 'asc' } });
    return { status: 200, body: toApiPage(page, (payment) => toApiPayment(payment, refunds)) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/payments/{paymentId}',
  tag,
  operationId: 'getPayment',
  summary: 'Read a payment with its refunds',
  roles: MONEY_READERS,
  params: z.object({ paymentId: z.string().regex(/^[\w-]{1,255}$/) }),
  answers: { 200: paymentSchema },
  async handle({ em, params }) {
    const payment = await em.findOne(Payment, { id: params.paymentId });
    if (!payment) throw notFound('payment');
    const refunds = await em.find(Refund, { paymentId: payment.id }, { orderBy: { createdAt: 'asc' } });
    return { status: 200, body: toApiPayment(payment, refunds) };
  },
});

export const paymentRoutes = { list, read };

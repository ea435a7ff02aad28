import { z } from 'zod';
import { readReceipt } from '../../activities/gateways/read-receipt.ts';
import { unlessAway } from '../http/unless-away.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Payment } from '../../db/entities/payment.ts';
import {
  countPayments,
  countPaymentStates,
  findPayment,
  listPayments,
  PAYMENT_ORDER,
  type PaymentFilter,
} from '../../db/money/payments.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { count, toApiCounts } from '../http/counts.ts';
import { boundAt, dayOrInstant, DATES } from '../http/day-or-instant.ts';
import { currency, givenId, includeTest, onlyTrue, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import type { CardDeps } from './purchase-card.ts';
import { paymentCounts, paymentSchema, paymentState } from './payment-schema.ts';
import { toApiPayment } from './payment-view.ts';

const tag = 'Payments';

/** Text in the address, but documented as a number. */
const amount = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/, 'must be a whole number of minor units')
  .transform(Number)
  .meta({ type: 'integer', pattern: undefined, minimum: 0 });

const filterOfAnyState = {
  contactId: givenId.optional(),
  purchaseId: givenId.optional(),
  inDispute: onlyTrue.optional().describe('With an inquiry or a dispute that is not decided yet.'),
  from: dayOrInstant.optional().describe(`Paid, or failed first, at this instant or later. ${DATES}`),
  to: dayOrInstant.optional().describe(`Before this instant. ${DATES}`),
  currency: currency.optional(),
  amountMinor: amount.optional().describe('Exactly so much, in minor units.'),
  amountMinorFrom: amount.optional().describe('So much or more, in minor units.'),
  amountMinorTo: amount.optional().describe('So much or less, in minor units.'),
  includeTest,
};
const filter = { ...filterOfAnyState, state: paymentState.optional() };

type Given = { from?: string | undefined; to?: string | undefined };

const bounded = <F extends Given>(given: F, timeZone: string): F & PaymentFilter => ({
  ...given,
  from: boundAt(given.from, timeZone),
  to: boundAt(given.to, timeZone),
});

const list = defineRoute({
  method: 'get',
  path: '/v1/payments',
  tag,
  operationId: 'listPayments',
  summary: 'List payments with their refunds and disputes, and invoices whose payment failed, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, ...filter }),
  answers: { 200: pageOf(paymentSchema) },
  async handle({ em, account, query: { limit, cursor, ...given } }) {
    const place = readPage({ limit, cursor }, { ...PAYMENT_ORDER, ids: 'stripe' });
    const page = await listPayments(em, bounded(given, account.timeZone), place);
    return { status: 200, body: toApiPage(page, toApiPayment) };
  },
});

const countThem = defineRoute({
  method: 'get',
  path: '/v1/payments/count',
  tag,
  operationId: 'countPayments',
  summary: 'Count payments and invoices whose payment failed',
  roles: MONEY_READERS,
  query: z.strictObject(filter),
  answers: { 200: count },
  handle: async ({ em, account, query }) => ({
    status: 200,
    body: await countPayments(em, bounded(query, account.timeZone)),
  }),
});

const countStates = defineRoute({
  method: 'get',
  path: '/v1/payments/counts',
  tag,
  operationId: 'countPaymentStates',
  summary: 'Count payments by their states',
  roles: MONEY_READERS,
  query: z.strictObject(filterOfAnyState),
  answers: { 200: paymentCounts },
  handle: async ({ em, account, query }) => ({
    status: 200,
    body: toApiCounts(await countPaymentStates(em, bounded(query, account.timeZone))),
  }),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/payments/{paymentId}',
  tag,
  operationId: 'getPayment',
  summary: 'Read a payment with its refunds, disputes and card',
  description: 'Asks Stripe for the card once and keeps it; where Stripe cannot be reached, `card` is null.',
  roles: MONEY_READERS,
  params: z.object({ paymentId: z.string().regex(/^[\w-]{1,255}$/) }),
  answers: { 200: paymentSchema },
  async handle({ em, params }, { stripe }: CardDeps) {
    const listed = await findPayment(em, params.paymentId);
    if (!listed) throw notFound('payment');
    const { payment } = listed;
    if (payment.paidAt === null || payment.isCardRead) return { status: 200, body: toApiPayment(listed) };
    return { status: 200, body: { ...toApiPayment(listed), card: await readCard(em, payment, stripe) } };
  },
});

/** The list shows it from then on. */
async function readCard(em: Scoped, { id, purchaseId }: Payment, stripe: CardDeps['stripe']) {
  const receipt = await unlessAway(null, readReceipt(em, stripe, { paymentId: id, purchaseId }));
  return receipt?.card ? { brand: receipt.card.brand, last4: receipt.card.last4 } : null;
}

export const paymentRoutes = { list, countThem, countStates, read };

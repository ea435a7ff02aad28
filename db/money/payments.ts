import type { Instant } from '../../workflows/domain/instant.ts';
import type { Scoped } from '../account-scope.ts';
import type { Count } from '../counts.ts';
import { Payment, PAYMENT_STATES, type PaymentState } from '../entities/payment.ts';
import { Refund } from '../entities/refund.ts';
import { documentsOf, type DocumentNumber } from './documents.ts';
import { namedPurchases, type NamedPurchase } from '../inbox/inbox.ts';
import { withoutTest, type WithTest } from '../people/test-customers.ts';
import { countRows, findPage, whereBound, type Bound, type Filter, type Page, type PageQuery } from '../page.ts';

/** By when each was paid, or first failed. */
export const PAYMENT_ORDER = { by: 'at', direction: 'desc' } as const;

export type PaymentFilter = WithTest & {
  state?: PaymentState | undefined;
  currency?: string | undefined;
  amountMinor?: number | undefined;
  /** With an inquiry or a dispute that is not decided yet. */
  inDispute?: true | undefined;
  /** [from, to). */
  from?: Instant | undefined;
  to?: Instant | undefined;
  /** Both included. */
  amountMinorFrom?: number | undefined;
  amountMinorTo?: number | undefined;
};

/** A line of the list, with what was given back of it and whom it is of. */
export type ListedPayment = {
  payment: Payment;
  refunds: Refund[];
  purchase: NamedPurchase;
  /** Its receipt and its credit notes. */
  documents: DocumentNumber[];
};

export async function listPayments(em: Scoped, filter: PaymentFilter, page: PageQuery): Promise<Page<ListedPayment>> {
  const { rows, next } = await findPage(em, Payment, { ...(await filterOf(em, filter)), order: PAYMENT_ORDER }, page);
  return { rows: await withNames(em, rows), next };
}

export const countPayments = async (em: Scoped, filter: PaymentFilter): Promise<Count> =>
  countRows(em, Payment, await filterOf(em, filter));

/** How many of the payments that `filter` finds have each state, and how many there are. */
export async function countPaymentStates(
  em: Scoped,
  filter: Omit<PaymentFilter, 'state'>,
): Promise<Record<PaymentState | 'all', Count>> {
  const found = await filterOf(em, filter);
  const counts = { all: await countRows(em, Payment, found) } as Record<PaymentState | 'all', Count>;
  for (const state of PAYMENT_STATES)
    counts[state] = await countRows(em, Payment, { ...found, where: { ...found.where, state } });
  return counts;
}

export async function findPayment(em: Scoped, id: string): Promise<ListedPayment | null> {
  const payment = await em.findOne(Payment, { id });
  const [listed = null] = payment ? await withNames(em, [payment]) : [];
  return listed;
}

async function filterOf(em: Scoped, { includeTest, ...filter }: PaymentFilter): Promise<Filter> {
  const { inDispute, from, to, amountMinorFrom, amountMinorTo, ...columns } = filter;
  const bounds: Bound[] = [
    ['r.at >= ?', from],
    ['r.at < ?', to],
    ['r.amount_minor >= ?', amountMinorFrom],
    ['r.amount_minor <= ?', amountMinorTo],
  ];
  const disputed = inDispute ? [{ sql: IN_DISPUTE, params: [] }] : [];
  const counting = await withoutTest(em, 'contact_id', { includeTest, ...filter });
  return { where: columns, conditions: [...disputed, ...counting, ...bounds.flatMap((bound) => whereBound(bound))] };
}

/** As the index has it. */
const IN_DISPUTE = `(r.disputes @> '[{"status": "open"}]' or r.disputes @> '[{"status": "inquiry"}]')`;

async function withNames(em: Scoped, payments: Payment[]): Promise<ListedPayment[]> {
  const ofThem = { paymentId: { $in: payments.map(({ id }) => id) } };
  const refunds = await em.find(Refund, ofThem, { orderBy: { createdAt: 'asc' } });
  const subjects = payments.map(({ purchaseId: subjectId }) => ({ subjectId }));
  const purchases = await namedPurchases(em, subjects);
  const numbers = Map.groupBy(await documentsOf(em, ofThem.paymentId.$in), ({ paymentId }) => paymentId);
  return payments.flatMap((payment) => {
    const purchase = purchases.get(payment.purchaseId);
    const own = refunds.filter(({ paymentId }) => paymentId === payment.id);
    return purchase ? [{ payment, refunds: own, purchase, documents: numbers.get(payment.id) ?? [] }] : [];
  });
}

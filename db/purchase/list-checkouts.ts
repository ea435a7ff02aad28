import type { Scoped } from '../account-scope.ts';
import { Checkout, type EndReason } from '../entities/checkout.ts';
import { namedPurchases, type NamedPurchase } from '../inbox/inbox.ts';
import { withoutTest, type WithTest } from '../people/test-customers.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';

export type CheckoutFilter = WithTest & {
  state?: Checkout['state'] | undefined;
  reason?: EndReason | undefined;
  offerId?: string | undefined;
};

/** A line of the list, with whom it is of. */
export type ListedCheckout = { checkout: Checkout; named: NamedPurchase };

/** What has had a page at Stripe; what is free has none, and what was cut off before it neither. */
const WITH_PAGE = { stripeSessionId: { $ne: null } };

export async function listCheckouts(
  em: Scoped,
  { includeTest, ...filter }: CheckoutFilter,
  page: PageQuery,
): Promise<Page<ListedCheckout>> {
  const conditions = await withoutTest(em, 'contact_id', { includeTest, ...filter });
  const listed = { where: { ...filter, ...WITH_PAGE }, conditions, order: NEWEST };
  const { rows, next } = await findPage(em, Checkout, listed, page);
  return { rows: await withNames(em, rows), next };
}

export async function findCheckout(em: Scoped, id: string): Promise<ListedCheckout | null> {
  const checkout = await em.findOne(Checkout, { id, ...WITH_PAGE });
  const [listed = null] = checkout ? await withNames(em, [checkout]) : [];
  return listed;
}

async function withNames(em: Scoped, checkouts: Checkout[]): Promise<ListedCheckout[]> {
  const named = await namedPurchases(
    em,
    checkouts.map(({ purchaseId: subjectId }) => ({ subjectId })),
  );
  return checkouts.flatMap((checkout) => {
    const one = named.get(checkout.purchaseId);
    return one ? [{ checkout, named: one }] : [];
  });
}

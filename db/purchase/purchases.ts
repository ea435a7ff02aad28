import type { EntityManager, EntityName, FilterQuery } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Count } from '../counts.ts';
import { Contact } from '../entities/contact.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { findRow } from '../find-row.ts';
import { withAllPayments } from '../money/recalled-payments.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { ofContacts } from '../people/people-found.ts';
import { withoutTest } from '../people/test-customers.ts';
import {
  countRows,
  findPage,
  whereBound,
  type Bound,
  type Condition,
  type Filter,
  type Order,
  type Page,
  type PageQuery,
} from '../page.ts';

export const PURCHASE_SORTS = {
  newest: { by: 'startedAt', direction: 'desc' },
  nextDue: { by: 'nextDueAt', direction: 'asc', isSparse: true },
  nextCharge: { by: 'nextChargeAt', direction: 'asc', isSparse: true },
} as const satisfies Record<string, Order<Purchase>>;
export type PurchaseSort = keyof typeof PURCHASE_SORTS;

export type PurchaseFilter = {
  billingStatus?: string | undefined;
  accessStatus?: string | undefined;
  offerId?: string | undefined;
  /** Those that began with this code. */
  promotionCodeId?: string | undefined;
  contactId?: string | undefined;
  forAccountId?: string | undefined;
  needsAttention?: boolean | undefined;
  /** Billing goes on although access is gone [R6.3], as of the last record. */
  billingWithoutAccess?: boolean | undefined;
  pendingCancellation?: boolean | undefined;
  /**
   * A verb that Stripe has not answered for longer than it usually takes; what needs a person's
   * decision is `needsAttention`.
   */
  waitsForStripe?: true | undefined;
  /**
   * `pending`: a refund is on its way; `failed`: one has failed, and none of the payment was made
   * since.
   */
  refunds?: RefundTrouble | undefined;
  /** [from, to) of when it was bought or granted. */
  startedAtFrom?: Instant | undefined;
  startedAtTo?: Instant | undefined;
  /** [from, to) of its next charge. */
  nextChargeAtFrom?: Instant | undefined;
  nextChargeAtTo?: Instant | undefined;
  /** [from, to) of a cancellation that is asked for. */
  cancelAtFrom?: Instant | undefined;
  cancelAtTo?: Instant | undefined;
  /** Part of the contact's address or name. */
  q?: string | undefined;
  /** Of test customers, too. */
  includeTest?: boolean | undefined;
};

/** What people look for most. */
export const PURCHASE_VIEWS = {
  all: {},
  needsAttention: { needsAttention: true },
  pastDue: { billingStatus: 'past_due' },
  trialing: { billingStatus: 'trialing' },
  paused: { billingStatus: 'paused' },
  canceling: { pendingCancellation: true },
  billingWithoutAccess: { billingWithoutAccess: true },
  waitsForStripe: { waitsForStripe: true },
  refundsPending: { refunds: 'pending' },
  refundsFailed: { refunds: 'failed' },
} as const satisfies Record<string, PurchaseFilter>;
export type PurchaseView = keyof typeof PURCHASE_VIEWS;

export const REFUND_TROUBLES = ['pending', 'failed'] as const;
type RefundTrouble = (typeof REFUND_TROUBLES)[number];

/** A line of a list, with those whom it speaks of. */
export type ListedPurchase = {
  purchase: Purchase;
  contact: Pick<Contact, 'id' | 'email' | 'name'>;
  offer: Pick<Offer, 'id' | 'name'>;
};

/** The purchases of an account; a checkout that was never paid is none [R5.2]. */
export async function listPurchases(
  em: Scoped,
  { sort, ...filter }: PurchaseFilter & { sort: PurchaseSort },
  query: PageQuery,
): Promise<Page<ListedPurchase>> {
  const order = PURCHASE_SORTS[sort];
  const { rows, next } = await findPage(em, Purchase, { ...(await filterOf(em, filter)), order }, query);
  const contacts = await byId(
    em,
    Contact,
    rows.map(({ contactId }) => contactId),
  );
  const offers = await byId(
    em,
    Offer,
    rows.map(({ offerId }) => offerId),
  );
  const listed = rows.flatMap((purchase) => {
    const [contact, offer] = [contacts.get(purchase.contactId), offers.get(purchase.offerId)];
    return contact && offer ? [{ purchase, contact, offer }] : [];
  });
  return { rows: listed, next };
}

export async function countPurchases(em: Scoped, filter: PurchaseFilter): Promise<Count> {
  return countRows(em, Purchase, await filterOf(em, filter));
}

/** How many of the purchases that `filter` finds each of the views has. */
export async function countViews<View extends PurchaseView>(
  em: Scoped,
  views: readonly View[],
  { q, includeTest, ...filter }: PurchaseFilter,
): Promise<Record<View, Count>> {
  const people = await peopleOf(em, { ...filter, q, includeTest });
  const counts = {} as Record<View, Count>;
  for (const view of views) {
    const { where, conditions } = plainFilter(em, { ...filter, ...PURCHASE_VIEWS[view] });
    counts[view] = await countRows(em, Purchase, { where, conditions: [...people, ...conditions] });
  }
  return counts;
}

async function filterOf(em: Scoped, { q, includeTest, ...filter }: PurchaseFilter): Promise<Filter> {
  const { where, conditions } = plainFilter(em, filter);
  return { where, conditions: [...(await peopleOf(em, { ...filter, q, includeTest })), ...conditions] };
}

const peopleOf = async (em: Scoped, { q, ...filter }: PurchaseFilter): Promise<Condition[]> => [
  ...(q ? [await ofContacts(em, 'contact_id', q)] : []),
  ...(await withoutTest(em, 'contact_id', filter)),
];

function plainFilter(em: Scoped, filter: Omit<PurchaseFilter, 'q' | 'includeTest'>) {
  const { pendingCancellation, waitsForStripe, refunds, promotionCodeId, ...others } = filter;
  const { columns, bounds } = boundsOf(others);
  const canceling = pendingCancellation === undefined ? {} : { cancelAt: pendingCancellation ? { $ne: null } : null };
  const waiting = waitsForStripe && { $and: [WAITING] };
  const conditions = bounds.flatMap((bound) => whereBound(bound));
  if (promotionCodeId) conditions.push({ sql: WITH_CODE, params: [promotionCodeId] });
  if (refunds) conditions.push({ sql: WITH_REFUND[refunds], params: [accountIdOf(em)] });
  return { where: { startedAt: { $ne: null }, ...canceling, ...columns, ...waiting }, conditions };
}

/** As the index of the next charge has it, which puts those without one last. */
const CHARGE = `coalesce(r.next_charge_at, 'infinity'::timestamptz)`;

function boundsOf({
  startedAtFrom,
  startedAtTo,
  nextChargeAtFrom,
  nextChargeAtTo,
  cancelAtFrom,
  cancelAtTo,
  ...columns
}: Omit<PurchaseFilter, 'q' | 'includeTest' | 'pendingCancellation' | 'waitsForStripe' | 'refunds'>) {
  const bounds: Bound[] = [
    ['r.started_at >= ?', startedAtFrom],
    ['r.started_at < ?', startedAtTo],
    [`r.next_charge_at is not null and ${CHARGE} >= ?`, nextChargeAtFrom],
    [`${CHARGE} < ?`, nextChargeAtTo],
    ['r.cancel_at >= ?', cancelAtFrom],
    ['r.cancel_at < ?', cancelAtTo],
  ];
  return { columns, bounds };
}

const WAITING = { hasPending: true, needsAttention: false, stuckReason: { $ne: null } };

const WITH_CODE = 'r.id in (select purchase_id from checkouts where promotion_code_id = ?)';

const WITH_REFUND: Record<RefundTrouble, string> = {
  pending: `r.id in (select purchase_id from refunds where account_id = ? and status = 'pending')`,
  failed: `r.id in (select f.purchase_id from refunds f where f.account_id = ? and f.status = 'failed' and not exists (
    select 1 from refunds again where again.account_id = f.account_id and again.payment_id = f.payment_id
      and again.created_at > f.created_at and again.status <> 'failed'))`,
};

async function byId<Row extends { id: string }>(
  em: EntityManager,
  entity: EntityName<Row>,
  ids: string[],
): Promise<Map<string, Row>> {
  const rows = await em.find(entity, { id: { $in: [...new Set(ids)] } } as unknown as FilterQuery<Row>);
  return new Map(rows.map((row) => [row.id, row as Row]));
}

/**
 * One purchase of the account with all of its payments, or a checkout that has not become one;
 * always as it stands now.
 */
export async function findPurchase(em: Scoped, id: string): Promise<Purchase | null> {
  const found = await findRow(em, Purchase, { id, accountId: accountIdOf(em) });
  return found && withAllPayments(em, found);
}

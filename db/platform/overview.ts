import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { nextCharge } from '../../workflows/domain/charges.ts';
import { upcoming, type Due } from '../../workflows/domain/due.ts';
import type { Money } from '../../workflows/domain/money.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { seenOf, toCounts, type Count } from '../counts.ts';
import { countPayments } from '../money/payments.ts';
import { paidWithin, refundedWithin, type CurrencySum, type Within } from '../money/money-totals.ts';
import { notBoughtBy, testCustomers } from '../people/test-customers.ts';
import { query, sql, type Sql } from '../sql.ts';
import { countViews, listPurchases, type ListedPurchase, type PurchaseView } from '../purchase/purchases.ts';

/** What a person should look at, each counted as the list with the same filter shows it. */
const PURCHASES_TO_SEE = [
  'pastDue',
  'billingWithoutAccess',
  'needsAttention',
  'waitsForStripe',
  'refundsPending',
  'refundsFailed',
] as const satisfies PurchaseView[];

type OthersToSee =
  | 'cancellationRequests'
  | 'emailsFailed'
  | 'emailsBounced'
  | 'emailsUnknown'
  | 'webhooksFailed'
  | 'differences'
  | 'commandsPending';
type OfNobody = 'webhooksUnmatched' | 'webhooksDead';
type ToSee = Record<(typeof PURCHASES_TO_SEE)[number] | 'inDispute' | OthersToSee | OfNobody, Count>;

/** `isOperator`: events that belong to no account are counted for operators alone [R24.3]. */
export async function countToSee(em: Scoped, isOperator: boolean): Promise<ToSee> {
  const purchases = await countViews(em, PURCHASES_TO_SEE, {});
  const others = await counted<OthersToSee>(em, othersToSee(accountIdOf(em), await testCustomers(em)));
  const ofNobody = isOperator ? await counted<OfNobody>(em, OF_NOBODY) : NONE;
  const inDispute = await countPayments(em, { inDispute: true });
  return { ...purchases, inDispute, ...toCounts(others), ...toCounts(ofNobody) };
}

const NONE: Record<OfNobody, number> = { webhooksUnmatched: 0, webhooksDead: 0 };

function othersToSee(accountId: string, tests: readonly string[]): Sql {
  const emails = sql`select 1 from emails where account_id = ${accountId} and recipient_id <> all(${tests}::uuid[])`;
  const inbox = sql`select 1 from inbox where account_id = ${accountId}`;
  const requests = sql`select 1 from cancellation_requests where account_id = ${accountId}`;
  return sql`select
    ${seenOf(sql`${requests} and state = 'open'`)} as "cancellationRequests",
    ${seenOf(sql`${emails} and state = 'failed'`)} as "emailsFailed",
    ${seenOf(sql`${emails} and state = 'bounced'`)} as "emailsBounced",
    ${seenOf(sql`${emails} and state = 'unknown'`)} as "emailsUnknown",
    ${seenOf(sql`${inbox} and class = 'fact' and state in ('failed', 'refused')`)} as "webhooksFailed",
    ${seenOf(sql`select 1 from differences where account_id = ${accountId} and state = 'open'`)} as "differences",
    ${seenOf(sql`${inbox} and class = 'command' and state = 'open'`)} as "commandsPending"`;
}

const EVENTS = sql`select 1 from inbox where account_id is null and class = 'fact'`;
const OF_NOBODY = sql`select
  ${seenOf(sql`${EVENTS} and state = 'unmatched'`)} as "webhooksUnmatched",
  ${seenOf(sql`${EVENTS} and state = 'dead'`)} as "webhooksDead"`;

/** Something that falls due, with whom and what it is about. */
export type Upcoming = Due & { purchaseId: string; charge: Money | null } & Omit<ListedPurchase, 'purchase'>;

/**
 * The next `limit` due instants of all purchases, the earliest first; what is late comes before
 * what is not.
 */
export async function listUpcoming(em: Scoped, limit: number, now: Instant): Promise<Upcoming[]> {
  // Whatever is among the first so many belongs to a purchase whose own first instant is among
  // them, too.
  const { rows } = await listPurchases(em, { sort: 'nextDue' }, { limit, after: null });
  return rows
    .flatMap(({ purchase: { id: purchaseId, snapshot }, contact, offer }) =>
      upcoming(snapshot, now).map((due) => ({ ...due, purchaseId, charge: chargeAt(snapshot, due), contact, offer })),
    )
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
    .slice(0, limit);
}

/** What Stripe charges at that instant. */
function chargeAt(state: PurchaseState, { owner, at }: Due): Money | null {
  const charge = owner === 'stripe' ? nextCharge(state) : null;
  return charge?.at === at ? { amountMinor: charge.amountMinor, currency: charge.currency } : null;
}

type DayCounts = Record<
  'bought' | 'granted' | 'newCustomers' | 'cancellationsAsked' | 'cancellationsDone' | 'emailsSent',
  number
>;
type DayFigures = DayCounts & { payments: CurrencySum[]; refunds: CurrencySum[] };

/** What happened in [from, to), test customers aside. */
export async function figuresOfDay(em: Scoped, from: Instant, to: Instant): Promise<DayFigures> {
  const within = { from, to, tests: await testCustomers(em) };
  const counts = await counted<keyof DayCounts>(em, dayCounts(accountIdOf(em), within));
  const payments = await paidWithin(em, within);
  return { ...counts, payments, refunds: await refundedWithin(em, within) };
}

function dayCounts(accountId: string, { from, to, tests }: Within): Sql {
  const within = (column: Sql): Sql => sql`account_id = ${accountId} and ${column} >= ${from} and ${column} < ${to}`;
  const started = sql`from purchases where ${within(sql`started_at`)} and contact_id <> all(${tests}::uuid[])`;
  const happened = sql`from timeline where ${within(sql`at`)} and ${notBoughtBy(tests, sql`purchase_id`)}`;
  return sql`select
    (select count(*) ${started} and origin = 'bought') as bought,
    (select count(*) ${started} and origin = 'granted') as granted,
    (select count(*) from contacts where ${within(sql`customer_since`)} and not is_test) as "newCustomers",
    (select count(*) ${happened} and type = 'purchase.cancellation-scheduled') as "cancellationsAsked",
    (select count(*) ${happened} and type = 'purchase.canceled') as "cancellationsDone",
    (select count(*) from emails where ${within(sql`sent_at`)} and recipient_id <> all(${tests}::uuid[])) as "emailsSent"`;
}

async function counted<Name extends string>(em: EntityManager, counts: Sql): Promise<Record<Name, number>> {
  const [row] = await query<Record<Name, string>>(em, counts);
  if (!row) throw new Error('a count without a row');
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as Record<Name, number>;
}

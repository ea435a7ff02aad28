import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { sumMinor, type Money } from '../../workflows/domain/money.ts';
import { notBoughtBy } from '../people/test-customers.ts';
import { query, sql, type Sql } from '../sql.ts';

/** What was paid in one currency, and how much of it went back or is on its way back [R10.3]. */
type PaymentTotals = { currency: string; payments: number; paidMinor: number; refundedMinor: number };

/** Payments or refunds of one currency. */
export type CurrencySum = { currency: string; count: number; amountMinor: number };

/** What some amounts come to in each currency, by its code. */
export function sumsOf(amounts: readonly Money[]): CurrencySum[] {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency);
  return [...byCurrency]
    .map(([currency, same]) => ({
      currency,
      count: same.length,
      amountMinor: sumMinor(same.map(({ amountMinor }) => amountMinor)),
    }))
    .toSorted((a, b) => a.currency.localeCompare(b.currency));
}

/** Everything that a contact has paid, in every currency. */
export async function totalsOfContact(em: Scoped, contactId: string): Promise<PaymentTotals[]> {
  const rows = await query<Record<keyof PaymentTotals, string>>(
    em,
    sql`select currency, count(*) as payments, sum(amount_minor) as "paidMinor", sum(refunded_minor) as "refundedMinor"
     from payments where account_id = ${accountIdOf(em)} and contact_id = ${contactId} and paid_at is not null
     group by currency order by currency`,
  );
  return rows.map(({ currency, payments, paidMinor, refundedMinor }) => ({
    currency,
    payments: Number(payments),
    paidMinor: Number(paidMinor),
    refundedMinor: Number(refundedMinor),
  }));
}

/** [from, to), without what these test customers paid. */
export type Within = { from: Instant; to: Instant; tests: readonly string[] };

/** Payments taken. */
export const paidWithin = (em: Scoped, { from, to, tests }: Within): Promise<CurrencySum[]> =>
  sums(
    em,
    sql`select currency, count(*) as count, sum(amount_minor) as "amountMinor" from payments
     where account_id = ${accountIdOf(em)} and at >= ${from} and at < ${to} and paid_at is not null
       and ${notBoughtBy(tests, sql`purchase_id`)} group by currency order by currency`,
  );

/** Refunds made that have not failed; amounts are negative [R10.1, R10.3]. */
export const refundedWithin = (em: Scoped, { from, to, tests }: Within): Promise<CurrencySum[]> =>
  sums(
    em,
    sql`select currency, count(*) as count, sum(amount_minor) as "amountMinor" from refunds
     where account_id = ${accountIdOf(em)} and created_at >= ${from} and created_at < ${to} and status <> 'failed'
       and ${notBoughtBy(tests, sql`purchase_id`)} group by currency order by currency`,
  );

async function sums(em: EntityManager, statement: Sql): Promise<CurrencySum[]> {
  const rows = await query<Record<keyof CurrencySum, string>>(em, statement);
  return rows.map(({ currency, count, amountMinor }) => ({
    currency,
    count: Number(count),
    amountMinor: Number(amountMinor),
  }));
}

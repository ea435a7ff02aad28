import { accountIdOf, type Scoped } from '../account-scope.ts';
import { query, run, sql } from '../sql.ts';

export type PaymentCard = { brand: string; last4: string };

/** What Stripe knows of a payment by its invoice's number; `card` null = not paid by card. */
export type PaymentReceipt = { number: string | null; card: PaymentCard | null };

/** A charge keeps its card and its number, so they are read from Stripe once. */
export async function keepReceipt(em: Scoped, paymentId: string, { number, card }: PaymentReceipt): Promise<void> {
  await run(
    em,
    sql`update payments set card_brand = ${card?.brand ?? null}, card_last4 = ${card?.last4 ?? null},
       receipt_number = ${number}, is_card_read = true
     where account_id = ${accountIdOf(em)} and id = ${paymentId} and not is_card_read`,
  );
}

type LastCard = { purchase_id: string; card_brand: string | null; card_last4: string | null };

/** The card of the last successful charge of each of these purchases, where it is known [R12.2]. */
export async function lastCards(em: Scoped, purchaseIds: readonly string[]): Promise<Map<string, PaymentCard>> {
  if (purchaseIds.length === 0) return new Map();
  const rows = await query<LastCard>(
    em,
    sql`select distinct on (purchase_id) purchase_id, card_brand, card_last4 from payments
     where account_id = ${accountIdOf(em)} and purchase_id = any(${[...purchaseIds]}::uuid[]) and paid_at is not null
     order by purchase_id, paid_at desc, id desc`,
  );
  return new Map(
    rows.flatMap(({ purchase_id, card_brand: brand, card_last4: last4 }) =>
      brand !== null && last4 !== null ? [[purchase_id, { brand, last4 }]] : [],
    ),
  );
}

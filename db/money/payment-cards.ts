import { accountIdOf, type Scoped } from '../account-scope.ts';
import { run, sql } from '../sql.ts';

export type PaymentCard = { brand: string; last4: string };

/** A charge keeps its card, so it is read from Stripe once; null = not paid by card. */
export async function keepCard(em: Scoped, paymentId: string, card: PaymentCard | null): Promise<void> {
  await run(
    em,
    sql`update payments set card_brand = ${card?.brand ?? null}, card_last4 = ${card?.last4 ?? null}, is_card_read = true
     where account_id = ${accountIdOf(em)} and id = ${paymentId} and not is_card_read`,
  );
}

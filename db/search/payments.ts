import { accountIdOf, type Scoped } from '../account-scope.ts';
import { sql } from '../sql.ts';
import type { PaymentState } from '../entities/payment.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { firstOf, idsOf, newestOfEach, rowsOf, type By, type Found, type Search } from './search.ts';
import { WHO, type Who } from './who.ts';

export type PaymentFound = Who & {
  id: string;
  purchaseId: string;
  offerName: string;
  state: PaymentState;
  amountMinor: number;
  currency: string;
  cardBrand: string | null;
  cardLast4: string | null;
  at: Instant;
};

/** By Stripe's ids, by the card and by whose they are. */
export async function findPayments(em: Scoped, search: Search, { people }: By): Promise<Found<PaymentFound>> {
  const { meant, most } = search;
  const ids = await firstOf(most, [
    () => namedPayments(em, meant.stripeId, most),
    () => byCard(em, meant.last4, most),
    () => ofPeople(em, people, most),
  ]);
  return rowsOf(
    em,
    ids,
    most,
    (shown) => sql`select y.id, y.purchase_id as "purchaseId", ${WHO}, o.name as "offerName", y.state,
       y.amount_minor::float8 as "amountMinor", y.currency, y.card_brand as "cardBrand", y.card_last4 as "cardLast4", y.at
     from payments y join purchases p on p.id = y.purchase_id join offers o on o.id = p.offer_id
       join contacts c on c.id = y.contact_id
     where y.account_id = ${accountIdOf(em)} and y.id = any(${shown}::text[])`,
  );
}

const namedPayments = async (em: Scoped, stripeId: string | null, most: number): Promise<string[]> =>
  stripeId === null
    ? []
    : idsOf(
        em,
        sql`select id from payments where account_id = ${accountIdOf(em)} and id = ${stripeId}
          union select y.id from stripe_objects s join payments y on y.account_id = s.account_id and y.id = s.payment_id
            where s.account_id = ${accountIdOf(em)} and s.object_id = ${stripeId}
          union select y.id from stripe_objects s join payments y on y.purchase_id = s.purchase_id
            where s.account_id = ${accountIdOf(em)} and s.object_id = ${stripeId} and s.payment_id is null
          limit ${most + 1}`,
      );

const byCard = async (em: Scoped, last4: string | null, most: number): Promise<string[]> =>
  last4 === null
    ? []
    : idsOf(
        em,
        sql`select id from payments where account_id = ${accountIdOf(em)} and card_last4 = ${last4}
          order by at desc, id desc limit ${most + 1}`,
      );

const ofPeople = async (em: Scoped, people: readonly string[], most: number): Promise<string[]> =>
  people.length === 0
    ? []
    : idsOf(
        em,
        newestOfEach(
          people,
          sql`select id, at from payments where account_id = ${accountIdOf(em)} and contact_id = one.id
            order by at desc, id desc`,
          most,
        ),
      );

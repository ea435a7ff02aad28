import { accountIdOf, type Scoped } from '../account-scope.ts';
import { sql, type Sql } from '../sql.ts';
import type { BillingStatus } from '../../workflows/domain/billing.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Price } from '../../workflows/domain/price.ts';
import { peopleWith } from './people.ts';
import { firstOf, idsIn, idsOf, newestOfEach, rowsOf, type By, type Found, type Search } from './search.ts';
import { WHO, type Who } from './who.ts';

export type PurchaseFound = Who & {
  id: string;
  offerName: string;
  billingStatus: BillingStatus;
  price: Price;
  at: Instant;
};

/** By an id, ours or Stripe's, by the card, by whose they are and by what was bought. */
export async function findPurchases(em: Scoped, search: Search, by: By): Promise<Found<PurchaseFound>> {
  const { most } = search;
  const ids = await firstOf(most, [
    () => namedPurchases(em, search),
    () => byCard(em, search),
    () => ofPeople(em, by.people, most),
    () => ofOffers(em, by.offers.whole, most),
    ...by.offers.partly.map(({ ids: offerIds, rest }) => async () => {
      const people = await peopleWith(em, rest);
      return ofPeople(em, people, most, sql`and offer_id = any(${offerIds}::uuid[])`);
    }),
  ]);
  return rowsOf(
    em,
    ids,
    most,
    (shown) => sql`select p.id, ${WHO}, o.name as "offerName", p.billing_status as "billingStatus",
       p.snapshot -> 'terms' -> 'price' as price, p.started_at as at
     from purchases p join contacts c on c.id = p.contact_id join offers o on o.id = p.offer_id
     where p.account_id = ${accountIdOf(em)} and p.id = any(${shown}::uuid[])`,
  );
}

async function namedPurchases(em: Scoped, { meant, most }: Search): Promise<string[]> {
  if (meant.ids) return idsIn(em, meant, sql`purchases where started_at is not null`, most);
  const { stripeId } = meant;
  if (!stripeId) return [];
  const accountId = accountIdOf(em);
  const named = sql`select purchase_id as id from stripe_objects where account_id = ${accountId} and object_id = ${stripeId}
    union select id from purchases where account_id = ${accountId} and stripe_subscription_id = ${stripeId}
    union select purchase_id from payments where account_id = ${accountId} and id = ${stripeId}`;
  return idsOf(
    em,
    sql`select id from purchases where id in (${named}) and started_at is not null order by id limit ${most + 1}`,
  );
}

/** So many payments of a card at most are looked at: the test cards have few endings. */
const MOST_OF_CARD = 200;

const byCard = async (em: Scoped, { meant: { last4 }, most }: Search): Promise<string[]> =>
  last4 === null
    ? []
    : idsOf(
        em,
        sql`select purchase_id as id from (
           select purchase_id, at from payments where account_id = ${accountIdOf(em)} and card_last4 = ${last4}
           order by at desc, id desc limit ${sql.lit(MOST_OF_CARD)}) paid
         group by purchase_id order by max(at) desc, purchase_id desc limit ${most + 1}`,
      );

const ofPeople = async (em: Scoped, people: readonly string[], most: number, also: Sql = sql``): Promise<string[]> =>
  people.length === 0
    ? []
    : idsOf(
        em,
        newestOfEach(
          people,
          sql`select id, started_at as at from purchases where account_id = ${accountIdOf(em)} and contact_id = one.id
            and started_at is not null ${also} order by started_at desc, id desc`,
          most,
        ),
      );

const ofOffers = async (em: Scoped, offers: readonly string[], most: number): Promise<string[]> =>
  offers.length === 0
    ? []
    : idsOf(
        em,
        newestOfEach(
          offers,
          sql`select id, started_at as at from purchases where account_id = ${accountIdOf(em)} and offer_id = one.id
            and started_at is not null order by started_at desc, id desc`,
          most,
        ),
      );

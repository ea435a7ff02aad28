import type { EntityManager } from '@mikro-orm/postgresql';
import { endOf, heldChangeOf, pauseOf, pendingChangeOf } from '../../workflows/domain/billing-parts.ts';
import type { Contact } from '../entities/contact.ts';
import type { Offer } from '../entities/offer.ts';
import type { Purchase } from '../entities/purchase.ts';
import { findCancelRequest, type CancelRequest } from '../inbox/cancel-request.ts';
import { OWN } from '../money/stripe-account.ts';
import { adminIdsOf, type ActorEmails } from '../people/actor-emails.ts';
import { query, sql } from '../sql.ts';

/** A purchase with the names of everything that it speaks of. */
export type FullPurchase = {
  purchase: Purchase;
  contact: Pick<Contact, 'id' | 'email' | 'name'>;
  /** In the Stripe account that it was sold on; null = there is none. */
  stripeCustomerId: string | null;
  offer: Pick<Offer, 'id' | 'name'>;
  /** What it becomes with the end of its period; null = nothing else. */
  nextOffer: Pick<Offer, 'id' | 'name'> | null;
  productNames: Map<string, string>;
  emails: ActorEmails;
  cancelRequest: CancelRequest | null;
};

type Named = Pick<FullPurchase, 'contact' | 'stripeCustomerId' | 'offer' | 'nextOffer'> & {
  products: Record<string, string>;
  admins: Record<string, string>;
};

/** All names in one statement: every answer to a verb has them. */
export async function withNames(em: EntityManager, purchase: Purchase): Promise<FullPurchase> {
  const { snapshot, accountId, contactId, holderId, soldTo, offerId } = purchase;
  const { billing, revoked } = snapshot;
  const nextOfferId = (pendingChangeOf(billing) ?? heldChangeOf(billing))?.terms.offerId ?? null;
  const cancelRequest = await findCancelRequest(em, snapshot);
  const actors = [...revoked, endOf(billing), pauseOf(billing), cancelRequest].flatMap((one) => one?.by ?? []);
  const [named] = await query<Named>(
    em,
    sql`select jsonb_build_object('id', c.id, 'email', c.email, 'name', c.name) as contact,
       (select s.stripe_customer_id from stripe_customers s where s.account_id = ${accountId} and s.holder_id = ${soldTo ?? holderId}
         and s.stripe_account = coalesce(${purchase.stripeAccount}::text, a.stripe_account, ${OWN}, '')) as "stripeCustomerId",
       jsonb_build_object('id', o.id, 'name', o.name) as offer,
       (select jsonb_build_object('id', id, 'name', name) from offers where id = ${nextOfferId}) as "nextOffer",
       (select coalesce(jsonb_object_agg(id, name), '{}') from products where id = any(${snapshot.terms.productIds}::uuid[])) as products,
       (select coalesce(jsonb_object_agg(id, email), '{}') from admins where id = any(${adminIdsOf(actors)}::uuid[])) as admins
     from contacts c, offers o, accounts a where c.id = ${contactId} and o.id = ${offerId} and a.id = ${accountId}`,
  );
  if (!named) throw new Error(`purchase ${purchase.id} is of nobody, or of nothing`);
  const { contact, stripeCustomerId, offer, nextOffer, products, admins } = named;
  const [productNames, emails] = [new Map(Object.entries(products)), new Map(Object.entries(admins))];
  return { purchase, contact, stripeCustomerId, offer, nextOffer, productNames, emails, cancelRequest };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { SignUp } from '../entities/checkout.ts';
import type { Contact } from '../entities/contact.ts';
import { query, sql } from '../sql.ts';
import { firstSlug } from './site-slugs.ts';

/** What somebody who signs up says of the account that they want. */
export type NewSignUp = Pick<SignUp, 'accountName' | 'timeZone' | 'withAccess'>;

/**
 * The account that a checkout is to make, under ids that are chosen now. Whoever asks again for an
 * account of the same name means the same one, so that it is paid for once; judged under the
 * contact's lock.
 */
export async function signingUp(
  tx: EntityManager,
  contact: Contact,
  asked: NewSignUp,
): Promise<{ forAccountId: string; signUp: SignUp }> {
  const [known] = await query<{ id: string; sign_up: SignUp }>(tx, sameAccount(contact, asked));
  if (known) {
    const { ownerId, emailId, slug } = known.sign_up;
    return { forAccountId: known.id, signUp: { ...asked, ownerId, emailId, slug } };
  }
  const id = uuid();
  const slug = await firstSlug(tx, { id, name: asked.accountName, isPlatform: false });
  return { forAccountId: id, signUp: { ...asked, ownerId: uuid(), emailId: uuid(), slug } };
}

/** Not made yet, or still of whoever asks: an account that has changed hands is another's. */
const sameAccount = ({ id, email }: Contact, { accountName }: NewSignUp) => sql`
  select c.for_account_id as id, c.sign_up from checkouts c
  where c.contact_id = ${id} and c.sign_up is not null and lower(c.sign_up ->> 'accountName') = lower(${accountName})
    and (not exists (select from accounts where id = c.for_account_id)
      or exists (select from admins where account_id = c.for_account_id and role = 'owner' and removed_at is null and email = ${email}))
  order by c.created_at desc, c.id desc limit 1`;

/** The email by which the owner of an account that a purchase has made confirms the address. */
export async function confirmationOf(em: EntityManager, purchaseId: string): Promise<string | null> {
  const [email] = await query<{ id: string }>(
    em,
    sql`select e.id from checkouts c join emails e on e.id = (c.sign_up ->> 'emailId')::uuid
     where c.purchase_id = ${purchaseId} and c.sign_up is not null and e.state = 'queued'`,
  );
  return email?.id ?? null;
}

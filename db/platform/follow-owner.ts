import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../../workflows/domain/verb.ts';
import { nowOf } from '../clock/account-clock.ts';
import { tellStripe } from '../people/contacts-at-stripe.ts';
import { json, query, run, sql } from '../sql.ts';
import { platformAccount } from './platform-account.ts';

/** A command that is in the inbox of one of its purchases. */
export type HandedOver = { commandId: string; purchaseId: string };

/**
 * After its owner has changed, what an account has bought from the platform goes to the contact
 * that the new one is there, with the customer at Stripe, in the transaction of `tx` [R18.5].
 */
export async function followOwner(tx: EntityManager, accountId: string, actor: Actor): Promise<HandedOver[]> {
  const platform = await platformAccount(tx);
  if (!platform) return [];
  const now = nowOf(platform);
  const [contact] = await query<{ id: string }>(
    tx,
    sql`insert into contacts (id, account_id, email, created_at)
      select gen_random_uuid(), ${platform.id}, email, ${now}::timestamptz from admins
      where account_id = ${accountId} and role = 'owner' and removed_at is null
        and exists (select from purchases where holder_id = ${accountId} and account_id = ${platform.id})
      on conflict (account_id, email) do update set email = excluded.email returning coalesce(merged_into, id) as id`,
  );
  if (!contact) return [];
  await run(
    tx,
    sql`update stripe_customers set contact_id = ${contact.id}
      where account_id = ${platform.id} and holder_id = ${accountId}`,
  );
  await tellStripe(tx, contact.id);
  return query<HandedOver>(
    tx,
    sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor)
      select gen_random_uuid(), account_id, 'purchase', id, 'command', 'change-contact', ${now}::timestamptz,
        ${json({ contactId: contact.id })}, ${json(actor)}
      from purchases where holder_id = ${accountId} and account_id = ${platform.id} and started_at is not null
      returning id as "commandId", subject_id as "purchaseId"`,
  );
}

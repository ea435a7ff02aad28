import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../workflows/domain/instant.ts';

/**
 * Queues a login link for every customer with this address, on whatever site; returns the ids of their emails. At most one a minute each.
 * The email belongs to the customer's newest purchase, as every email does: a customer has one [R3.2].
 */
export async function queueLoginLinks(em: EntityManager, address: string, realNow: Instant): Promise<string[]> {
  const minute = realNow.slice(0, 'yyyy-mm-ddThh:mm'.length).replaceAll(/\D/g, '');
  const rows = await em.execute<{ id: string }[]>(QUEUE, [minute, realNow, address]);
  return rows.map(({ id }) => id);
}

const QUEUE = `
  insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, due_at)
  select gen_random_uuid(), c.account_id, 'login-link', p.id || ':0:0:' || ?::text, 0, 'contact', c.id, p.id,
    '{}'::jsonb, false, coalesce(a.clock_step, a.clock_at, ?::timestamptz)
  from contacts c join accounts a on a.id = c.account_id
    join lateral (select id from purchases where contact_id = c.id and born_at is not null order by born_at desc, id desc limit 1) p on true
  where c.email = ? and c.customer_since is not null
  on conflict do nothing returning id`;

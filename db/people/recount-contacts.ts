import type { EntityManager } from '@mikro-orm/postgresql';
import { run, sql } from '../sql.ts';

/**
 * Counts the contacts of each default segment anew; returns in how many accounts the kept counts
 * were wrong. Every transaction changes contacts and their counts together, so one statement sees
 * how far they are apart, whoever writes meanwhile, and adds that much as one more share.
 */
export function recountContacts(em: EntityManager): Promise<number> {
  return em.transactional(async (tx) => {
    // Keeps out another recount, which would add the same once more, and none of those who write.
    await run(tx, sql`lock table contact_counts in share update exclusive mode`);
    return run(tx, DIFFERENCES);
  });
}

const DIFFERENCES = sql`
  insert into contact_counts (account_id, contacts, customers, subscribed)
  select account_id, sum(contacts), sum(customers), sum(subscribed)
  from (
    select account_id, count(*) as contacts, count(customer_since) as customers,
      count(*) filter (where marketing_status = 'subscribed') as subscribed
    from contacts where erased_at is null and not is_test group by account_id
    union all
    select account_id, -contacts, -customers, -subscribed from contact_counts
  ) apart
  group by account_id having (sum(contacts), sum(customers), sum(subscribed)) <> (0, 0, 0)`;

import type { EntityManager } from '@mikro-orm/postgresql';

export type Filled = { customers: number; /** Rows of each. */ each: number; productId: string };

/** The number in a contact's address. */
const N = `substring(email from '\\d+')::int`;

/**
 * Fills an account with customers and what they did, over the last months; the first did fifty
 * times as much. Rows only: what the rows refer to is not looked up for each of millions.
 */
export async function fillWithActivity(
  em: EntityManager,
  accountId: string,
  { customers, each, productId }: Filled,
): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute('set local session_replication_role = replica');
    await tx.execute(CONTACTS, [accountId, customers]);
    await tx.execute(ACTIVITIES, [accountId, each * 50, each]);
    await tx.execute(LATEST, [accountId]);
    await tx.execute(PROGRESS, [productId, accountId]);
  });
  await em.execute('vacuum (analyze)');
}

const CONTACTS = `
  insert into contacts (id, account_id, email, customer_since, marketing_status, created_at)
  select uuidv7(), ?, 'c' || n || '@example.com', at, 'subscribed', at
  from generate_series(1, ?::int) n, lateral (select now() - n * interval '7 minutes' as at) made`;

/** Who did nothing for long is spread among the others; a fifth of what is done are logins. */
const ACTIVITIES = `
  insert into activities (id, account_id, key, contact_id, kind, at)
  select uuidv7(), account_id, 'bench-' || n || '-' || k, id, case when k % 5 = 0 then 'login' else 'posted' end,
    now() - (n * 7919 % 60) * interval '1 day' - k * interval '13 hours' / case when n = 1 then 50 else 1 end
  from (select id, account_id, ${N} as n from contacts where account_id = ? order by 3) c,
    generate_series(1, case when n = 1 then ?::int else ?::int end) k`;

const LATEST = `
  insert into contact_activity (contact_id, account_id, last_login_at, last_other_at, is_customer)
  select contact_id, account_id, max(at) filter (where kind = 'login'), max(at) filter (where kind <> 'login'), true
  from activities where account_id = ? group by contact_id, account_id`;

/** Of every tenth. */
const PROGRESS = `
  insert into progress (contact_id, product_id, lesson_id, account_id, viewed_at, completed_at)
  select id, ?, 'lesson-' || k, account_id, created_at, case when k < 8 then created_at end
  from contacts, generate_series(1, 10) k where account_id = ? and ${N} % 10 = 1`;

import type { Store } from './open-store.ts';

/** A number of a contact's own, from 0 to 999,999, however they are ordered. */
const N = `(('x' || substr(md5(c.id::text), 1, 5))::bit(20)::int)`;
const YEARS = `interval '1095 days'`;

/**
 * What an account of so many customers leaves in three years: each joins on a day of its own, half
 * of them go, some come back or pay more; payments on each day; failures, trials,
 * payment plans and credits.
 */
export async function threeYears({ shop }: Store): Promise<void> {
  for (const statement of STATEMENTS) await shop.sql(statement, [shop.accountId]);
  await shop.sql('vacuum (analyze)');
}

const MOVEMENTS = `
  with joined as (
    select c.id as contact_id, c.account_id, min(p.id::text)::uuid as purchase_id, ${N} as n, now() - ${YEARS} * (${N} / 1048576.0) as at
    from contacts c join purchases p on p.contact_id = c.id where c.account_id = ? group by c.id),
  moved as (
    select *, 2900 as change, 1 as subscriptions from joined
    union all select contact_id, account_id, purchase_id, n, at + (now() - at) * 0.3, 7000, 0 from joined where n % 10 = 1
    union all select contact_id, account_id, purchase_id, n, at + (now() - at) * 0.5, -2900, -1 from joined where n % 2 = 0
    union all select contact_id, account_id, purchase_id, n, at + (now() - at) * 0.8, 2900, 1 from joined where n % 10 = 2)
  insert into revenue_movements (account_id, purchase_id, contact_id, currency, at, change_minor, subscriptions)
  select account_id, purchase_id, contact_id, 'usd', at, change, subscriptions from moved order by at`;

/** Every day has had something of it, in rows of several that wrote at once. */
const counted = (name: string, currency: string): string => `
  insert into figure_counts (account_id, name, currency, day, count, minor)
  select a.id, '${name}', '${currency}', (now() - d * interval '1 day')::date, 12, 34800 from accounts a,
    generate_series(0, 1095) d, generate_series(1, 4) where a.id = ?`;

const FAILED = `
  insert into payments (account_id, id, purchase_id, contact_id, amount_minor, currency, refunded_minor, failed_at, attempts, paid_at, canceled_at)
  select c.account_id, 'in_failed_' || c.id, p.id, c.id, 2900, 'usd', 0, at, 2,
    case when ${N} % 3 > 0 then at + interval '3 days' end, case when ${N} % 3 = 0 then at + interval '9 days' end
  from contacts c join lateral (select id from purchases where contact_id = c.id limit 1) p on true,
    lateral (select now() - ${YEARS} * (${N} / 1048576.0) as at) failed
  where c.account_id = ? and ${N} % 2 = 0`;

const SOLD = `
  update purchases p set trial_ended_at = case when ${N} % 3 = 0 then now() - ${YEARS} * (${N} / 1048576.0) end,
    trial_converted = ${N} % 2 = 0,
    instalments_ahead = case when ${N} % 5 = 0 then (
      select jsonb_agg(jsonb_build_object('at', now() + n * interval '1 month', 'amountMinor', 4900, 'currency', 'usd'))
      from generate_series(1, 6) n) end
  from contacts c where c.id = p.contact_id and p.account_id = ? and ${N} % 15 in (0, 3, 5, 6, 9, 10, 12)`;

const STATEMENTS = [
  MOVEMENTS,
  counted('paid', 'usd'),
  counted('refunded', 'usd'),
  counted('lost', 'usd'),
  ...['issued', 'spent', 'expired', 'forfeited'].map((kind) => counted(`credits_${kind}`, '')),
  FAILED,
  SOLD,
];

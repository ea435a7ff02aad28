import type { EntityManager } from '@mikro-orm/postgresql';
import { missingMoves } from '../../workflows/domain/missing-moves.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { LOWEST_ID } from '../page.ts';
import { json, query, run, sql } from '../sql.ts';

/**
 * Counts anew what is kept by the day; returns how many of these were wrong. Every
 * transaction changes rows and counts together, so one statement sees how far they are apart.
 */
export function recountFigures(em: EntityManager): Promise<number> {
  return em.transactional(async (tx) => {
    await run(tx, sql`lock table figure_counts in share update exclusive mode`);
    return run(tx, COUNTS_APART);
  });
}

const COUNTS_APART = sql`
  insert into figure_counts (account_id, name, currency, day, count, minor)
  select account_id, name, currency, day, sum(count), sum(minor) from (
    select a.id as account_id, f.name, f.currency, f.day, f.count, f.minor from accounts a, figures_of(a.id) f
    union all
    select account_id, name, currency, day, -count, -minor from figure_counts) apart
  group by 1, 2, 3, 4 having sum(count) <> 0 or sum(minor) <> 0`;

const MOST = 500;

type Stored = {
  id: string;
  account_id: string;
  contact_id: string;
  snapshot: object;
  moved: Record<string, number> | null;
};

/**
 * Judges all movements of revenue anew, in the order in which they were recorded, after those that
 * are missing: of purchases from before movements were kept, what can be told from where they
 * stand. Returns how many were missing.
 */
export async function rejudgeRevenue(em: EntityManager): Promise<number> {
  let missing = 0;
  return em.transactional(async (tx) => {
    await run(tx, sql`lock table revenue_movements in exclusive mode`);
    for (let after = LOWEST_ID; ;) {
      const some = await query<Stored>(tx, stored(after));
      missing += await addOpenings(tx, some);
      if (some.length < MOST) break;
      after = some.at(-1)!.id;
    }
    await run(tx, sql`create temporary table judged on commit drop as table revenue_movements`);
    await run(tx, sql`delete from revenue_movements`);
    await run(tx, sql`delete from contact_revenue`);
    await run(
      tx,
      sql`insert into revenue_movements (id, account_id, purchase_id, contact_id, currency, at, kind, change_minor, subscriptions, cohort_at)
        select id, account_id, purchase_id, contact_id, currency, at, case when kind = 'moved' then kind end, change_minor, subscriptions,
          case when kind = 'moved' then cohort_at end
        from judged order by id`,
    );
    return missing;
  });
}

const stored = (after: string) => sql`
  select p.id, p.account_id, p.contact_id, p.snapshot,
    (select jsonb_object_agg(m.currency, m.minor) from (
      select currency, sum(change_minor) as minor from revenue_movements where purchase_id = p.id group by currency) m) as moved
  from purchases p join contacts c on c.id = p.contact_id and not c.is_test
  where p.id > ${after} and p.started_at is not null order by p.id limit ${sql.lit(MOST)}`;

/** Their ids are below all others, so that they come first. */
async function addOpenings(tx: EntityManager, some: readonly Stored[]): Promise<number> {
  const rows = some.flatMap(({ id, account_id, contact_id, snapshot, moved }) =>
    missingMoves(liftSnapshot(snapshot), moved).map((move) => ({ id, account_id, contact_id, ...move })),
  );
  if (rows.length === 0) return 0;
  const columns =
    'id uuid, account_id uuid, contact_id uuid, at timestamptz, currency text, "changeMinor" bigint, subscriptions smallint';
  return run(
    tx,
    sql`insert into revenue_movements (id, account_id, purchase_id, contact_id, currency, at, change_minor, subscriptions)
      select (select least(min(id), 0) from revenue_movements) - row_number() over (order by e.at desc, e.id desc),
        e.account_id, e.id, e.contact_id, e.currency, e.at, e."changeMinor", e.subscriptions
      from jsonb_to_recordset(${json(rows)}) as e(${sql.raw(columns)})`,
  );
}

import { eventually } from '../ground/eventually.ts';
import { openSite, type Site } from './site.ts';
import type { BenchStack } from './bench-stack.ts';

/**
 * Purchases that were bought long ago, written as they would have been recorded, and whose
 * workflows have been woken and wait.
 */
export type Waiting = {
  site: Site;
  /**
   * Adds so many, and resolves once all of them wait; `startsAt`: when the access of each is still
   * to start.
   */
  grow: (count: number, startsAt?: string[]) => Promise<string[]>;
};

const AT_ONCE = 50;

/** One is really bought; the others are what it is, under ids of their own. */
export async function waitingPurchases(stack: BenchStack): Promise<Waiting> {
  const site = await openSite(stack, 'live');
  const model = await site.checkOut(await site.offer());
  await eventually(
    async () => (await site.sql('select 1 from purchases where id = ? and started_at is not null', [model]))[0],
  );
  await site.quiet();
  const clones = await clonesOf(site);

  async function grow(count: number, startsAt: string[] = []): Promise<string[]> {
    const rows = await site.sql<{ id: string }>(clones, [`{${startsAt.join()}}`, count, model]);
    const ids = rows.map(({ id }) => id);
    for (let first = 0; first < ids.length; first += AT_ONCE) await wakeAll(ids.slice(first, first + AT_ONCE));
    return ids;
  }
  /**
   * Until each has been claimed, which a run does first of all; on a busy machine a wake may be
   * lost.
   */
  async function wakeAll(ids: string[]): Promise<void> {
    for (let left = ids; left.length > 0;) {
      await Promise.all(left.map((id) => stack.deps.wakes.wake(id, { kind: 'bench', rowId: null })));
      await eventually(async () => (left = await unclaimed(ids)).length === 0, 5_000).catch(() => undefined);
    }
  }

  const unclaimed = async (ids: string[]): Promise<string[]> => {
    const rows = await site.sql<{ id: string }>('select id from purchases where epoch = 0 and id = any(?::uuid[])', [
      `{${ids.join()}}`,
    ]);
    return rows.map(({ id }) => id);
  };

  return { site, grow };
}

/** Columns that Postgres does not make itself. */
async function columnsOf(site: Site, table: string): Promise<string> {
  const [row] = await site.sql<{ names: string }>(
    `select string_agg(column_name, ', ') as names from information_schema.columns where table_name = ? and is_generated = 'NEVER'`,
    [table],
  );
  return row?.names ?? '';
}

async function clonesOf(site: Site): Promise<string> {
  const [contact, purchase] = [await columnsOf(site, 'contacts'), await columnsOf(site, 'purchases')];
  return `
    with fresh as (select gen_random_uuid() as id, gen_random_uuid() as contact_id, (?::text[])[n] as starts_at
        from generate_series(1, ?) n),
      model as (select p as purchase, c as contact from purchases p join contacts c on c.id = p.contact_id where p.id = ?),
      person as (select (jsonb_populate_record(m.contact, jsonb_build_object('id', f.contact_id,
        'email', 'ada-' || f.contact_id || '@example.com'))).* from fresh f, model m),
      people as (insert into contacts (${contact}) select ${contact} from person returning id),
      own as (select f.*, jsonb_build_object('purchaseId', f.id, 'contactId', f.contact_id,
        'billing', (m.purchase).snapshot -> 'billing' || jsonb_build_object('subscriptionId', 'sub_' || f.id))
        || case when f.starts_at is null then '{}' else jsonb_build_object(
          'access', (m.purchase).snapshot -> 'access' || jsonb_build_object('startsAt', f.starts_at),
          'reached', '{"accessStarted": false, "accessExpired": false}'::jsonb) end as state from fresh f, model m),
      clone as (select (jsonb_populate_record(m.purchase, jsonb_build_object('id', o.id, 'contact_id', o.contact_id, 'epoch', 0,
        'stripe_subscription_id', 'sub_' || o.id, 'snapshot', (m.purchase).snapshot || o.state))).*
        from own o, model m where (select count(*) from people) > 0)
    insert into purchases (${purchase}) select ${purchase} from clone returning id`;
}

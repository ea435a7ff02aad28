import type { EntityManager } from '@mikro-orm/postgresql';
import type { Dependent, Requirement } from '../../workflows/domain/requirement.ts';
import { toInstantOrNull } from '../instants.ts';
import { query, sql } from '../sql.ts';

// Of a purchase `p`, and its account `a`: what it requires, and what requires it [R27.6].

const BEGUN = sql.raw('started_at is not null and duplicate_of is null');

/** Of the purchases that satisfy what `p` requires, or did as another offer, the last to end. */
export const REQUIREMENT = sql`
  case when p.requires <> '{}' then (
    select jsonb_build_object('purchaseId', id, 'until', until) from (
      select id, carries_until as until from purchases
      where holder_id = p.holder_id and offer_id = any(p.requires) and id <> p.id and ${BEGUN}
      union all
      select was.id, t.at from purchases was join timeline t on t.purchase_id = was.id and t.type = 'purchase.offer-changed'
      where was.holder_id = p.holder_id and was.offer_changed_at is not null and was.id <> p.id
        and (t.data ->> 'fromOfferId')::uuid = any(p.requires)) satisfying
    order by until desc nulls first limit 1) end`;

const isGoingOn = sql`carries_until is null or carries_until > coalesce(a.clock_step, a.clock_at, now())`;

/** What requires `p`, and is satisfied by nothing else. */
export const DEPENDENTS = sql`
  (select jsonb_agg(jsonb_build_object('purchaseId', d.id, 'until', d.carries_until, 'offerIds', d.requires) order by d.id) from (
     select * from purchases where requires <> '{}' and holder_id = p.holder_id and p.offer_id = any(requires) and id <> p.id
       and ${BEGUN} and (${isGoingOn})) d
   where not exists (select from purchases where holder_id = p.holder_id and offer_id = any(d.requires) and id <> p.id and id <> d.id
     and ${BEGUN} and (${isGoingOn})))`;

/** With instants as Postgres writes them. */
export type StoredRequirements = { requirement: Requirement | null; dependents: Dependent[] | null };
export type Requirements = { requirement: Requirement | null; dependents: Dependent[] };

export const toRequirements = ({ requirement, dependents }: StoredRequirements): Requirements => ({
  requirement: requirement && withInstant(requirement),
  dependents: (dependents ?? []).map(withInstant),
});

const withInstant = <One extends { until: string | null }>(one: One): One => ({
  ...one,
  until: toInstantOrNull(one.until),
});

/** What would end with a purchase. */
export async function dependentsOf(em: EntityManager, purchaseId: string): Promise<Dependent[]> {
  const [found] = await query<Pick<StoredRequirements, 'dependents'>>(
    em,
    sql`select ${DEPENDENTS} as dependents from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`,
  );
  return found ? toRequirements({ requirement: null, ...found }).dependents : [];
}

/** Purchases that were told of what has become of what they require, and have not looked yet. */
export async function toldDependents(em: EntityManager, purchaseId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select distinct d.id from purchases p join purchases d on d.holder_id = p.holder_id and d.requires <> '{}'
     join inbox i on i.subject_id = d.id and i.state = 'open' and i.class = 'command' where p.id = ${purchaseId}`,
  );
  return rows.map(({ id }) => id);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { DIFFERENCES, type Difference, type DifferenceKind, type Severity } from '../../workflows/domain/compare.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { fromMs, toMs } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Scoped } from '../account-scope.ts';
import type { Count } from '../counts.ts';
import { DifferenceRow, type DifferenceCause, type DifferenceState } from '../entities/difference-row.ts';
import { countRows, findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { nameOf } from '../money/stripe-account.ts';
import { json, query, run, sql } from '../sql.ts';

/** Where it was found; absent = where its purchase was sold; null = the platform's own. */
type InStripe = { stripeAccount?: string | null };

/** A difference and whose it is; `purchaseId` null = of no purchase that is known. */
export type Found = Difference & {
  accountId: string;
  purchaseId: string | null;
  cause?: DifferenceCause | null;
} & InStripe;

/** What is seen once may be under way: it is shown when it is seen again so much later [R22.2]. */
export const APART_MS = 3 * 60 * 1000;

/**
 * Keeps what a look has found. The first look makes a suspicion, another one some minutes later
 * makes it a difference; what was repaired and is still there is one again.
 */
export const keepFound = (em: EntityManager, found: Found, now: Instant, apartMs = APART_MS): Promise<unknown> =>
  run(
    em,
    sql`insert into differences as d (id, account_id, purchase_id, stripe_account, kind, object_id, severity, here, there, cause, state, created_at, looked_at)
      values (${uuid()}, ${found.accountId}, ${found.purchaseId}, ${found.stripeAccount === undefined ? null : nameOf(found.stripeAccount)}, ${found.kind}, ${found.objectId}, ${DIFFERENCES[found.kind].severity},
        ${json(found.here)}, ${json(found.there)}, ${found.cause ?? null}, 'suspected', ${now}, ${now})
      on conflict (account_id, kind, object_id) where ended_at is null do update set here = excluded.here, there = excluded.there,
        looked_at = excluded.looked_at, purchase_id = coalesce(d.purchase_id, excluded.purchase_id),
        cause = coalesce(excluded.cause, d.cause),
        state = case when d.state = 'dismissed' then d.state
          when d.state = 'suspected' and d.created_at > ${fromMs(toMs(now) - apartMs)} then d.state else 'open' end`,
  );

/** A look has not found it (any more): a suspicion is dropped, a difference has been mended. */
export async function endDifference(em: EntityManager, id: string, now: Instant): Promise<void> {
  await run(em, sql`delete from differences where id = ${id} and state = 'suspected'`);
  await run(em, sql`update differences set state = 'mended', ended_at = ${now} where id = ${id} and ended_at is null`);
}

/** What stands of a purchase, of these kinds. */
export const standingOf = (
  em: EntityManager,
  purchaseId: string,
  kinds: readonly DifferenceKind[],
): Promise<DifferenceRow[]> =>
  em.find(DifferenceRow, { purchaseId, kind: { $in: [...kinds] }, endedAt: null }, { disableIdentityMap: true });

/** What stands is looked at again so much later, since it may be gone without anybody's doing. */
const AGAIN_MS = 20 * 60 * 60 * 1000;

/**
 * What is to be looked at again: suspicions and what somebody has had repaired soon, the rest once
 * a day.
 */
export async function toLookAt(
  em: EntityManager,
  { now, apartMs = APART_MS, limit }: { now: Instant; apartMs?: number; limit: number },
): Promise<DifferenceRow[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select id from differences where ended_at is null
      and looked_at <= ${now}::timestamptz - case state when 'suspected' then ${apartMs}::float8
        when 'repairing' then least(${apartMs}::float8, 5000) else ${AGAIN_MS}::float8 end * interval '1 millisecond'
      order by looked_at limit ${limit}`,
  );
  return em.find(DifferenceRow, { id: { $in: rows.map(({ id }) => id) } }, { disableIdentityMap: true });
}

/** Its purchase was busy: later. */
export const lookLater = (em: EntityManager, id: string, now: Instant): Promise<unknown> =>
  run(em, sql`update differences set looked_at = ${now} where id = ${id} and ended_at is null`);

export type DifferenceFilter = {
  state?: DifferenceState | undefined;
  kind?: DifferenceKind | undefined;
  severity?: Severity | undefined;
  purchaseId?: string | undefined;
};

/** What is only suspected is not listed, unless it is asked for. */
const whereOf = ({ state, ...others }: DifferenceFilter) => ({
  where: {
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
    state: state ?? { $ne: 'suspected' },
  },
});

export const listDifferences = (em: Scoped, filter: DifferenceFilter, page: PageQuery): Promise<Page<DifferenceRow>> =>
  findPage(em, DifferenceRow, { order: NEWEST, ...whereOf(filter) }, page);

export const countDifferences = (em: Scoped, filter: DifferenceFilter): Promise<Count> =>
  countRows(em, DifferenceRow, whereOf(filter));

export const findDifference = (em: Scoped, id: string): Promise<DifferenceRow | null> =>
  em.findOne(DifferenceRow, { id }, { disableIdentityMap: true });

type Decided = { state: 'repairing' | 'dismissed' | 'open'; actor: Actor | null; note: string | null; at: Instant };

/** Somebody has had it repaired, or says that it may stay. */
export const decideDifference = (em: Scoped, id: string, { state, actor, note, at }: Decided): Promise<unknown> =>
  run(
    em,
    sql`update differences set state = ${state}, actor = ${json(actor)}, note = ${note}, looked_at = ${at} where id = ${id}`,
  );

import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { refusesBuyer, type PersonalRefusal, type PromotionCodeTerms } from '../../workflows/domain/promotion-code.ts';
import type { Promotion } from '../../workflows/domain/discount.ts';
import type { Scoped } from '../account-scope.ts';
import { PromotionCode } from '../entities/promotion-code.ts';
import { Purchase } from '../entities/purchase.ts';
import { findPage, NEWEST, type Condition, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

export const termsOfCode = ({ discount, ...limits }: PromotionCode): PromotionCodeTerms => ({ ...discount, ...limits });

export const promotionOf = ({ id, code, discount }: PromotionCode): Promotion => ({
  ...discount,
  promotionCodeId: id,
  code,
});

/**
 * A purchase that began with the code is a use of it, whatever has become of it since, and so is
 * one that took it in place of a cancellation.
 */
const USES = `select (select count(*) from checkouts c join purchases p on p.id = c.purchase_id
  where c.promotion_code_id = r.id and p.started_at is not null)
  + (select count(*) from retention_offers t where t.promotion_code_id = r.id and t.is_taken)`;

const isActive = (now: Instant): Condition => ({
  sql: `r.ended_at is null and (r.ends_at is null or r.ends_at > ?) and (r.max_uses is null or r.max_uses > (${USES}))`,
  params: [now],
});

/** `active`: only those that hold, or only those that do not. */
export function listPromotionCodes(
  em: Scoped,
  { active, now }: { active: boolean | undefined; now: Instant },
  page: PageQuery,
): Promise<Page<PromotionCode>> {
  const holds = isActive(now);
  const conditions = active === undefined ? [] : [active ? holds : { ...holds, sql: `not (${holds.sql})` }];
  return findPage(em, PromotionCode, { order: NEWEST, where: {}, conditions }, page);
}

/** How many purchases began with each, or took it later. */
export async function usesOf(em: EntityManager, ids: string[]): Promise<Map<string, number>> {
  const rows = await query<{ id: string; uses: string }>(
    em,
    sql`select id, count(*) as uses from (
       select c.promotion_code_id as id from checkouts c join purchases p on p.id = c.purchase_id
       where c.promotion_code_id = any(${ids}) and p.started_at is not null
       union all
       select t.promotion_code_id from retention_offers t where t.promotion_code_id = any(${ids}) and t.is_taken) used
     group by id`,
  );
  return new Map(rows.map(({ id, uses }) => [id, Number(uses)]));
}

/**
 * The code of a text, in whichever case it is written: the one that was not ended, else the last
 * that was.
 */
export async function findCode(em: Scoped, accountId: string, text: string): Promise<PromotionCode | null> {
  const [row] = await query<{ id: string }>(
    em,
    sql`select id from promotion_codes where account_id = ${accountId} and lower(code) = lower(${text})
     order by ended_at is null desc, created_at desc limit 1`,
  );
  return row ? em.findOne(PromotionCode, { id: row.id }) : null;
}

/** Why a holder may not use it; judged under the holder's lock. */
export async function refusesHolder(
  tx: EntityManager,
  code: PromotionCode,
  holderId: string,
): Promise<PersonalRefusal | null> {
  const hasBought = (await tx.count(Purchase, { holderId, origin: 'bought', startedAt: { $ne: null } })) > 0;
  const used = await query<unknown>(
    tx,
    sql`select 1 from checkouts c join purchases p on p.id = c.purchase_id
     where c.promotion_code_id = ${code.id} and c.holder_id = ${holderId} and p.started_at is not null
     union all
     select 1 from retention_offers t join purchases p on p.id = t.purchase_id
     where t.promotion_code_id = ${code.id} and t.is_taken and p.holder_id = ${holderId} limit 1`,
  );
  return refusesBuyer(termsOfCode(code), { hasUsed: used.length > 0, hasBought });
}

/** Ends it for good, as of `at`; its purchases keep their discounts. */
export async function endCode(em: EntityManager, code: PromotionCode, at: Instant): Promise<void> {
  code.endedAt ??= at;
  await em.nativeUpdate(PromotionCode, { id: code.id, endedAt: null }, { endedAt: at });
}

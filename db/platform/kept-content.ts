import { tell } from './audit-log.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  excessOf,
  keptState,
  type ContentName,
  type Excess,
  type KeptState,
} from '../../workflows/domain/kept-content.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { KeptContent } from '../entities/kept-content.ts';
import { query, sql } from '../sql.ts';
import { entitledNow, givingsOf, type Instead } from './entitlements.ts';
import { followEntitlements } from './follow-entitlements.ts';
import { quotaUses } from './quota-uses.ts';

export type ContentOver = { excess: Excess[]; state: KeptState; kept: KeptContent | null };

/**
 * Whether an account's content would have room if a purchase gave what `instead` says: before a
 * plan becomes a smaller one, or an add-on is removed [R18.2, R20.3]. A plan that ends keeps all.
 */
export async function contentOver(em: EntityManager, accountId: string, instead: Instead | null): Promise<ContentOver> {
  const { plan, quotas } = entitledNow(await givingsOf(em, accountId), instead);
  const excess = plan === 'live' ? excessOf(quotas, await quotaUses(em, accountId)) : [];
  const kept = await em.findOne(KeptContent, { accountId }, { refresh: true, filters: { account: false } });
  return { excess, state: keptState(excess, kept), kept };
}

type Listed = { accountId: string; items: ContentName[]; by: Actor; at: Instant };

/** Another list takes the place of the one before, and has to be confirmed itself. */
export async function listKept(em: EntityManager, { accountId, items, by, at }: Listed): Promise<KeptContent> {
  const list = { accountId, items, listedAt: at, listedBy: by, confirmedAt: null, confirmedBy: null, usedAt: null };
  await em.upsert(KeptContent, list);
  return em.findOneOrFail(KeptContent, { accountId }, { refresh: true });
}

/** Confirms the list as it is. What has no room already is archived at once. */
export async function confirmKept(tx: EntityManager, kept: KeptContent, by: Actor, at: Instant): Promise<void> {
  await tx.nativeUpdate(KeptContent, { accountId: kept.accountId }, { confirmedAt: at, confirmedBy: by });
  await followEntitlements(tx, kept.accountId, at);
  const { accountId } = kept;
  await tell(tx, { kind: 'account.kept_content_confirmed', accountId, subjectId: accountId, actor: by });
}

/** Of some content what the account does not have, or has archived. */
export async function missingContent(
  em: EntityManager,
  accountId: string,
  items: readonly ContentName[],
): Promise<ContentName[]> {
  const rows = await query<ContentName>(
    em,
    sql`select kind, key as id from content where account_id = ${accountId} and archived_at is null
        and key = any(${items.map(({ id }) => id)})
      union all select 'product', id::text from products where account_id = ${accountId} and archived_at is null
        and id::text = any(${items.map(({ id }) => id)})`,
  );
  return items.filter((item) => !rows.some(({ kind, id }) => kind === item.kind && id === item.id));
}

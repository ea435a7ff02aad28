import type { EntityManager } from '@mikro-orm/postgresql';
import { earliest, type Instant } from '../../workflows/domain/instant.ts';
import { entitledBy, givesQuotas, type Entitled, type Entitlement } from '../../workflows/domain/quotas.ts';
import { nowOf } from '../clock/account-clock.ts';
import { toInstantOrNull } from '../instants.ts';
import { query, sql } from '../sql.ts';

/** What an account may use and make, by all that was bought or granted for it [R18.4]. */
export type Entitlements = Entitled & {
  /** The earliest known end of what gives it; null = none is known. */
  until: Instant | null;
  /** `none`: it never had one, and nothing is limited. `ended`: it keeps what it has [R18.2]. */
  plan: 'none' | 'live' | 'ended';
};

/** A purchase that gives another entitlement than it does, or none: for what is not done yet. */
export type Instead = { purchaseId: string; entitlement: Entitlement | null };

/** A purchase for the account that gives it something. */
export type Giving = { purchaseId: string; entitlement: Entitlement; isOpen: boolean; until: Instant | null };

/** What an account is entitled to now, by one indexed look-up [R18.4]. */
export const entitlementsOf = async (em: EntityManager, accountId: string): Promise<Entitlements> =>
  entitledNow(await givingsOf(em, accountId));

type Row = {
  id: string;
  entitlement: Entitlement;
  access_status: string;
  access_until: string | null;
  clock_at: string | null;
  clock_target: string | null;
};

/** All that ever gave it something; what is open is so by the seller's clock [R27.9]. */
export async function givingsOf(em: EntityManager, accountId: string): Promise<Giving[]> {
  const rows = await query<Row>(
    em,
    sql`select p.id, p.entitlement, p.access_status, p.access_until, s.clock_at, s.clock_target
      from purchases p join accounts s on s.id = p.account_id
      where p.holder_id = ${accountId} and p.for_account_id is not null and p.entitlement is not null
        and p.started_at is not null`,
  );
  return rows.map(({ id, entitlement, access_status, access_until, clock_at, clock_target }) => {
    const until = toInstantOrNull(access_until);
    const now = nowOf({ clockAt: toInstantOrNull(clock_at), clockTarget: toInstantOrNull(clock_target) });
    const isOpen = access_status === 'full' && (until === null || until > now);
    return { purchaseId: id, entitlement, isOpen, until };
  });
}

/** `instead`: as if that were so already. */
export function entitledNow(givings: readonly Giving[], instead: Instead | null = null): Entitlements {
  const open = givings.filter(({ isOpen }) => isOpen).flatMap((giving) => withInstead(giving, instead));
  const hasPlan = open.some(isPlan);
  return {
    ...entitledBy(open.map(({ entitlement }) => entitlement)),
    until: earliest(...open.map(({ until }) => until)),
    plan: hasPlan ? 'live' : givings.some(isPlan) ? 'ended' : 'none',
  };
}

function withInstead(giving: Giving, instead: Instead | null): Giving[] {
  if (giving.purchaseId !== instead?.purchaseId) return [giving];
  return instead.entitlement ? [{ ...giving, entitlement: instead.entitlement }] : [];
}

const isPlan = ({ entitlement }: Giving): boolean => givesQuotas(entitlement);

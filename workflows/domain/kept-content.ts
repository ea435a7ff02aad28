import { quotaOf, type Quotas } from './quotas.ts';

/** One thing that an account has: a product by its id, other content as the site names it. */
export type ContentName = { kind: string; id: string };

/** More is used than a quota allows. */
export type Excess = { quota: string; limit: number; used: number };

/** How many of each are used; what is not named, none of. */
export type Uses = Record<string, number>;

/** Nobody's admins or contacts are archived: beyond these quotas there are just no more of them. */
const NOT_ARCHIVED = ['admins', 'contacts', 'activeCustomers'];

/** What has to be archived before the quotas hold, by the name of the quota [R20.3]. */
export const excessOf = (quotas: Quotas, uses: Uses): Excess[] =>
  Object.entries(quotas)
    .map(([quota, limit]) => ({ quota, limit, used: uses[quota] ?? 0 }))
    .filter(({ quota, used, limit }) => used > limit && !NOT_ARCHIVED.includes(quota))
    .sort((a, b) => (a.quota < b.quota ? -1 : 1));

/** Where the content stands that is more than the quotas: a plan may shrink if it is settled. */
export type KeptState = 'fits' | 'unlisted' | 'too_much' | 'unconfirmed' | 'confirmed';

type List = { items: readonly ContentName[]; confirmedAt: string | null; usedAt: string | null };

/**
 * `fits`: nothing is too much. `too_much`: the list keeps more than there will be room for. A list
 * counts once.
 */
export function keptState(excess: readonly Excess[], list: List | null): KeptState {
  if (excess.length === 0) return 'fits';
  if (!list || list.usedAt !== null) return 'unlisted';
  const isTooLong = ({ quota, limit }: Excess) => namedOf(quota, list.items).length > limit;
  if (excess.some(isTooLong)) return 'too_much';
  return list.confirmedAt === null ? 'unconfirmed' : 'confirmed';
}

/** What is listed of a quota's kind. */
export const namedOf = (quota: string, items: readonly ContentName[]): string[] =>
  items.filter(({ kind }) => quotaOf(kind) === quota).map(({ id }) => id);

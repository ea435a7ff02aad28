/** What is never refused for a quota, and told of instead [R17.3, R18.2]. */
export const SOFT_QUOTAS = ['contacts', 'activeCustomers'] as const;
export type SoftQuota = (typeof SOFT_QUOTAS)[number];

export const LIMIT_LEVELS = ['near', 'over'] as const;
export type LimitLevel = (typeof LIMIT_LEVELS)[number];

/** The levels that a use has reached: `near` from 80 % on, `over` above 100 %. */
export function levelsOf(used: number, limit: number): LimitLevel[] {
  if (used === 0 || used * 5 < limit * 4) return [];
  return used > limit ? ['near', 'over'] : ['near'];
}

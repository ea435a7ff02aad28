/** How many of each an account may have, by the name of the quota; one not named is no limit. */
export type Quotas = Record<string, number>;

/** The quotas that are known by themselves; all others are of kinds of content [R18.2]. */
export const QUOTA_NAMES = ['products', 'pipelines', 'websites', 'admins', 'contacts', 'activeCustomers'] as const;

/** The quota that counts a kind of content: `pipeline` is counted by `pipelines`. */
export const quotaOf = (kind: string): string => `${kind}s`;

/** The kind of content that a quota counts. */
export const kindOf = (quota: string): string => quota.replace(/s$/, '');

/** What one purchase gives to the account that it is for [R18.4]. */
export type Entitlement = {
  quotas: Quotas;
  features: string[];
  /** Multiplies the quotas that other purchases give. */
  quotaFactor: number;
};

/** What an account has of all its purchases. */
export type Entitled = Pick<Entitlement, 'quotas' | 'features'>;

type Terms = { quotas?: Quotas; features?: string[]; quotaFactor?: number | null };

/** Of an offer's terms what is for an account; null = nothing is. */
export function entitlementOf({ quotas = {}, features = [], quotaFactor }: Terms): Entitlement | null {
  if (Object.keys(quotas).length === 0 && features.length === 0 && !quotaFactor) return null;
  return { quotas, features, quotaFactor: quotaFactor ?? 1 };
}

/** Whether it limits anything by itself, as a plan does. */
export const givesQuotas = (entitlement: Entitlement | null): boolean =>
  Object.keys(entitlement?.quotas ?? {}).length > 0;

/** An add-on multiplies what a plan gives [R19.2]. */
export const isAddOn = ({ quotaFactor }: Pick<Terms, 'quotaFactor'>): boolean => quotaFactor != null;

/**
 * What several purchases give together: quotas of one name are added, each times the factors of the
 * others; features are their union, in the order of the alphabet [R18.4].
 */
export function entitledBy(given: readonly Entitlement[]): Entitled {
  const quotas: Quotas = {};
  for (const one of given) {
    const factor = given.reduce((product, other) => (other === one ? product : product * other.quotaFactor), 1);
    for (const [name, limit] of Object.entries(one.quotas)) quotas[name] = (quotas[name] ?? 0) + limit * factor;
  }
  return { quotas, features: [...new Set(given.flatMap(({ features }) => features))].sort() };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM, type Actor } from '../workflows/domain/verb.ts';

/**
 * On whose behalf a unit of work writes: who asked, in which account they act, and from where.
 * null: nobody is known, as before a login; no account, as on public routes.
 */
export type Asker = { actor: Actor | null; accountId: string | null; ip: string | null; requestId: string | null };

/**
 * Binds a unit of work to who asked, for good, as `scopeTo` binds it to an account: whatever is
 * written in its transactions and forks is then told of them.
 */
export function bindAsker(em: EntityManager, asker: Asker): void {
  em.setFilterParams('asker', asker);
}

/** null: nobody asked; it is the service's own work, which no audit log tells. */
export const askerOf = (em: EntityManager): Asker | null => em.getFilterParams('asker') ?? null;

/** What whoever keeps the service running does by hand. */
export const BY_HAND: Asker = { actor: SYSTEM, accountId: null, ip: null, requestId: null };

import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM, type Actor } from '../workflows/domain/verb.ts';

/**
 * On whose behalf a unit of work writes: who asked, in which account they act, and from where.
 * null: nobody is known, as before a login; no account, as on public routes.
 */
export type Trace = { actor: Actor | null; accountId: string | null; ip: string | null; requestId: string | null };

/**
 * Binds a unit of work to who asked, for good, as `scopeTo` binds it to an account: whatever is
 * written in its transactions and forks is then told of them.
 */
export function bindTrace(em: EntityManager, trace: Trace): void {
  em.setFilterParams('trace', trace);
}

/** null: nobody asked; it is the service's own work, which no audit log tells. */
export const traceOf = (em: EntityManager): Trace | null => (em.getFilterParams('trace')) ?? null;

/** What whoever keeps the service running does by hand. */
export const BY_HAND: Trace = { actor: SYSTEM, accountId: null, ip: null, requestId: null };

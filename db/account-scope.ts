import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { Account } from './entities/account.ts';
import { entities } from './entities/index.ts';
import { InboxRow } from './entities/inbox-row.ts';

declare const scope: unique symbol;

/**
 * A unit of work inside one account: what it finds, counts, changes or deletes by entities belongs
 * to that account, whatever it is asked for, and so it is in its transactions and forks. SQL of our
 * own asks `accountIdOf`.
 */
export type Scoped = EntityManager & { readonly [scope]: true };

/**
 * A unit of work that sees every account: before it is known whose something is, and for the
 * platform's own routes.
 */
export type Unscoped = EntityManager;

type Owned = EntityName<{ accountId: string }>;

/**
 * Binds a unit of work to an account, for good. Rows of the inbox are not filtered, since some are
 * nobody's and wait for an operator: whoever asks for them says whose.
 */
export function scopeTo(em: EntityManager, accountId: string): Scoped {
  em.addFilter<Owned[]>({ name: 'account', cond: { accountId }, entity: owned(em) });
  em.addFilter<typeof Account>({ name: 'own-account', cond: { id: accountId }, entity: Account });
  em.setFilterParams('account', { accountId });
  return em as Scoped;
}

/** The account that a unit of work is inside of. */
export const accountIdOf = (em: Scoped): string => em.getFilterParams<{ accountId: string }>('account').accountId;

const owned = (em: EntityManager): Owned[] =>
  (entities as readonly EntityName[]).filter(
    (one): one is Owned => one !== InboxRow && 'accountId' in em.getMetadata(one).properties,
  );

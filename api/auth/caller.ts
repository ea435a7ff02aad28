import type { Actor, Role } from '../../workflows/domain/verb.ts';

/**
 * The caller, recorded by id with every verb [R2.3]. `accountId` is whose they are: the platform's
 * account for its people, null for an operator of before it.
 */
export type Caller = {
  actor: Actor;
  role: Role;
  accountId: string | null;
  /** A second factor is required of them, and they have none: they may do nothing else yet. */
  mustEnrol?: boolean;
};

/** The account that a caller acts on: their own, or the one that an operator names [R2.2]. */
export const actsOn = ({ role, accountId }: Caller, named: string | undefined): string | undefined =>
  (role === 'operator' ? (named ?? accountId) : accountId) ?? undefined;

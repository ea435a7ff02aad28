import type { Account } from '../../db/entities/account.ts';
import { invalid } from '../http/problem.ts';
import { ROLES, type Role } from '../../workflows/domain/verb.ts';

/** Operators may do whatever an owner may [R2.2]. */
const OPERATOR: Role = 'operator';

export const EVERYBODY: readonly Role[] = ROLES;
export const OWNERS: readonly Role[] = ['owner', OPERATOR];
export const BILLING: readonly Role[] = ['owner', 'administrator', OPERATOR];
/** People: grant, revoke, restore, login help [R2.1]. */
export const PEOPLE: readonly Role[] = [...BILLING, 'support'];
export const CONTENT: readonly Role[] = [...BILLING, 'assistant'];
/** Money figures of purchases and payments are not for assistants [R2.1]. */
export const MONEY_READERS: readonly Role[] = [...BILLING, 'support'];

/**
 * Operators act on every account, so no account but the platform's makes them [R2.5].
 * @throws Problem 422
 */
export function checkRole(role: Role, { isPlatform }: Account): void {
  if (role === 'operator' && !isPlatform) throw invalid('role', 'is one that the account of the platform alone gives');
}

import { ownerEmailOf } from '../../db/platform/owner-of.ts';
import { invalid, Problem } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';

/** An account that something is to be sold or granted to, and its owner, who holds it there. */
export type ForAccount = { forAccountId: string; ownerEmail: string };

/**
 * The account that a caller names; null = none. Only operators name one, and only the platform
 * sells to accounts [R2.2]. @throws Problem 403, 422
 */
export async function accountNamed(
  { em, caller, account }: Pick<AccountCall<unknown, unknown, unknown>, 'em' | 'caller' | 'account'>,
  forAccountId: string | undefined,
): Promise<ForAccount | null> {
  if (forAccountId === undefined) return null;
  if (caller.role !== 'operator')
    throw new Problem(403, 'forbidden', { detail: `The role ${caller.role} may not name an account.` });
  if (!account.isPlatform) throw invalid('forAccountId', 'is for offers of the platform alone');
  const ownerEmail = await ownerEmailOf(em, forAccountId);
  if (ownerEmail === null) throw invalid('forAccountId', 'must be the id of an account');
  return { forAccountId, ownerEmail };
}

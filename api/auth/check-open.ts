import type { Account } from '../../db/entities/account.ts';
import { Problem } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import type { Caller } from './caller.ts';

type Shut = Pick<Account, 'suspendedAt' | 'closedAt'>;

/** Whoever runs an account that is suspended or closed is out [R27.9]. @throws Problem 403 */
export function checkNotShut({ suspendedAt, closedAt }: Shut): void {
  if (closedAt) throw new Problem(403, 'account_closed', { detail: 'This account is closed.' });
  if (suspendedAt) throw new Problem(403, 'account_suspended', { detail: 'This account is suspended.' });
}

/**
 * The same for a request; but keys still read, so that the account's product knows who has access.
 * @throws Problem 403
 */
export function checkOpen(account: Shut, { actor }: Caller, { method, isReading }: Route): void {
  const reads = actor.kind === 'api_key' && (method === 'get' || isReading === true);
  if (actor.kind !== 'operator' && !reads) checkNotShut(account);
}

/** It sells nothing then. @throws Problem 409 */
export function checkSells({ suspendedAt, closedAt }: Shut): void {
  if (suspendedAt ?? closedAt)
    throw new Problem(409, closedAt ? 'account_closed' : 'account_suspended', {
      detail: 'This site sells nothing now.',
    });
}

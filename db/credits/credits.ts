import { stateAt, type CreditState } from '../../workflows/domain/credits/balance.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Scoped } from '../account-scope.ts';
import { Credit } from '../entities/credit.ts';
import { given } from '../given.ts';
import { findPage, whereBound, type Condition, type Page, type PageQuery } from '../page.ts';

/** Those that are over first come first. */
export const BY_EXPIRY = { by: 'expiresAt', direction: 'asc' } as const;

export type CreditFilter = {
  purchaseId?: string | undefined;
  contactId?: string | undefined;
  state?: CreditState | undefined;
  expiresFrom?: Instant | undefined;
  expiresBefore?: Instant | undefined;
};

/** The credits of an account as of `now`, each with its state then. */
export async function listCredits(
  em: Scoped,
  filter: CreditFilter,
  now: Instant,
  page: PageQuery,
): Promise<Page<Credit>> {
  const { state, expiresFrom, expiresBefore, ...equal } = filter;
  const bounds = [
    ...whereBound(['r.expires_at >= ?', expiresFrom]),
    ...whereBound(['r.expires_at < ?', expiresBefore]),
  ];
  const conditions = [...bounds, ...(state === undefined ? [] : [inState(state, now)])];
  const { rows, next } = await findPage(em, Credit, { where: given(equal), conditions, order: BY_EXPIRY }, page);
  return { rows: rows.map((row) => ({ ...row, state: stateAt(row, now) })), next };
}

function inState(state: CreditState, now: Instant): Condition {
  if (state === 'available') return { sql: `r.state = 'available' and r.expires_at > ?`, params: [now] };
  if (state === 'expired')
    return { sql: `(r.state = 'expired' or (r.state = 'available' and r.expires_at <= ?))`, params: [now] };
  return { sql: 'r.state = ?', params: [state] };
}

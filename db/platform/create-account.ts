import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { type Instant, toWholeSecond } from '../../workflows/domain/instant.ts';
import { DEFAULT_SETTINGS } from '../../workflows/domain/settings.ts';
import { Account } from '../entities/account.ts';
import { Admin } from '../entities/admin.ts';
import { SiteSlug } from '../entities/site-slug.ts';
import { firstSlug } from './site-slugs.ts';

export type NewAccount = {
  id?: string;
  name: string;
  mode: Account['mode'];
  isPlatform?: boolean;
  timeZone: string;
  supportEmail: string;
  ownerEmail: string;
  passwordHash: string | null;
  /** Who has not confirmed the address yet does so by the invitation [R15.1]. */
  isInvited?: boolean;
  /** Real time; where a test account's clock begins, in whole seconds, as Stripe's clocks are. */
  now: Instant;
};

const AS_IT_BEGINS = { clockStep: null, clockTarget: null, suspendedAt: null, closedAt: null };

/** An account with its owner; test or live for ever [R23.3]. */
export async function createAccount(
  tx: EntityManager,
  given: NewAccount,
): Promise<{ accountId: string; ownerId: string }> {
  const { name, mode, timeZone, supportEmail, now, isPlatform = false } = given;
  const accountId = given.id ?? uuid();
  const startsAt = toWholeSecond(now);
  const slug = await firstSlug(tx, { id: accountId, name, isPlatform });
  await tx.insert(Account, {
    id: accountId,
    name,
    slug,
    mode,
    isPlatform,
    timeZone,
    supportEmail,
    settings: DEFAULT_SETTINGS,
    site: {},
    stripeAccount: null,
    clockAt: mode === 'test' ? startsAt : null,
    ...AS_IT_BEGINS,
    createdAt: startsAt,
  });
  await tx.insert(SiteSlug, { slug, accountId, createdAt: startsAt });
  const ownerId = uuid();
  await tx.insert(Admin, {
    id: ownerId,
    accountId,
    email: given.ownerEmail,
    role: 'owner',
    passwordHash: given.passwordHash,
    confirmedAt: given.isInvited ? null : now,
    invitedBy: null,
    removedAt: null,
    createdAt: now,
  });
  return { accountId, ownerId };
}

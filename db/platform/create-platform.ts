import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../entities/account.ts';
import { createAccount, type NewAccount } from './create-account.ts';
import { platformAccount } from './platform-account.ts';
import { makePlatformOffers } from './platform-offers.ts';

/** `ownerId` null = it was there before. */
export type CreatedPlatform = { accountId: string; ownerId: string | null };

/**
 * The platform's own account with its offers, made once: asked again, the one that is there stays
 * as it is [R18].
 */
export async function createPlatform(
  tx: EntityManager,
  given: Omit<NewAccount, 'id' | 'isPlatform'>,
): Promise<CreatedPlatform> {
  const known = await platformAccount(tx);
  if (known) return { accountId: known.id, ownerId: null };
  const made = await createAccount(tx, { ...given, isPlatform: true });
  const { createdAt: now } = await tx.findOneOrFail(Account, { id: made.accountId });
  await makePlatformOffers(tx, { accountId: made.accountId, now });
  return made;
}

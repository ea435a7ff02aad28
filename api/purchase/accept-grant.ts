import type { Scoped } from '../../db/account-scope.ts';
import { acceptCommand } from '../../db/inbox/accept-command.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import type { Offer } from '../../db/entities/offer.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { findObstacle, insertIncomplete } from '../../db/purchase/grant-offer.ts';
import { holderIdOf, type Holder } from '../../db/purchase/holder.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Obstacle } from '../../workflows/domain/obstacle.ts';
import type { Actor } from '../../workflows/domain/verb.ts';

type Granted = {
  purchaseId: string;
  commandId: string;
  offer: Offer;
  /** Locked. */
  holder: Holder;
  skipConfirmation: boolean;
  skipWelcome: boolean;
  reason: string | null;
  actor: Actor;
  now: Instant;
};

/**
 * Takes in one grant, and returns what is in the way instead, if anything is. One at a time per
 * holder: who is new is decided under its lock.
 */
export async function acceptGrant(
  tx: Scoped,
  { purchaseId, commandId, offer, holder, now, actor, reason, ...skips }: Granted,
): Promise<(Obstacle & { purchase: Purchase | null }) | null> {
  const { contact } = holder;
  const wanted = { terms: termsOf(offer), origin: 'granted', now } as const;
  const obstacle = await findObstacle(tx, { ...wanted, holderId: holderIdOf(holder) });
  if (obstacle) return obstacle;
  await insertIncomplete(tx, { purchaseId, ...holder, ...wanted });
  await acceptCommand(tx, {
    purchaseId,
    commandId,
    accountId: contact.accountId,
    name: 'grant',
    input: { isNewCustomer: contact.customerSince === null, ...skips },
    actor,
    askedAt: now,
    planHash: null,
    expectedVersion: null,
    reason,
    feedback: null,
  });
  contact.customerSince ??= now;
  await tx.flush();
  return null;
}

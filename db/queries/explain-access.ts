import type { EntityManager } from '@mikro-orm/postgresql';
import { productAccess, type Block } from '../../workflows/domain/access.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Purchase } from '../entities/purchase.ts';
import { actorEmails, type ActorEmails } from './actor-emails.ts';

/** One purchase's word on a product. */
export type Way = { purchaseId: string; open: boolean; until: Instant | null; blocks: Block[] };

/** Every purchase of a contact that is about a product: the one that gives access longest first, then the newest [R5.4, R5.6]. */
export async function explainAccess(
  em: EntityManager,
  contactId: string,
  productId: string,
  now: Instant,
): Promise<{ ways: Way[]; emails: ActorEmails }> {
  const purchases = await em.find(
    Purchase,
    { contactId, bornAt: { $ne: null } },
    { orderBy: { bornAt: 'desc', id: 'desc' } },
  );
  const ways = purchases.flatMap(({ id, snapshot }) =>
    productAccess(snapshot, now)
      .filter((access) => access.productId === productId)
      .map(({ open, until, blocks }) => ({ purchaseId: id, open, until, blocks })),
  );
  const actors = ways.flatMap(({ blocks }) => blocks.flatMap(({ by }) => by ?? []));
  return { ways: ways.sort(byWorth), emails: await actorEmails(em, actors) };
}

/** Open before closed; among open ones, the later end first. */
function byWorth(a: Way, b: Way): number {
  if (a.open !== b.open) return a.open ? -1 : 1;
  const [one, other] = [a.until ?? NEVER, b.until ?? NEVER];
  return one === other ? 0 : one > other ? -1 : 1;
}

const NEVER = '9999';

import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../../db/entities/account.ts';
import { Preview } from '../../db/entities/preview.ts';
import type { Asker } from '../../db/asker.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Customer } from './authenticate.ts';
import type { Caller } from './caller.ts';

type From = { ip: string; requestId: string };

/** Before it is known who asks. */
export const askerFrom = ({ ip, requestId }: From): Asker => ({
  actor: null,
  accountId: null,
  // An IPv4 address as sockets of both kinds write it.
  ip: ip === '' ? null : ip.replace(/^::ffff:(?=\d+\.)/i, ''),
  requestId,
});

type Who = { caller: Caller | null; account: Account | null; customer: Customer | null };

/** Who asks, in which account. Of who looks at a customer's pages it is they, not the customer. */
export async function askerOf(em: EntityManager, { caller, account, customer }: Who, from: From): Promise<Asker> {
  const actor = caller?.actor ?? (customer && (await actorOf(em, customer)));
  return { ...askerFrom(from), actor, accountId: account?.id ?? caller?.accountId ?? null };
}

async function actorOf(em: EntityManager, { contact, session }: Customer): Promise<Actor> {
  const preview = session.previewId === null ? null : await em.findOne(Preview, { id: session.previewId });
  return preview?.actor ?? { kind: 'customer', id: contact.id };
}

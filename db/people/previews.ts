import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Unscoped } from '../account-scope.ts';
import { Account } from '../entities/account.ts';
import { Contact } from '../entities/contact.ts';
import { Preview } from '../entities/preview.ts';
import { readToken, signToken } from '../signature.ts';
import { beginSession } from './sessions.ts';

/** So long somebody looks at a customer's pages at once [R16.1]. */
const PREVIEW_MS = 15 * 60 * 1000;

type Kept = Pick<Preview, 'id' | 'contactId' | 'endsAt'>;

/** Keeps that somebody looks, before anything is seen. `now`: the account's. */
export async function keepPreview(
  em: EntityManager,
  contact: Contact,
  { actor, now }: { actor: Actor; now: Instant },
): Promise<Kept> {
  const { id: contactId, accountId } = contact;
  const endsAt = fromMs(Date.now() + PREVIEW_MS);
  const row = { id: uuid(), accountId, contactId, actor, createdAt: now, endsAt };
  await em.insert(Preview, row);
  return row;
}

/** A session as the customer, which ends with the preview. */
export const sessionOfPreview = (em: EntityManager, { id: previewId, contactId, endsAt }: Kept) =>
  beginSession(em, { contactId }, { byLink: true, previewId, endsAt });

/** What opens the pages; nobody else can make it. */
export const previewToken = (previewId: string, secretKey: string): string =>
  signToken('preview', [previewId], secretKey);

/** What a token opens, and where; null if none of the keys has signed it, or it has ended. */
export async function readPreview(
  em: Unscoped,
  token: string,
  secretKeys: readonly string[],
): Promise<{ preview: Preview; account: Account } | null> {
  const [id] = readToken('preview', token, 1, secretKeys) ?? [];
  const preview = id === undefined ? null : await em.findOne(Preview, { id, endsAt: { $gt: fromMs(Date.now()) } });
  if (!preview || (await em.count(Contact, { id: preview.contactId, erasedAt: null })) === 0) return null;
  return { preview, account: await em.findOneOrFail(Account, { id: preview.accountId }) };
}

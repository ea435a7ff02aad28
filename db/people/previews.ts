import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Unscoped } from '../account-scope.ts';
import { Account } from '../entities/account.ts';
import { Contact } from '../entities/contact.ts';
import { Preview } from '../entities/preview.ts';
import { isSignedBy, signatureOf } from '../signature.ts';
import { beginSession } from './sessions.ts';

/** So long somebody looks at a customer's pages at once [R16.1]. */
const PREVIEW_MS = 15 * 60 * 1000;

/** Keeps that somebody looks, before anything is seen. `now`: the account's. */
export async function keepPreview(
  em: EntityManager,
  contact: Contact,
  { actor, now }: { actor: Actor; now: Instant },
): Promise<Preview> {
  const { id: contactId, accountId } = contact;
  const endsAt = fromMs(Date.now() + PREVIEW_MS);
  const row = { id: uuid(), accountId, contactId, actor, createdAt: now, endsAt };
  await em.insert(Preview, row);
  return em.findOneOrFail(Preview, { id: row.id });
}

/** A session as the customer, which ends with the preview. */
export const sessionOfPreview = (em: EntityManager, { id: previewId, contactId, endsAt }: Preview) =>
  beginSession(em, { contactId }, { byLink: true, previewId, endsAt });

const signed = (previewId: string): string => `preview:${previewId}`;

/** What opens the pages; nobody else can make it. */
export const previewToken = (previewId: string, secretKey: string): string =>
  `${previewId}.${signatureOf(signed(previewId), secretKey)}`;

/** What a token opens, and where; null if none of the keys has signed it, or it has ended. */
export async function readPreview(
  em: Unscoped,
  token: string,
  secretKeys: readonly string[],
): Promise<{ preview: Preview; account: Account } | null> {
  const [id = '', given = '', ...more] = token.split('.');
  if (more.length > 0 || !isSignedBy(secretKeys, signed(id), given)) return null;
  const preview = await em.findOne(Preview, { id, endsAt: { $gt: fromMs(Date.now()) } });
  if (!preview || (await em.count(Contact, { id: preview.contactId, erasedAt: null })) === 0) return null;
  return { preview, account: await em.findOneOrFail(Account, { id: preview.accountId }) };
}

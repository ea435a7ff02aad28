import { scopeTo } from '../db/account-scope.ts';
import { createPlatform } from '../db/platform/create-platform.ts';
import { queueInvitation } from '../db/people/login-links.ts';
import { fromMs } from '../workflows/domain/instant.ts';
import type { WorkerDeps } from './deps.ts';

/** `ownerEmail`: to whom the link goes by which the owner confirms the address. */
type Asked = { ownerEmail: string; timeZone: string; mode: 'live' | 'test' };

/** Makes the platform's own account, once, and mails its owner the way in. */
export async function platform(
  { orm, wakes }: Pick<WorkerDeps, 'orm' | 'wakes'>,
  { ownerEmail: given, ...account }: Asked,
): Promise<{ accountId: string; isNew: boolean }> {
  const now = fromMs(Date.now());
  const ownerEmail = given.trim().toLowerCase();
  const owner = { ownerEmail, supportEmail: ownerEmail, passwordHash: null, isInvited: true };
  const made = await orm.em.fork().transactional(async (tx) => {
    const { accountId, ownerId } = await createPlatform(tx, { ...account, ...owner, name: 'Perennial', now });
    const emailId = ownerId && (await queueInvitation(scopeTo(tx, accountId), ownerId, now));
    return { accountId, isNew: ownerId !== null, emailId };
  });
  if (made.emailId) await wakes.startMail(made.emailId);
  return { accountId: made.accountId, isNew: made.isNew };
}

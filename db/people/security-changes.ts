import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { fromMs } from '../../workflows/domain/instant.ts';
import type { SecurityChangeKind } from '../../workflows/domain/security-change.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Admin } from '../entities/admin.ts';
import { SecurityChange } from '../entities/security-change.ts';
import { given } from '../given.ts';
import { tell } from '../platform/audit-log.ts';
import { query, sql } from '../sql.ts';

type Changed = {
  admin: Pick<Admin, 'id' | 'accountId'>;
  kind: SecurityChangeKind;
  /** Whoever is not named did it to themselves. */
  actor?: Actor;
  reason?: string | null;
  passkeyName?: string | null;
};

/**
 * Records what has changed in how an admin logs in, here and in the audit log, and queues the email
 * that tells them; its id, or null for an operator of before the platform's account, who belongs to
 * no account that mails.
 */
export async function recordSecurityChange(em: EntityManager, changed: Changed): Promise<string | null> {
  const { admin, kind, reason = null, passkeyName = null } = changed;
  const actor = changed.actor ?? { kind: 'admin', id: admin.id };
  const [id, createdAt] = [uuid(), fromMs(Date.now())];
  const of = { id, accountId: admin.accountId, adminId: admin.id };
  await em.insert(SecurityChange, { ...of, kind, passkeyName, reason, actor, createdAt });
  await tell(em, {
    kind: `admin.${kind}`,
    accountId: admin.accountId,
    subjectId: admin.id,
    actor,
    after: given({ passkeyName: passkeyName ?? undefined, reason: reason ?? undefined }),
  });
  const [email] = await query<{ id: string }>(em, emailOf(id));
  return email?.id ?? null;
}

const emailOf = (changeId: string) => sql`
  insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, is_marketing, due_at)
  select gen_random_uuid(), a.id, 'admin-security-changed', c.id || ':0:0', 0, 'admin', c.admin_id,
    jsonb_build_object('change', c.kind, 'passkeyName', c.passkey_name, 'reason', c.reason,
      'by', (select by.email from admins by where by.id::text = c.actor ->> 'id' and by.id <> c.admin_id)),
    false, false, coalesce(a.clock_step, a.clock_at, c.created_at)
  from security_changes c join accounts a on a.id = c.account_id where c.id = ${changeId}
  on conflict do nothing returning id`;

/** What has changed of late in how an admin logs in, the newest first. */
export const securityChangesOf = (em: EntityManager, adminId: string): Promise<SecurityChange[]> =>
  em.find(SecurityChange, { adminId }, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 20 });

import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { Admin } from '../entities/admin.ts';
import { Contact } from '../entities/contact.ts';
import { Session } from '../entities/session.ts';
import { NO_ACCOUNT } from '../inbox/idempotency.ts';
import { tell } from '../platform/audit-log.ts';
import { askerOf } from '../asker.ts';
import { query, sql } from '../sql.ts';
import { loginTokenHash, type LoginOwner } from './login-tokens.ts';

const SESSION_MS = 12 * 60 * 60 * 1000;

/** What a session's token begins with, so that it is told from an API key. */
const PREFIX = 'pns_';

/** How a session began, and how long it lasts; `endsAt`: until then instead. */
type Begun = {
  byLink?: boolean;
  byPasskey?: boolean;
  operatorActionId?: string | null;
  previewId?: string | null;
  lastsMs?: number;
  endsAt?: Instant;
};

/** Logs somebody in, by real time; the token is told once, and only its hash is kept. */
export async function beginSession(
  em: EntityManager,
  owner: LoginOwner,
  {
    byLink = false,
    byPasskey = false,
    operatorActionId = null,
    previewId = null,
    lastsMs = SESSION_MS,
    endsAt,
  }: Begun = {},
): Promise<{ token: string; expiresAt: Instant }> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  const [createdAt, expiresAt] = [fromMs(Date.now()), endsAt ?? fromMs(Date.now() + lastsMs)];
  const nobody = { adminId: null, contactId: null };
  const kind = { byLink, byPasskey, operatorActionId, previewId };
  const row = { ...nobody, ...owner, ...kind, tokenHash: loginTokenHash(token), createdAt, expiresAt };
  await em.transactional(async (tx) => {
    await tx.insert(Session, row);
    // That somebody acts in an account, or looks at a customer's pages, is told as that.
    if (operatorActionId === null && previewId === null) await tellLogin(tx, owner, { byLink, byPasskey });
  });
  return { token, expiresAt };
}

async function tellLogin(tx: EntityManager, owner: LoginOwner, by: { byLink: boolean; byPasskey: boolean }) {
  const way = by.byLink ? 'link' : 'password';
  const after = { by: by.byPasskey ? 'passkey' : way };
  if ('contactId' in owner) {
    const { contactId: id } = owner;
    const { accountId } = await tx.findOneOrFail(Contact, { id });
    const actor = { kind: 'customer', id } as const;
    return tell(tx, { kind: 'contact.logged_in', accountId, subjectId: id, actor, after });
  }
  const { adminId: id } = owner;
  const { accountId } = await tx.findOneOrFail(Admin, { id });
  return tell(tx, { kind: 'admin.logged_in', accountId, subjectId: id, actor: { kind: 'admin', id }, after });
}

export const isSessionToken = (token: string): boolean => token.startsWith(PREFIX);

/** The session of a token; null if there is none, or it has ended. */
export const findSession = (em: EntityManager, token: string): Promise<Session | null> =>
  em.findOne(Session, { tokenHash: loginTokenHash(token), expiresAt: { $gt: fromMs(Date.now()) } });

/** Signs out; false where there was nothing to end. Whoever acted in an account has left it. */
export async function endSession(em: EntityManager, token: string): Promise<boolean> {
  const ended = await query(
    em,
    sql`with ended as (
         delete from sessions where token_hash = ${loginTokenHash(token)} returning operator_action_id as id, admin_id, contact_id, preview_id),
       left_ as (update operator_actions o set ends_at = least(o.ends_at, ${fromMs(Date.now())}) from ended where o.id = ended.id),
       told as (${tellingLogout(em)})
     select 1 from ended`,
  );
  return ended.length === 1;
}

/** Of whoever looked at a customer's pages it is told only that they did. */
const tellingLogout = (em: EntityManager) => sql`
  insert into audit_log (id, account_id, at, kind, actor, ip, request_id, subject_kind, subject_id)
  select ${uuid()}, coalesce(o.account_id, a.account_id, c.account_id, ${NO_ACCOUNT}), ${fromMs(Date.now())},
    case when o.id is not null then 'account.left' when a.id is not null then 'admin.logged_out' else 'contact.logged_out' end,
    jsonb_build_object('kind', case when o.id is not null then 'operator' when a.id is not null then 'admin' else 'customer' end,
      'id', coalesce(a.id, c.id)),
    ${askerOf(em)?.ip ?? null}, ${askerOf(em)?.requestId ?? null},
    case when o.id is not null then 'account' when a.id is not null then 'admin' else 'contact' end,
    coalesce(o.account_id, a.id, c.id)
  from ended left join operator_actions o on o.id = ended.id left join admins a on a.id = ended.admin_id
    left join contacts c on c.id = ended.contact_id
  where ended.preview_id is null and ${askerOf(em) !== null}`;

/** So many are shown of one person. */
const MOST_SHOWN = 50;

/**
 * The sessions of a contact that let them in, the newest first: those that began with a password
 * end when it is dropped [R14.1], and previews are somebody else's.
 */
export const listSessions = (em: EntityManager, { id, passwordHash }: Contact): Promise<Session[]> =>
  em.find(
    Session,
    {
      contactId: id,
      previewId: null,
      expiresAt: { $gt: fromMs(Date.now()) },
      ...(passwordHash === null && { $or: [{ byLink: true }, { byPasskey: true }] }),
    },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: MOST_SHOWN },
  );

/** The sessions of an admin that go on, the newest first. */
export const sessionsOf = (em: EntityManager, adminId: string): Promise<Session[]> =>
  em.find(Session, { adminId, expiresAt: { $gt: fromMs(Date.now()) } }, { orderBy: { createdAt: 'desc', id: 'desc' } });

/** Ends one session of somebody; false where there is none of this id. */
export const endSessionById = async (em: EntityManager, owner: LoginOwner, id: string): Promise<boolean> =>
  (await em.nativeDelete(Session, { ...owner, id })) > 0;

/** Ends those that began by what is bound to the address: a mailed link or a passkey [R14.1]. */
export async function endSessionsOfAddress(em: EntityManager, contactId: string): Promise<void> {
  await em.nativeDelete(Session, { contactId, previewId: null, $or: [{ byLink: true }, { byPasskey: true }] });
}

/** Ends every session of somebody, but for the one in which a new password was set [R14.1]. */
export async function endSessionsOf(em: EntityManager, owner: LoginOwner, except?: Session): Promise<void> {
  await em.nativeDelete(Session, { ...owner, ...(except && { tokenHash: { $ne: except.tokenHash } }) });
}

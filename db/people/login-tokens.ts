import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { DAY_MS, fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { query, run, sql } from '../sql.ts';

/**
 * How long a one-time link lasts: set a password 7 days, log in 15 minutes [R13.2], confirm an
 * admin's address 24 hours [R15.1], confirm a subscription 7 days [R3.6], choose another password 6
 * hours [R14.1].
 */
const LIFETIME_MS = {
  set_password: 7 * DAY_MS,
  login: 15 * 60 * 1000,
  reset_password: 6 * 60 * 60 * 1000,
  take_free: 7 * DAY_MS,
  confirm_admin: DAY_MS,
  confirm_opt_in: 7 * DAY_MS,
  reset_admin: DAY_MS / 4,
};

/** Whose a link or a session is. */
export type LoginOwner = { adminId: string } | { contactId: string };
export type LoginTokenKind = keyof typeof LIFETIME_MS;

/** The links that set a customer's password. */
export const PASSWORD_LINKS = ['set_password', 'reset_password'] as const satisfies LoginTokenKind[];

export type NewLoginToken = { token: string; expiresAt: Instant };

/** `emailId`: the email that it will be in. */
type NewLink = { accountId: string; kind: LoginTokenKind; now: Instant; emailId?: string | null };

/**
 * Makes a one-time link's token, to be told to whose it is and to nobody else: only its SHA-256 is
 * kept.
 */
export async function createLoginToken(
  em: EntityManager,
  { accountId, kind, now, emailId = null, ...owner }: NewLink & LoginOwner,
): Promise<NewLoginToken> {
  const token = randomBytes(32).toString('base64url');
  const { contactId, adminId }: { contactId?: string; adminId?: string } = owner;
  const expiresAt = endOfToken(kind, now);
  await run(
    em,
    sql`insert into login_tokens (token_hash, account_id, contact_id, admin_id, kind, email_id, created_at, expires_at)
     values (${loginTokenHash(token)}, ${accountId}, ${contactId ?? null}, ${adminId ?? null}, ${kind}, ${emailId}, ${now}, ${expiresAt})`,
  );
  return { token, expiresAt };
}

/** Until when a link works that is made at an instant. */
export const endOfToken = (kind: LoginTokenKind, now: Instant): Instant => fromMs(toMs(now) + LIFETIME_MS[kind]);

/** What is kept of a token, and what it is found by: its SHA-256 in hex. */
export const loginTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Uses up a token, a customer's by its account's clock, an admin's by real time. Returns whom it
 * was made for, or null if it is used, over or unknown. All other open tokens that open the same
 * go with it: whoever asked for three has three in the mailbox. Each link to a free offer opens
 * its own.
 */
export async function spendLoginToken(
  em: EntityManager,
  token: string,
  ...kinds: LoginTokenKind[]
): Promise<string | null> {
  const [row] = await query<{ owner_id: string }>(em, spend(loginTokenHash(token), kinds));
  if (!row) return null;
  for (const kind of kinds) if (kind !== 'take_free') await revokeLoginTokens(em, row.owner_id, kind);
  return row.owner_id;
}

/** Notes that a link was tried which is used up or over. */
export async function noteRefusedToken(em: EntityManager, token: string): Promise<void> {
  await run(em, sql`update login_tokens t set refused_at = (${NOW_OF}) where t.token_hash = ${loginTokenHash(token)}`);
}

const NOW_OF = sql`
  select case when t.admin_id is null then coalesce(a.clock_target, a.clock_at, now()) else now() end
  from accounts a where a.id = t.account_id`;

const spend = (hash: string, kinds: LoginTokenKind[]) => sql`
  update login_tokens t set used_at = (${NOW_OF}), opened_at = (${NOW_OF})
  where t.token_hash = ${hash} and t.kind = any(${kinds}::text[]) and t.used_at is null and t.expires_at > (${NOW_OF})
  returning coalesce(t.contact_id, t.admin_id) as owner_id`;

/** Ends the links of a contact or an admin that are still open. */
export async function revokeLoginTokens(em: EntityManager, ownerId: string, kind?: LoginTokenKind): Promise<void> {
  await run(
    em,
    sql`update login_tokens t set used_at = (${NOW_OF})
     where (t.contact_id = ${ownerId} or t.admin_id = ${ownerId}) and t.used_at is null and t.kind = coalesce(${kind ?? null}::text, t.kind)`,
  );
}

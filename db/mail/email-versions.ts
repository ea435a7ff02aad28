import { v7 as uuid } from 'uuid';
import type { EmailKind, EmailWords } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { EmailVersion } from '../entities/email-version.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { json, query, run, sql } from '../sql.ts';

/** The version that holds; null = the account has never written one. */
export const newestVersion = (em: Scoped, kind: EmailKind): Promise<EmailVersion | null> =>
  em.findOne(EmailVersion, { kind }, { orderBy: { version: 'desc' }, disableIdentityMap: true });

/** The versions that hold, by kind; `isOwn`: it is in the account's own words. */
export async function newestVersions(em: Scoped): Promise<Map<string, { version: number; isOwn: boolean }>> {
  const rows = await query<{ kind: string; version: number; isOwn: boolean }>(
    em,
    sql`select distinct on (kind) kind, version, words is not null as "isOwn" from email_versions
      where account_id = ${accountIdOf(em)} order by kind, version desc`,
  );
  return new Map(rows.map(({ kind, ...holds }) => [kind, holds]));
}

/** Null words: from here on, ours. `after`: the version that they were written over; 0 = none. */
export type NewVersion = { kind: EmailKind; words: EmailWords | null; after: number; now: Instant; actor: Actor };

/** Adds a version; false where somebody else has added one meanwhile. */
export async function addVersion(em: Scoped, { kind, words, after, now, actor }: NewVersion): Promise<boolean> {
  const added = await run(
    em,
    sql`insert into email_versions (id, account_id, kind, version, words, created_at, actor)
      values (${uuid()}, ${accountIdOf(em)}, ${kind}, ${after + 1}, ${words && json(words)}, ${now}, ${json(actor)})
      on conflict (account_id, kind, version) do nothing`,
  );
  return added === 1;
}

/** The newest first. */
export const listVersions = (em: Scoped, kind: EmailKind, page: PageQuery): Promise<Page<EmailVersion>> =>
  findPage(em, EmailVersion, { where: { kind }, order: NEWEST }, page);

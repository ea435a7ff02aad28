import { v7 as uuid } from 'uuid';
import type { EmailKind, EmailWords } from '../../emails/catalogue.ts';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { Account } from '../entities/account.ts';
import { EmailVersion } from '../entities/email-version.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { json, query, run, sql } from '../sql.ts';

/** The version that holds; null = the account has never written one. */
export const newestVersion = (em: Scoped, kind: EmailKind, language: LanguageCode): Promise<EmailVersion | null> =>
  em.findOne(EmailVersion, { kind, language }, { orderBy: { version: 'desc' }, disableIdentityMap: true });

/** The versions of a language that hold, by kind; `isOwn`: it is in the account's own words. */
export async function newestVersions(
  em: Scoped,
  language: LanguageCode,
): Promise<Map<string, { version: number; isOwn: boolean }>> {
  const rows = await query<{ kind: string; version: number; isOwn: boolean }>(
    em,
    sql`select distinct on (kind) kind, version, words is not null as "isOwn" from email_versions
      where account_id = ${accountIdOf(em)} and language = ${language} order by kind, version desc`,
  );
  return new Map(rows.map(({ kind, ...holds }) => [kind, holds]));
}

/** What the audit log tells of an email: its own words by language, and whether it is off. */
export async function shownTemplate(em: Scoped, kind: string): Promise<Record<string, unknown>> {
  const rows = await query<{ language: string; words: object | null }>(
    em,
    sql`select distinct on (language) language, words from email_versions
      where account_id = ${accountIdOf(em)} and kind = ${kind} order by language, version desc`,
  );
  const { settings } = await em.findOneOrFail(Account, { id: accountIdOf(em) });
  const words = Object.fromEntries(rows.map((row) => [row.language, row.words ?? undefined]));
  return { ...words, isOff: settings.emailsOff.includes(kind) };
}

/** Null words: from here on, ours. `after`: the version that they were written over; 0 = none. */
export type NewVersion = {
  kind: EmailKind;
  language: LanguageCode;
  words: EmailWords | null;
  after: number;
  now: Instant;
  actor: Actor;
};

/** Adds a version; false where somebody else has added one meanwhile. */
export async function addVersion(
  em: Scoped,
  { kind, language, words, after, now, actor }: NewVersion,
): Promise<boolean> {
  const added = await run(
    em,
    sql`insert into email_versions (id, account_id, kind, language, version, words, created_at, actor)
      values (${uuid()}, ${accountIdOf(em)}, ${kind}, ${language}, ${after + 1}, ${words && json(words)}, ${now}, ${json(actor)})
      on conflict (account_id, kind, language, version) do nothing`,
  );
  return added === 1;
}

/** The newest first. */
export const listVersions = (
  em: Scoped,
  { kind, language }: { kind: EmailKind; language: LanguageCode },
  page: PageQuery,
): Promise<Page<EmailVersion>> => findPage(em, EmailVersion, { where: { kind, language }, order: NEWEST }, page);

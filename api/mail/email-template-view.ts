import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import type { EmailVersion } from '../../db/entities/email-version.ts';
import { emailSite } from '../../db/mail/email-site.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { CAUSES } from '../../emails/causes.ts';
import { EMAILS, type EmailKind, type EmailWords } from '../../emails/catalogue.ts';
import { examplesOf } from '../../emails/examples.ts';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import { entryIn } from '../../emails/translate.ts';
import { faultsIn, wordsOf } from '../../emails/own-words.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { listedTemplate, templateSchema, versionSchema } from './email-template-schema.ts';

/** `holds`: the version that does; undefined = nobody has changed it. */
export function toListedTemplate(
  { settings }: Account,
  kind: EmailKind,
  holds: { version: number; isOwn: boolean } = { version: 0, isOwn: false },
): z.input<typeof listedTemplate> {
  const { name, to, offBy } = EMAILS[kind];
  return {
    kind,
    name,
    cause: CAUSES[kind],
    recipient: to,
    isOn: !settings.emailsOff.includes(kind),
    mayBeOff: offBy !== 'nobody',
    version: holds.version,
    isOwn: holds.isOwn,
  };
}

/** One kind of email in one language. */
export type WordsOf = { kind: EmailKind; language: LanguageCode };

export function toApiTemplate(
  account: Account,
  { kind, language }: WordsOf,
  newest: EmailVersion | null,
): z.input<typeof templateSchema> {
  const entry = entryIn(kind, language);
  const words = newest?.words ?? wordsOf(entry);
  return {
    ...toListedTemplate(account, kind, newest ? { version: newest.version, isOwn: newest.words !== null } : undefined),
    language,
    words: toApiWords(words),
    defaultWords: toApiWords(wordsOf(entry)),
    variables: examplesOf(kind, emailSite(account, language)),
    faults: faultsIn(entry, words),
  };
}

const toApiWords = ({ body, ...lines }: EmailWords) => ({ ...lines, body: [...body] });

export async function toApiVersions(
  em: Scoped,
  rows: readonly EmailVersion[],
): Promise<z.input<typeof versionSchema>[]> {
  const emails = await actorEmails(
    em,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ id, version, words, createdAt, actor }) => ({
    id,
    version,
    words: words && toApiWords(words),
    createdAt,
    by: toApiActor(actor, emails),
  }));
}

export const isSame = (one: EmailWords, other: EmailWords): boolean =>
  (Object.keys(one) as (keyof EmailWords)[]).every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));

import { z } from 'zod';
import { previewEmail } from '../../activities/mail/preview.ts';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { Account } from '../../db/entities/account.ts';
import { Admin } from '../../db/entities/admin.ts';
import { Email } from '../../db/entities/email.ts';
import { readEmail, type EmailMaterial } from '../../db/mail/email-material.ts';
import { emailSite } from '../../db/mail/email-site.ts';
import {
  addVersion,
  listVersions,
  newestVersion,
  newestVersions,
  type NewVersion,
  shownTemplate,
} from '../../db/mail/email-versions.ts';
import { queueTest } from '../../db/mail/emails.ts';
import { NEWEST } from '../../db/page.ts';
import type { SecretKey } from '../../db/signature.ts';
import { EMAIL_KINDS, EMAILS, type EmailKind, type EmailWords, type RenderedEmail } from '../../emails/catalogue.ts';
import { faultsIn, wordsOf } from '../../emails/own-words.ts';
import { BILLING } from '../auth/roles.ts';
import { faulty } from '../http/check-input.ts';
import { entryIn } from '../../emails/translate.ts';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import { lookOf } from '../../workflows/domain/settings.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { id, pageOf, pageQuery } from '../http/fields.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import {
  givenRecord,
  givenWords,
  inLanguage,
  kindParams,
  listedTemplate,
  renderedSchema,
  templateSchema,
  versionSchema,
} from './email-template-schema.ts';
import { isSame, toApiTemplate, toApiVersions, toListedTemplate, type WordsOf } from './email-template-view.ts';

export type TemplateDeps = {
  publicUrl: string;
  secretKey: SecretKey;
  wakes: Pick<Wakes, 'startMail'>;
};

const ofKind = { path: '/v1/email-templates/{kind}', tag: 'Emails', roles: BILLING, params: kindParams } as const;
const asked = z.strictObject(inLanguage);

const EXAMPLE = { ...wordsOf(EMAILS['login-link']), subject: 'Come in, {{contactName}}' };
const example = { ...EXAMPLE, body: [...EXAMPLE.body] };

const list = defineRoute({
  method: 'get',
  path: '/v1/email-templates',
  tag: 'Emails',
  operationId: 'listEmailTemplates',
  summary: 'List every kind of email, with its cause, recipient and switch',
  roles: BILLING,
  query: asked,
  answers: { 200: z.strictObject({ data: z.array(listedTemplate) }) },
  async handle({ em, account, query: { language = languageOf(account) } }) {
    const newest = await newestVersions(em, language);
    return {
      status: 200,
      body: { data: EMAIL_KINDS.map((kind) => toListedTemplate(account, kind, newest.get(kind))) },
    };
  },
});

const read = defineRoute({
  ...ofKind,
  method: 'get',
  operationId: 'getEmailTemplate',
  summary: 'Read what the emails of a kind say',
  query: asked,
  answers: { 200: templateSchema },
  handle: async ({ em, account, params: { kind }, query: { language = languageOf(account) } }) => ({
    status: 200,
    body: await templateOf(em, account, { kind, language }),
  }),
});

const put = defineRoute({
  ...ofKind,
  method: 'put',
  operationId: 'putEmailTemplate',
  audit: { kind: 'email_template.changed', about: 'kind', shows: shownTemplate },
  summary: 'Write the emails of a kind in words of your own, or switch them off',
  description: 'What was written before is kept as a version. Emails that have been written already stay as they are.',
  query: asked,
  body: z.strictObject({ ...givenWords, isOn: z.boolean().optional() }),
  example: { ...example, isOn: true },
  answers: { 200: templateSchema },
  problems: [409],
  async handle({ em, account, caller, now, params: { kind }, query, body: { isOn, ...words } }) {
    const of = { kind, language: query.language ?? languageOf(account) };
    checkWords(of, words);
    if (isOn !== undefined) await switchTo(em, account, kind, isOn);
    const current = await newestVersion(em, kind, of.language);
    if (!isSame(current?.words ?? wordsOf(entryIn(kind, of.language)), words))
      await write(em, { ...of, words, after: current?.version ?? 0, now, actor: caller.actor });
    return { status: 200, body: await templateOf(em, account, of) };
  },
});

const reset = defineRoute({
  ...ofKind,
  method: 'post',
  path: '/v1/email-templates/{kind}/reset',
  operationId: 'resetEmailTemplate',
  audit: { kind: 'email_template.reset', about: 'kind', shows: shownTemplate },
  summary: 'Send the emails of a kind in the default words again',
  query: asked,
  answers: { 200: templateSchema },
  problems: [409],
  async handle({ em, account, caller, now, params: { kind }, query: { language = languageOf(account) } }) {
    const of = { kind, language };
    const current = await newestVersion(em, kind, language);
    if (current?.words) await write(em, { ...of, words: null, after: current.version, now, actor: caller.actor });
    return { status: 200, body: await templateOf(em, account, of) };
  },
});

const versions = defineRoute({
  ...ofKind,
  method: 'get',
  path: '/v1/email-templates/{kind}/versions',
  operationId: 'listEmailTemplateVersions',
  summary: 'List what the emails of a kind have said, and who wrote it, the newest first',
  query: z.strictObject({ ...pageQuery, ...inLanguage }),
  answers: { 200: pageOf(versionSchema) },
  async handle({ em, account, params: { kind }, query: { language = languageOf(account), ...place } }) {
    const found = await listVersions(em, { kind, language }, readPage(place, NEWEST));
    return { status: 200, body: toShownPage(found, await toApiVersions(em, found.rows)) };
  },
});

const preview = defineRoute({
  ...ofKind,
  method: 'post',
  path: '/v1/email-templates/{kind}/preview',
  operationId: 'previewEmailTemplate',
  audit: { none: 'It only reads.' },
  summary: 'Read an email in words that are not saved, of a real record or of examples',
  description: 'Links that work once lead nowhere in it.',
  query: asked,
  body: z.strictObject({ ...givenWords, ...givenRecord }),
  example,
  answers: { 200: renderedSchema },
  problems: [404, 409],
  isReading: true,
  async handle({ em, account, params: { kind }, query, body: { emailId, ...words } }, deps: TemplateDeps) {
    const { language = languageOf(account) } = query;
    return { status: 200, body: await render(em, { account, kind, language, words, emailId }, deps) };
  },
});

const test = defineRoute({
  ...ofKind,
  method: 'post',
  path: '/v1/email-templates/{kind}/test',
  operationId: 'testEmailTemplate',
  audit: { kind: 'email_template.tested', about: 'kind' },
  summary: 'Send yourself an email in words that are not saved; with a key, to the owner',
  description: 'Its subject begins with [Test]. Links that work once lead nowhere in it.',
  query: asked,
  body: z.strictObject({ ...givenWords, ...givenRecord }),
  example,
  answers: { 202: z.strictObject({ emailId: id, to: z.string() }) },
  location: '/v1/emails/{emailId}',
  problems: [404, 409],
  perMinute: 20,
  async handle({ em, account, caller, now, params: { kind }, query, body, afterCommit }, deps: TemplateDeps) {
    const { emailId, ...words } = body;
    const { language = languageOf(account) } = query;
    const rendered = await render(em, { account, kind, language, words, emailId }, deps);
    const admin = await readerOf(em, caller.actor);
    const marked = { ...rendered, subject: `[Test] ${rendered.subject}` };
    const sent = await queueTest(em, { accountId: account.id, adminId: admin.id, kind, rendered: marked, now });
    afterCommit(() => deps.wakes.startMail(sent));
    return { status: 202, body: { emailId: sent, to: admin.email } };
  },
});

/** Its own language, if nothing else is asked for. */
const languageOf = ({ site }: Account): LanguageCode => lookOf({ site }).language;

const templateOf = async (em: Scoped, account: Account, of: WordsOf) =>
  toApiTemplate(account, of, await newestVersion(em, of.kind, of.language));

/** @throws Problem 422 that names where each fault stands */
export function checkWords({ kind, language }: WordsOf, words: EmailWords): void {
  const faults = faultsIn(entryIn(kind, language), words);
  if (faults.length > 0) throw faulty(faults, 'body');
}

/** @throws Problem 409 */
async function write(em: Scoped, version: NewVersion): Promise<void> {
  if (await addVersion(em, version)) return;
  const detail = 'Somebody else has just changed this email. Look at what they wrote, and save again.';
  throw new Problem(409, 'wrong_state', { detail });
}

/** @throws Problem 422 where nobody may do without it */
async function switchTo(em: Scoped, account: Account, kind: EmailKind, isOn: boolean): Promise<void> {
  if (EMAILS[kind].offBy === 'nobody') {
    if (!isOn) throw invalid('isOn', 'must be true: this email cannot be switched off');
    return;
  }
  const row = await em.findOneOrFail(Account, { id: account.id }, { refresh: true });
  const others = row.settings.emailsOff.filter((one) => one !== kind);
  row.settings = { ...row.settings, emailsOff: isOn ? others : [...others, kind] };
  await em.flush();
  account.settings = row.settings;
}

type ToRender = WordsOf & { account: Account; words: EmailWords; emailId: string | null };

/** @throws Problem 404, 409, 422 */
async function render(em: Scoped, { account, kind, language, words, emailId }: ToRender, deps: TemplateDeps) {
  checkWords({ kind, language }, words);
  const material = emailId === null ? null : await materialOf(em, kind, emailId);
  const settings = { publicUrl: deps.publicUrl, secretKey: deps.secretKey[0] };
  const made = await previewEmail({ kind, words, site: emailSite(account, language), material }, settings);
  if (made.kind === 'rendered') return made.email satisfies RenderedEmail;
  throw new Problem(409, 'wrong_state', { detail: 'The email was not to be sent; choose another one.' });
}

async function materialOf(em: Scoped, kind: EmailKind, emailId: string): Promise<EmailMaterial> {
  const isTheirs = await em.findOne(Email, { id: emailId, kind }, { fields: ['id'] });
  const found = isTheirs && (await readEmail(em, emailId));
  if (!found) throw notFound('email');
  return found.material;
}

/** Whoever asks; with a key, the owner. */
export async function readerOf(em: Scoped, { kind, id: callerId }: NewVersion['actor']): Promise<Admin> {
  const isPerson = kind === 'admin' || kind === 'operator';
  const where = isPerson && callerId !== null ? { id: callerId } : { role: 'owner' as const, removedAt: null };
  const admin = await em.findOne(Admin, where, { filters: { account: !isPerson } });
  if (!admin) throw notFound('owner');
  return admin;
}

export const emailTemplateRoutes = { list, read, put, reset, versions, preview, test };

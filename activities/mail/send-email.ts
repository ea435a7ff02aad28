import type { EntityManager } from '@mikro-orm/postgresql';
import { beginTry, endEmail, endTry, type EmailRow, type KeptEmail } from '../../db/mail/emails.ts';
import { readEmail, type EmailMaterial } from '../../db/mail/email-material.ts';
import { createLoginToken, type NewLoginToken } from '../../db/people/login-tokens.ts';
import { unsubscribeOf } from '../../db/people/unsubscribe-link.ts';
import type { Orm } from '../../db/orm.ts';
import { EMAILS, type EmailKind } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { log } from '../../log.ts';
import { toMs, type Instant } from '../../workflows/domain/instant.ts';
import { whyNoMarketing } from '../../workflows/domain/marketing.ts';
import { singleFlight } from '../first-try.ts';
import type { Mailer, OutgoingEmail, SendOutcome } from '../gateways/resend.ts';
import { composeEmail, type Composition } from './compose.ts';
import { linksFor } from './links.ts';
import { mailLater, withoutWords } from './mail-failures.ts';
import { withReceipt, type ReceiptDeps } from './read-receipt.ts';
import { renderer } from './renderer.ts';

export type SendEmailDependencies = {
  orm: Orm;
  mailer: Pick<Mailer, 'send'>;
  stripe: ReceiptDeps['stripe'];
  publicUrl: string;
  /** Signs the links to experts' pages and those to unsubscribe. */
  secretKey: string;
  /** `Name <address>`. */
  mailFrom: string;
  /**
   * Real time, by which the provider forgets ids; the account's own time is read with the email.
   */
  now: () => Instant;
};

/** What has become of the email: never its address or words. `missing` = there is no such row. */
export type SendEmailResult = { state: string };
export type SendEmail = (emailId: string) => Promise<SendEmailResult>;

/**
 * The provider remembers an id for 24 hours: after this long without an answer a person decides
 * [R13.6].
 */
export const UNKNOWN_AFTER_MS = 20 * 60 * 60 * 1000;
const PAYMENT_WAIT_MS = 2_000;

/**
 * Sends one email. It is rendered once, with the same bytes and id at every attempt, so that it
 * arrives once. One that is no longer queued is left alone. Concurrent calls for the same email
 * share one attempt.
 * @throws ApplicationFailure `MailLater` while the provider cannot take it, `MailFault` on anything
 * else; both to be tried again
 */
export const createSendEmail = (dependencies: SendEmailDependencies): SendEmail =>
  singleFlight(
    (emailId) => emailId,
    async (emailId) => {
      try {
        const prepared = await prepare(dependencies, emailId);
        if (prepared.kind === 'over') return { state: prepared.state };
        if (prepared.kind === 'wait') throw mailLater('payment_not_known_yet', PAYMENT_WAIT_MS);
        const outcome = await dependencies.mailer.send(prepared.outgoing);
        return await settle(dependencies, prepared, outcome);
      } catch (error) {
        const failure = withoutWords(error);
        log.warn({ emailId, type: failure.type, reason: failure.message }, 'email.not_sent');
        throw failure;
      }
    },
  );

type Ready = {
  kind: 'ready';
  emailId: string;
  outgoing: OutgoingEmail;
  startedAt: Instant;
  mayBeTakenSince: Instant | null;
};
type Prepared = Ready | { kind: 'over'; state: string } | { kind: 'wait' };

/** Everything before the send: what is kept here is what is sent from now on. */
async function prepare(dependencies: SendEmailDependencies, emailId: string): Promise<Prepared> {
  const em = dependencies.orm.em.fork();
  const found = await readEmail(em, emailId);
  if (!found) return { kind: 'over', state: 'missing' };
  const { row, material } = found;
  if (row.state !== 'queued') return { kind: 'over', state: row.state };
  const realNow = dependencies.now();
  if (isForgottenSoon(row.firstTriedAt, realNow)) return unknown(em, emailId, realNow);
  const written = await write(em, { row, material, realNow, dependencies });
  if (written.kind === 'wait') await endTry(em, emailId, row.firstTriedAt);
  if (written.kind === 'wait') return written;
  if (written.kind === 'suppressed') {
    // What the provider may have taken already cannot be said to have been held back.
    const state = row.firstTriedAt === null ? 'suppressed' : 'unknown';
    await endEmail(em, emailId, { state, reason: written.reason }, { realNow, tries: 0 });
    return { kind: 'over', state };
  }
  // If two render it at once, both send what the first of them stored.
  if (!(await beginTry(em, row, written.rendered, realNow))) return prepare(dependencies, emailId);
  const outgoing = outgoingEmail(material, written.rendered, dependencies);
  return { kind: 'ready', emailId, outgoing, startedAt: realNow, mayBeTakenSince: row.firstTriedAt };
}

const isForgottenSoon = (firstTriedAt: Instant | null, realNow: Instant): boolean =>
  firstTriedAt !== null && toMs(realNow) - toMs(firstTriedAt) >= UNKNOWN_AFTER_MS;

async function unknown(
  em: EntityManager,
  emailId: string,
  realNow: Instant,
): Promise<{ kind: 'over'; state: 'unknown' }> {
  await endEmail(em, emailId, { state: 'unknown', reason: 'no_answer_in_time' }, { realNow, tries: 0 });
  return { kind: 'over', state: 'unknown' };
}

type Written = { kind: 'rendered'; rendered: KeptEmail } | Exclude<Composition, { kind: 'composed' }>;
type ToWrite = { row: EmailRow; material: EmailMaterial; realNow: Instant; dependencies: SendEmailDependencies };

/** The bytes that were kept, or new ones with their one-time link. */
async function write(em: EntityManager, { row, material, realNow, dependencies }: ToWrite): Promise<Written> {
  if (material.to === null) return { kind: 'suppressed', reason: 'recipient_gone' };
  const why = material.marketing && whyNoMarketing(material.marketing);
  if (why !== null) return { kind: 'suppressed', reason: why };
  if (row.rendered) return { kind: 'rendered', rendered: row.rendered };
  const token = await tokenFor(em, row.kind, material, realNow);
  const composition = composeEmail(
    await withReceipt(dependencies, material),
    linksFor(material, dependencies, token),
    row.attempts,
  );
  if (composition.kind !== 'composed') return composition;
  const { renderEmail } = await renderer();
  const { kind, props } = composition.email;
  const unsubscribeUrl = unsubscribe(material, dependencies)?.url ?? null;
  const rendered = await renderEmail(kind, props, { words: material.words, unsubscribeUrl });
  return { kind: 'rendered', rendered: { ...rendered, calendar: composition.calendar } };
}

/** Customers live by their account's clock, admins in real time. */
async function tokenFor(
  em: EntityManager,
  kind: EmailKind,
  { emailId, accountId, admin, customer, clock }: EmailMaterial,
  realNow: Instant,
): Promise<NewLoginToken | null> {
  const { oneTimeLink } = EMAILS[kind];
  if (oneTimeLink === null) return null;
  const link = { accountId, emailId, kind: oneTimeLink };
  if (admin) return createLoginToken(em, { ...link, adminId: admin.adminId, now: realNow });
  return customer && createLoginToken(em, { ...link, contactId: customer.contactId, now: clock ?? realNow });
}

/** The link and the headers of a marketing email; null = it is none (RFC 8058). */
const unsubscribe = ({ emailId, marketing, customer }: EmailMaterial, dependencies: SendEmailDependencies) =>
  marketing && customer && unsubscribeOf(customer.contactId, { ...dependencies, emailId });

function outgoingEmail(
  material: EmailMaterial,
  rendered: KeptEmail,
  dependencies: SendEmailDependencies,
): OutgoingEmail {
  const { emailId, to, site, kind } = material;
  const from = dependencies.mailFrom;
  const { subject, html, text, calendar } = rendered;
  const tags = [{ name: 'kind', value: kind }];
  const attachments = calendar === null ? {} : { attachments: [attached(kind, calendar)] };
  const headers = unsubscribe(material, dependencies)?.headers;
  const email = { id: emailId, from, to: to ?? '', replyTo: site.supportEmail, subject, html, text, tags };
  return { ...email, ...(headers && { headers }), ...attachments };
}

/** Calendars act on the method by themselves only where the type names it (RFC 6047). */
function attached(kind: EmailKind, calendar: string) {
  const { calendar: method = 'REQUEST' }: EmailEntry = EMAILS[kind];
  const contentType = `text/calendar; charset=utf-8; method=${method}`;
  return { filename: 'invite.ics', contentType, content: Buffer.from(calendar) };
}

async function settle(
  { orm, now }: SendEmailDependencies,
  ready: Ready,
  outcome: SendOutcome,
): Promise<SendEmailResult> {
  const em = orm.em.fork();
  const { emailId, startedAt, mayBeTakenSince } = ready;
  const by = { realNow: now(), tries: 1 } as const;
  switch (outcome.kind) {
    case 'sent':
      await endEmail(em, emailId, { state: 'sent', providerId: outcome.providerId }, by);
      return { state: 'sent' };
    case 'rejected': {
      // Other bytes under this id: an earlier attempt was accepted, and the address or sender has
      // been changed since.
      const wasTaken = outcome.code === 'invalid_idempotent_request';
      const reason = `${outcome.code}: ${outcome.message}`;
      await endEmail(em, emailId, { state: wasTaken ? 'unknown' : 'failed', reason }, by);
      return { state: wasTaken ? 'unknown' : 'failed' };
    }
    case 'later':
      await endTry(em, emailId, mayBeTakenSince);
      throw mailLater(outcome.reason, outcome.retryAfterMs);
    case 'unknown':
      await endTry(em, emailId, mayBeTakenSince ?? startedAt);
      throw mailLater(outcome.reason);
  }
}

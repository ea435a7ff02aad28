import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { previewBroadcast } from '../../activities/mail/preview.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { beginJob } from '../../db/jobs/bulk-jobs.ts';
import { emailSite } from '../../db/mail/email-site.ts';
import { queueTest } from '../../db/mail/emails.ts';
import type { RenderedEmail } from '../../emails/catalogue.ts';
import { BILLING } from '../auth/roles.ts';
import { givenInstant, id, idParams } from '../http/fields.ts';
import { invalid, notFound, wrongState } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { audienceSchema, broadcastSchema, givenText, ofContact } from './broadcast-schema.ts';
import { AS_WRITTEN, broadcastView, toWords } from './broadcast-view.ts';
import { audience, lockedDraft } from './broadcast-drafts.ts';
import { renderedSchema } from './email-template-schema.ts';
import { checkWords, readerOf, type TemplateDeps } from './email-templates.ts';

const asWritten = { tag: 'Emails', roles: BILLING, body: z.strictObject({ ...givenText, ...ofContact }) } as const;
const example = { subject: 'The spring kiln opens', body: ['Dear {{contactName}}, the kiln opens on Monday.'] };

const preview = defineRoute({
  ...asWritten,
  method: 'post',
  path: '/v1/broadcasts/preview',
  operationId: 'previewBroadcast',
  audit: { none: 'It only reads.' },
  summary: 'Read a broadcast in words that are not saved, as one contact would get it',
  description: 'The link to unsubscribe leads nowhere in it.',
  example,
  answers: { 200: renderedSchema },
  problems: [404],
  isReading: true,
  async handle({ em, account, body }, deps: TemplateDeps) {
    return { status: 200, body: await render(em, account, body, deps) };
  },
});

const test = defineRoute({
  ...asWritten,
  method: 'post',
  path: '/v1/broadcasts/test',
  operationId: 'testBroadcast',
  audit: { kind: 'broadcast.tested' },
  summary: 'Send yourself a broadcast in words that are not saved; with a key, to the owner',
  description: 'Its subject begins with [Test]. The link to unsubscribe leads nowhere in it.',
  example,
  answers: { 202: z.strictObject({ emailId: id, to: z.string() }) },
  location: '/v1/emails/{emailId}',
  problems: [404],
  perMinute: 20,
  async handle({ em, account, caller, now, body, afterCommit }, deps: TemplateDeps) {
    const rendered = await render(em, account, body, deps);
    const admin = await readerOf(em, caller.actor);
    const marked = { ...rendered, subject: `[Test] ${rendered.subject}` };
    const of = { accountId: account.id, adminId: admin.id, kind: 'broadcast' } as const;
    const emailId = await queueTest(em, { ...of, rendered: marked, now });
    afterCommit(() => deps.wakes.startMail(emailId));
    return { status: 202, body: { emailId, to: admin.email } };
  },
});

type Written = z.output<(typeof asWritten)['body']>;

/** @throws Problem 404, 422 */
async function render(
  em: Scoped,
  account: Account,
  { contactId, ...text }: Written,
  { publicUrl }: TemplateDeps,
): Promise<RenderedEmail> {
  const words = toWords(text);
  checkWords(AS_WRITTEN, words);
  const contact = contactId === null ? null : await em.findOne(Contact, { id: contactId, erasedAt: null });
  if (contactId !== null && !contact) throw notFound('contact');
  const buttonUrl = text.button?.url ?? null;
  return previewBroadcast({ site: emailSite(account, contact?.language), words, buttonUrl, contact }, publicUrl);
}

const send = defineRoute({
  method: 'post',
  path: '/v1/broadcasts/{broadcastId}/send',
  tag: 'Emails',
  operationId: 'sendBroadcast',
  audit: { kind: 'broadcast.sent' },
  summary: 'Send a broadcast, at once or at an instant',
  description:
    'Who is in the segment, and has subscribed, is asked when it begins. Its job says how far it is, and is paused, resumed and canceled. With `dryRun` nothing is done: the answer says who would get it now.',
  roles: BILLING,
  params: idParams('broadcastId'),
  body: z.strictObject({
    sendAt: givenInstant.nullable().default(null).describe('null: at once.'),
    dryRun: z.boolean().optional(),
  }),
  example: { dryRun: true },
  answers: { 200: audienceSchema, 202: broadcastSchema },
  location: '/v1/jobs/{jobId}',
  problems: [409],
  async handle({ em, account, caller, now, params, body, afterCommit }, { wakes }: { wakes: Pick<Wakes, 'wakeJob'> }) {
    const { sendAt, dryRun } = body;
    const broadcast = await lockedDraft(em, params.broadcastId);
    if (sendAt !== null && sendAt <= now) throw invalid('sendAt', 'must lie ahead');
    const found = await audience(em, broadcast.segment, now);
    if (dryRun) return { status: 200 as const, body: found };
    if (sendAt === null && found.getIt === 0) throw wrongState('Nobody of this segment would get it now.');
    const jobId = uuid();
    const of = { id: jobId, accountId: account.id, kind: 'send-broadcast', actor: caller.actor } as const;
    await beginJob(em, { ...of, startsAt: sendAt ?? now, now });
    broadcast.jobId = jobId;
    await em.flush();
    afterCommit(() => wakes.wakeJob(jobId));
    return { status: 202 as const, body: await broadcastView(em, broadcast) };
  },
});

export const broadcastSendingRoutes = { preview, test, send };

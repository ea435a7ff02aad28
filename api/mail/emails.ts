import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { requeueEmail } from '../../db/mail/emails.ts';
import { Email, EMAIL_STATES, type EmailState } from '../../db/entities/email.ts';
import {
  countEmails,
  countEmailStates,
  EMAIL_ORDER,
  findEmail,
  listEmails,
  surroundingsOf,
} from '../../db/mail/email-list.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { emailCounts, emailSchema, fullEmailSchema } from './email-schema.ts';
import { count, toApiCounts } from '../http/counts.ts';
import { givenId, idParams, includeTest, pageOf, pageQuery, part, SHORT_PART } from '../http/fields.ts';
import { toApiEmail, toApiFullEmail } from './email-view.ts';
import { MONEY_READERS, PEOPLE } from '../auth/roles.ts';

const tag = 'Emails';
const ofAnyState = {
  purchaseId: givenId.optional(),
  contactId: givenId.optional(),
  broadcastId: givenId.optional().describe('Those by which a broadcast is sent.'),
  kind: z.enum(EMAIL_KINDS).optional(),
  q: part.optional().describe(`Words of the recipient's address or name. ${SHORT_PART}`),
  includeTest,
};
const filter = { ...ofAnyState, state: z.enum(EMAIL_STATES).optional() };

const list = defineRoute({
  method: 'get',
  path: '/v1/emails',
  tag,
  operationId: 'listEmails',
  summary: 'List emails with what became of them, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, ...filter }),
  answers: { 200: pageOf(emailSchema) },
  async handle({ em, query: { limit, cursor, ...asked } }) {
    const page = await listEmails(em, asked, readPage({ limit, cursor }, EMAIL_ORDER));
    return { status: 200, body: toApiPage(page, toApiEmail) };
  },
});

const countThem = defineRoute({
  method: 'get',
  path: '/v1/emails/count',
  tag,
  operationId: 'countEmails',
  summary: 'Count emails',
  roles: MONEY_READERS,
  query: z.strictObject(filter),
  answers: { 200: count },
  handle: async ({ em, query }) => ({ status: 200, body: await countEmails(em, query) }),
});

const countStates = defineRoute({
  method: 'get',
  path: '/v1/emails/counts',
  tag,
  operationId: 'countEmailStates',
  summary: 'Count emails by what became of them',
  roles: MONEY_READERS,
  query: z.strictObject(ofAnyState),
  answers: { 200: emailCounts },
  handle: async ({ em, query }) => ({ status: 200, body: toApiCounts(await countEmailStates(em, query)) }),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/emails/{emailId}',
  tag,
  operationId: 'getEmail',
  summary: 'Read an email as it was sent, and why it was',
  description: 'One-time links are taken out of what it says; what still waits to be sent is not shown at all.',
  roles: MONEY_READERS,
  params: idParams('emailId'),
  answers: { 200: fullEmailSchema },
  async handle({ em, params }) {
    const found = await findEmail(em, params.emailId);
    if (!found) throw notFound('email');
    return { status: 200, body: toApiFullEmail(found, await surroundingsOf(em, found.email)) };
  },
});

/** Why an email in this state is not sent again. */
const REFUSED: Partial<Record<EmailState, string>> = {
  queued: 'This email is on its way still.',
  suppressed: 'This email was not to be sent.',
  complained: 'The recipient complained of this email.',
};

/** Rendered again, so that its one-time links work. */
const resend = defineRoute({
  method: 'post',
  path: '/v1/emails/{emailId}/resend',
  tag,
  operationId: 'resendEmail',
  audit: { kind: 'email.resent' },
  location: '/v1/emails/{id}',
  summary: 'Send an email once more, written anew',
  roles: PEOPLE,
  params: idParams('emailId'),
  answers: { 202: emailSchema },
  problems: [409],
  async handle({ em, params, afterCommit }, { wakes }: { wakes: Pick<Wakes, 'startMail'> }) {
    const email = await em.findOne(Email, { id: params.emailId });
    const again = email && (await requeueEmail(em, email.id));
    if (!again) throw notFound('email');
    if (again.kind === 'refused') {
      const detail = REFUSED[again.state] ?? 'This email cannot be sent again.';
      throw new Problem(409, 'wrong_state', { detail, state: again.state });
    }
    afterCommit(() => wakes.startMail(again.emailId));
    const queued = await findEmail(em, again.emailId);
    if (!queued) throw notFound('email');
    return { status: 202, body: toApiEmail(queued) };
  },
});

export const emailRoutes = {
  list,
  countThem,
  countStates,
  read,
  resend,
};

import { z } from 'zod';
import type { Poker } from '../../activities/gateways/temporal.ts';
import { requeueEmail } from '../../db/emails.ts';
import { Email, EMAIL_STATES, type EmailState } from '../../db/entities/email.ts';
import { EMAIL_ORDER, listEmails } from '../../db/queries/emails.ts';
import { recipientAddresses } from '../../db/queries/recipients.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { givenId, id, idParams, instant, pageOf, pageQuery, part } from '../schemas/fields.ts';
import { MONEY_READERS, PEOPLE } from './roles.ts';

const tag = 'Emails';
const at = instant.nullable();

const shown = {
  id,
  kind: z.string(),
  state: z.enum(EMAIL_STATES),
  reason: z.string().nullable(),
  recipientKind: z.enum(['contact', 'admin']),
  recipientId: id,
  to: z.string().nullable(),
  purchaseId: id.nullable(),
  subject: z.string().nullable(),
  dueAt: instant,
  sentAt: at,
  attempts: z.int(),
  resendOf: id.nullable(),
};

const emailSchema = z.strictObject(shown).meta({ id: 'Email' });
const fullSchema = z
  .strictObject({ ...shown, html: z.string().nullable(), text: z.string().nullable() })
  .meta({ id: 'FullEmail' });

function toApiEmail(email: Email, addresses: Map<string, string>): z.input<typeof emailSchema> {
  const { recipientKind, recipientId, purchaseId, subject, dueAt, sentAt, attempts, resendOf, kind, state, reason } =
    email;
  const to = addresses.get(recipientId) ?? null;
  return {
    id: email.id,
    kind,
    state,
    reason,
    recipientKind,
    recipientId,
    to,
    purchaseId,
    subject,
    dueAt,
    sentAt,
    attempts,
    resendOf,
  };
}

const list = defineRoute({
  method: 'get',
  path: '/v1/emails',
  tag,
  summary: 'List emails with what became of them, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({
    ...pageQuery,
    purchaseId: givenId.optional(),
    contactId: givenId.optional(),
    state: z.enum(EMAIL_STATES).optional(),
    kind: z.string().min(1).max(100).optional().describe('Such as `purchase-confirmation`.'),
    q: part.optional().describe("Part of the recipient's address or name."),
  }),
  answers: { 200: pageOf(emailSchema) },
  async handle({ em, account, query: { limit, cursor, ...filter } }) {
    const page = await listEmails(em, account.id, filter, readPage({ limit, cursor }, EMAIL_ORDER));
    const addresses = await recipientAddresses(em, page.rows);
    return { status: 200, body: toApiPage(page, (email) => toApiEmail(email, addresses)) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/emails/{emailId}',
  tag,
  summary: 'Read an email as it was sent',
  roles: MONEY_READERS,
  params: idParams('emailId'),
  answers: { 200: fullSchema },
  async handle({ em, account, params }) {
    const email = await em.findOne(Email, { id: params.emailId, accountId: account.id });
    if (!email) throw notFound('email');
    const addresses = await recipientAddresses(em, [email]);
    return { status: 200, body: { ...toApiEmail(email, addresses), html: email.html, text: email.text } };
  },
});

/** Why an email in this state is not sent again. */
const REFUSED: Partial<Record<EmailState, string>> = {
  queued: 'This email is on its way still.',
  suppressed: 'This email was not to be sent.',
  complained: 'The recipient complained of this email.',
};

/** Written anew, so that its one-time links work again. */
const resend = (poker: Pick<Poker, 'startMail'>) =>
  defineRoute({
    method: 'post',
    path: '/v1/emails/{emailId}/resend',
    tag,
    summary: 'Send an email once more, written anew',
    roles: PEOPLE,
    params: idParams('emailId'),
    answers: { 202: emailSchema },
    problems: [409],
    async handle({ em, account, params, afterCommit }) {
      const email = await em.findOne(Email, { id: params.emailId, accountId: account.id });
      const again = email && (await requeueEmail(em, email.id));
      if (!again) throw notFound('email');
      if (again.kind === 'refused') {
        const detail = REFUSED[again.state] ?? 'This email cannot be sent again.';
        throw new Problem(409, 'wrong_state', { detail, state: again.state });
      }
      afterCommit(() => poker.startMail(again.emailId));
      const queued = await em.findOneOrFail(Email, { id: again.emailId });
      return { status: 202, body: toApiEmail(queued, await recipientAddresses(em, [queued])) };
    },
  });

export const emailRoutes = (deps: { poker: Pick<Poker, 'startMail'> }): Route[] => [list, read, resend(deps.poker)];

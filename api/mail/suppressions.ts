import { z } from 'zod';
import type { Suppressions } from '../../activities/gateways/resend-suppressions.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { SuppressionLift } from '../../db/entities/suppression-lift.ts';
import { lastLift, listSuppressions, noteLift, openReports, SINCE } from '../../db/mail/suppressions.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { actorEmails, type ActorEmails } from '../../db/people/actor-emails.ts';
import { MONEY_READERS, OWNERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { theContact } from '../people/the-contact.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import { liftBody, liftSchema, suppressionSchema } from './suppression-schema.ts';

export type SuppressionDeps = { suppressions: Suppressions };

const query = z.strictObject({ ...pageQuery, contactId: givenId.optional() });

const list = defineRoute({
  method: 'get',
  path: '/v1/suppressions',
  tag: 'Emails',
  operationId: 'listSuppressions',
  summary: 'List contacts to whom the mail provider sends nothing, the latest first',
  description:
    'After a permanent bounce or a complaint the provider sends nothing more to an address, receipts neither.',
  roles: MONEY_READERS,
  query,
  answers: { 200: pageOf(suppressionSchema) },
  async handle({ em, query: { contactId, ...asked } }) {
    const page = await listSuppressions(em, contactId, readPage(asked, { by: SINCE }));
    return { status: 200, body: toApiPage(page, (suppression) => suppression) };
  },
});

const toApiLift = ({ id, contactId, reason, actor, createdAt }: SuppressionLift, emails: ActorEmails) => ({
  id,
  contactId,
  reason,
  by: toApiActor(actor, emails),
  createdAt,
});

const listLifts = defineRoute({
  method: 'get',
  path: '/v1/suppression-lifts',
  tag: 'Emails',
  operationId: 'listSuppressionLifts',
  summary: "List the addresses that were taken off the mail provider's list, the latest first",
  roles: MONEY_READERS,
  query,
  answers: { 200: pageOf(liftSchema) },
  async handle({ em, query: { contactId, ...asked } }) {
    const where = contactId === undefined ? {} : { contactId };
    const page = await findPage(em, SuppressionLift, { order: NEWEST, where }, readPage(asked, NEWEST));
    const emails = await actorEmails(
      em,
      page.rows.map(({ actor }) => actor),
    );
    return { status: 200, body: toApiPage(page, (lift) => toApiLift(lift, emails)) };
  },
});

/** At the provider first: what is noted here is true. */
const lift = defineRoute({
  method: 'post',
  path: '/v1/suppressions/{contactId}/lift',
  tag: 'Emails',
  operationId: 'liftSuppression',
  audit: { left: ['contact.suppression_lifted'] },
  summary: "Take a contact's address off the mail provider's list, so that transactional email goes again",
  description: 'The marketing status stays. Asking again changes nothing, and answers the last lift.',
  roles: OWNERS,
  params: idParams('contactId'),
  body: liftBody,
  example: { reason: 'Ada has her mailbox back; she called.' },
  answers: { 200: liftSchema },
  problems: [404, 503],
  writes: 'own',
  async handle(call, { suppressions }: SuppressionDeps) {
    const { em, caller, now, body } = call;
    const { id: contactId, email, erasedAt } = await theContact(call);
    const emailIds = erasedAt === null ? await openReports(em, contactId) : [];
    if (emailIds.length > 0) {
      const outcome = await suppressions.lift(email);
      if (outcome.kind === 'away') throw away(outcome.reason);
      await noteLift(em, { contactId, emailIds, reason: body.reason, actor: caller.actor, now });
    }
    return { status: 200, body: await newestLift(em, contactId) };
  },
});

const away = (answer: string): Problem =>
  new Problem(503, 'unavailable', { detail: `The mail provider could not be asked (${answer}). Nothing has changed.` });

/** @throws Problem 404 */
async function newestLift(em: Scoped, contactId: string) {
  const last = await lastLift(em, contactId);
  if (!last) throw notFound('suppression');
  return toApiLift(last, await actorEmails(em, [last.actor]));
}

export const suppressionRoutes = { list, listLifts, lift };

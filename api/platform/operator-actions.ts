import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { OPERATOR_ACTIONS, type OperatorAction } from '../../db/entities/operator-action.ts';
import { NEWEST } from '../../db/page.ts';
import { actorEmails, type ActorEmails } from '../../db/people/actor-emails.ts';
import { listOperatorActions } from '../../db/platform/operator-actions.ts';
import { BILLING } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { id, instant, pageOf, pageQuery } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';

export const operatorActionSchema = z
  .strictObject({
    id,
    kind: z.enum(OPERATOR_ACTIONS).describe('`impersonate`: acted in the account, as its administrators may.'),
    by: actorSchema,
    reason: z.string(),
    createdAt: instant.describe('By real time.'),
    endsAt: instant.nullable().describe('When acting in the account ended, or will at the latest.'),
    jobId: id.nullable().describe('The job that cancels what ran when the account was closed.'),
  })
  .meta({ id: 'OperatorAction' });

const toApiAction = (
  { id: actionId, kind, actor, reason, createdAt, endsAt, jobId }: OperatorAction,
  emails: ActorEmails,
): z.input<typeof operatorActionSchema> => {
  return { id: actionId, kind, by: toApiActor(actor, emails), reason, createdAt, endsAt, jobId };
};

const emailsOf = (em: Scoped, actions: readonly OperatorAction[]): Promise<ActorEmails> =>
  actorEmails(
    em,
    actions.map(({ actor }) => actor),
  );

const list = defineRoute({
  method: 'get',
  path: '/v1/account/operator-actions',
  tag: 'Account',
  operationId: 'listOperatorActions',
  summary: 'List what the platform’s operators did to this account and in its name, the newest first',
  roles: BILLING,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(operatorActionSchema) },
  async handle({ em, query }) {
    const page = await listOperatorActions(em, readPage(query, NEWEST));
    const emails = await emailsOf(em, page.rows);
    return { status: 200, body: toApiPage(page, (action) => toApiAction(action, emails)) };
  },
});

export const operatorActionRoutes = { list };

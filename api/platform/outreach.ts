import { z } from 'zod';
import { Account } from '../../db/entities/account.ts';
import type { LimitNotice } from '../../db/entities/limit-notice.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { NEWEST } from '../../db/page.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { endOutreach, listOutreach } from '../../db/platform/limit-notices.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { SOFT_QUOTAS } from '../../workflows/domain/limits.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { freeText, id, idParams, instant, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { definePlatformRoute } from '../http/route.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';

const tag = 'Operators';

export const outreachSchema = z
  .strictObject({
    id,
    account: z.strictObject({ id, name: z.string(), supportEmail: z.string() }),
    quota: z.enum(SOFT_QUOTAS),
    used: z.int().describe('As it was when the limit was crossed.'),
    limit: z.int(),
    createdAt: instant,
    endedAt: instant.nullable().describe('When its use was within the limit again.'),
    doneAt: instant.nullable(),
    doneBy: actorSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'OutreachTask', description: 'An account uses more than its plan has: its owner is to be spoken with.' });

async function toApiTasks(em: Unscoped, tasks: readonly LimitNotice[]): Promise<z.input<typeof outreachSchema>[]> {
  const accounts = await em.find(Account, { id: { $in: tasks.map(({ accountId }) => accountId) } });
  const emails = await actorEmails(
    em,
    tasks.flatMap(({ doneBy }) => doneBy ?? []),
  );
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return tasks.map((task) => {
    const { name = '', supportEmail = '' } = byId.get(task.accountId) ?? {};
    return {
      id: task.id,
      account: { id: task.accountId, name, supportEmail },
      quota: task.quota,
      used: task.used,
      limit: task.quotaLimit,
      createdAt: task.createdAt,
      endedAt: task.endedAt,
      doneAt: task.doneAt,
      doneBy: task.doneBy && toApiActor(task.doneBy, emails),
      note: task.note,
    };
  });
}

const list = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/outreach-tasks',
  tag,
  operationId: 'listOutreachTasks',
  summary: 'List the accounts that use more than their plan has, the newest first',
  query: z.strictObject({ ...pageQuery, state: z.enum(['open', 'done']).optional() }),
  answers: { 200: pageOf(outreachSchema) },
  async handle({ unscoped, query }) {
    const isDone = query.state === undefined ? undefined : query.state === 'done';
    const page = await listOutreach(unscoped, isDone, readPage(query, NEWEST));
    return { status: 200, body: toShownPage(page, await toApiTasks(unscoped, page.rows)) };
  },
});

const end = definePlatformRoute({
  method: 'post',
  path: '/v1/operator/outreach-tasks/{taskId}/done',
  tag,
  operationId: 'endOutreachTask',
  audit: { kind: 'outreach.done', about: 'taskId' },
  summary: 'Note that the owner has been spoken with',
  params: idParams('taskId'),
  body: z.strictObject({ note: freeText.optional() }),
  example: { note: 'Moves to growth next month' },
  answers: { 200: outreachSchema },
  async handle({ unscoped, params, body, caller }) {
    const by = { actor: caller.actor, note: body.note ?? null, at: fromMs(Date.now()) };
    const task = await endOutreach(unscoped, params.taskId, by);
    if (!task) throw notFound('open task');
    return { status: 200, body: (await toApiTasks(unscoped, [task]))[0]! };
  },
});

export const outreachRoutes = { list, end };

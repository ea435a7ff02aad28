import { z } from 'zod';
import type { DecisionName } from '../../workflows/domain/verb.ts';
import { askDecision, type DecisionCall } from '../verbs/decide.ts';
import type { CommandDeps } from '../inbox/follow.ts';
import type { Attention } from '../../db/entities/attention.ts';
import { ATTENTION_ORDER, listAttentions } from '../../db/purchase/attentions.ts';
import { namedPurchases } from '../../db/inbox/inbox.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute } from '../http/route.ts';
import { attentionSchema, decisionBody } from './attention-schema.ts';
import { commandSchema, doneSchema } from '../inbox/command-schema.ts';
import { givenId, pageOf, pageQuery } from '../http/fields.ts';
import { BILLING, MONEY_READERS } from '../auth/roles.ts';

const params = z.strictObject({ purchaseId: givenId, attentionId: z.string().min(1).max(255) });

const decision = (name: DecisionName, operationId: string, summary: string) =>
  defineRoute({
    method: 'post',
    path: `/v1/purchases/{purchaseId}/attentions/{attentionId}/${name}`,
    tag: 'Verbs',
    operationId,
    audit: leavesCommand(name),
    location: '/v1/commands/{id}',
    summary,
    roles: BILLING,
    params,
    body: decisionBody,
    example: { reason: 'The bank was asked' },
    answers: { 200: doneSchema, 202: commandSchema },
    problems: [404, 409],
    writes: 'own',
    handle: (call: DecisionCall, deps: CommandDeps) => askDecision(name, call, deps),
  });

const retry = decision('retry', 'retryAttention', 'Send again what Stripe refused, or read Stripe again');
const abandon = decision('abandon', 'abandonAttention', 'Leave undone what needs attention');

const list = defineRoute({
  method: 'get',
  path: '/v1/attentions',
  tag: 'Purchases',
  operationId: 'listAttentions',
  summary: 'List what a person has to decide, the longest waiting first',
  roles: MONEY_READERS,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(attentionSchema) },
  async handle({ em, query }) {
    const page = await listAttentions(em, readPage(query, ATTENTION_ORDER));
    const purchases = await namedPurchases(
      em,
      page.rows.map(({ purchaseId }) => ({ subjectId: purchaseId })),
    );
    const toApi = ({ id, reason, since, commandId, purchaseId }: Attention) => ({
      id,
      reason,
      since,
      commandId,
      purchase: purchases.get(purchaseId) ?? null,
    });
    return { status: 200, body: toApiPage(page, toApi) };
  },
});

export const attentionRoutes = { list, retry, abandon };

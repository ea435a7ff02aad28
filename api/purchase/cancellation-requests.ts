import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { CancellationRequest } from '../../db/entities/cancellation-request.ts';
import { namedPurchases } from '../../db/inbox/inbox.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { listRequests, REQUEST_ORDER, textsOf } from '../../db/purchase/cancellation-requests.ts';
import { DAY_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { BILLING, MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { pendingCommandSchema, verbAnswerSchema } from '../inbox/command-schema.ts';
import { askOfRequest, type RequestDeps } from '../verbs/ask-of-request.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';
import { toApiActor } from './purchase-view.ts';
import { carryOutBody, declineBody, requestSchema, requestState } from './request-schema.ts';

const tag = 'Cancellation requests';
const params = idParams('requestId');
const one = { tag, params, roles: BILLING, location: '/v1/commands/{id}', problems: [402, 404, 409] } as const;

async function viewOf(em: Scoped, requests: readonly CancellationRequest[], now: Instant) {
  const purchases = await namedPurchases(
    em,
    requests.map(({ purchaseId }) => ({ subjectId: purchaseId })),
  );
  const texts = await textsOf(em, requests);
  const deciders = [...texts.values()].flatMap(({ by }) => by ?? []);
  const emails = await actorEmails(em, deciders);
  return ({ id, state, purchaseId, refundWanted, askedAt, decidedAt, decidedBy }: CancellationRequest) => {
    const { reason = null, by = null, decision = null } = texts.get(id) ?? {};
    return {
      id,
      state,
      purchase: purchases.get(purchaseId) ?? null,
      refundWanted,
      reason,
      askedAt,
      ageDays: Math.floor((toMs(decidedAt ?? now) - toMs(askedAt)) / DAY_MS),
      decidedAt,
      decidedBy: by && toApiActor(by, emails),
      decision,
      commandId: decidedBy,
    };
  };
}

async function theRequest({ em, params: { requestId } }: { em: Scoped; params: { requestId: string } }) {
  const request = await em.findOne(CancellationRequest, { id: requestId }, { disableIdentityMap: true });
  if (!request) throw notFound('cancellation request');
  return request;
}

const list = defineRoute({
  method: 'get',
  path: '/v1/cancellation-requests',
  tag,
  operationId: 'listCancellationRequests',
  summary: 'List what customers have asked for, the longest waiting first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, state: requestState.optional(), purchaseId: givenId.optional() }),
  answers: { 200: pageOf(requestSchema) },
  async handle({ em, now, query: { limit, cursor, ...filter } }) {
    const page = await listRequests(em, filter, readPage({ limit, cursor }, REQUEST_ORDER));
    return { status: 200, body: toApiPage(page, await viewOf(em, page.rows, now)) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/cancellation-requests/{requestId}',
  tag,
  operationId: 'getCancellationRequest',
  summary: 'Read a cancellation request',
  roles: MONEY_READERS,
  params,
  answers: { 200: requestSchema },
  async handle(call) {
    const request = await theRequest(call);
    return { status: 200, body: (await viewOf(call.em, [request], call.now))(request) };
  },
});

type DeclineCall = AccountCall<{ requestId: string }, unknown, z.output<typeof declineBody>>;

const decline = defineRoute({
  ...one,
  method: 'post',
  path: '/v1/cancellation-requests/{requestId}/decline',
  operationId: 'declineCancellationRequest',
  audit: leavesCommand('decline-cancellation-request'),
  summary: 'Decline a cancellation request; the customer is told why',
  body: declineBody,
  example: { reason: 'The minimum term ends in May.' },
  answers: { 200: verbAnswerSchema, 202: pendingCommandSchema },
  writes: 'own',
  async handle(call: DeclineCall, deps: RequestDeps) {
    const { id, purchaseId } = await theRequest(call);
    const { dryRun, planHash = null, reason = null } = call.body;
    const command = { name: 'decline-cancellation-request', commandId: uuid(), input: { requestId: id } } as const;
    const asking = { ...call, params: { purchaseId }, actor: call.caller.actor };
    return askOfRequest(asking, { ...command, reason, dryRun, planHash }, deps);
  },
});

type CarryOutCall = AccountCall<{ requestId: string }, unknown, z.output<typeof carryOutBody>>;

/** An ordinary verb that names the request: its roles, its preview, its answer. */
const carryOut = defineRoute({
  ...one,
  method: 'post',
  path: '/v1/cancellation-requests/{requestId}/carry-out',
  operationId: 'carryOutCancellationRequest',
  audit: { left: ['purchase'] },
  summary: 'Cancel as the customer asked, or give the money back',
  body: carryOutBody,
  example: { verb: 'cancel', when: 'period_end', dryRun: true },
  answers: { 200: verbAnswerSchema, 202: pendingCommandSchema },
  writes: 'own',
  async handle(call: CarryOutCall, deps: VerbDeps) {
    const { id, purchaseId } = await theRequest(call);
    const { verb, when, cancelAt, override, ...asked } = call.body;
    const own = verb === 'cancel' ? { when, cancelAt } : { override };
    const body = { ...asked, ...own, requestId: id };
    return askVerb(verb, { ...call, params: { purchaseId }, body }, deps);
  },
});

export const cancellationRequestRoutes = { list, read, decline, carryOut };

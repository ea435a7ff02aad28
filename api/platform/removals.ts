import { z } from 'zod';
import { scopeTo, type Scoped, type Unscoped } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { CancellationRequest } from '../../db/entities/cancellation-request.ts';
import { confirmKept, contentOver } from '../../db/platform/kept-content.ts';
import { insidePlatform } from '../../db/platform/platform-account.ts';
import { accountsOf, listRemovals } from '../../db/platform/removal-requests.ts';
import { REQUEST_ORDER } from '../../db/purchase/cancellation-requests.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound, wrongState, type Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { definePlatformRoute, type PlatformCall, type Served } from '../http/route.ts';
import { requestState } from '../purchase/request-schema.ts';
import { pendingCommandSchema } from '../inbox/command-schema.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';
import { listToConfirm } from './kept-content.ts';
import { removalSchema, removeAnswer, removeBody } from './removal-schema.ts';
import { toApiRemovals } from './removal-view.ts';

const tag = 'Operators';
const path = '/v1/operator/removal-requests';
const params = idParams('requestId');

type Within = { em: Scoped; platform: Account; now: string };

async function within(unscoped: Unscoped): Promise<Within> {
  const inside = await insidePlatform(unscoped);
  if (!inside) throw notFound('platform');
  const { em, account: platform } = inside;
  return { em, platform, now: nowOf(platform) };
}

type OneCall<Body> = PlatformCall<{ requestId: string }, unknown, Body>;

/** A request of an account's, with the content that would be too much. */
async function theRemoval({ em }: Within, { params: { requestId: id } }: OneCall<unknown>) {
  const request = await em.findOne(CancellationRequest, { id }, { disableIdentityMap: true });
  const accountId = request && (await accountsOf(em, [request])).get(id)?.accountId;
  if (!request || !accountId) throw notFound('removal request');
  const over = await contentOver(em, accountId, { purchaseId: request.purchaseId, entitlement: null });
  return { request, accountId, over };
}

const list = definePlatformRoute({
  method: 'get',
  path,
  tag,
  operationId: 'listRemovalRequests',
  summary: 'List what accounts have asked to be removed, the longest waiting first',
  query: z.strictObject({ ...pageQuery, state: requestState.optional() }),
  answers: { 200: pageOf(removalSchema) },
  async handle({ unscoped, query: { limit, cursor, state } }) {
    const { em, now } = await within(unscoped);
    const page = await listRemovals(em, { state }, readPage({ limit, cursor }, REQUEST_ORDER));
    return { status: 200, body: toShownPage(page, await toApiRemovals(em, page.rows, now)) };
  },
});

const read = definePlatformRoute({
  method: 'get',
  path: `${path}/{requestId}`,
  tag,
  operationId: 'getRemovalRequest',
  summary: 'Read what an account has asked to be removed',
  params,
  answers: { 200: removalSchema },
  async handle(call) {
    const inside = await within(call.unscoped);
    return { status: 200, body: await viewOf(inside, (await theRemoval(inside, call)).request) };
  },
});

async function viewOf({ em, now }: Within, request: CancellationRequest) {
  const [shown] = await toApiRemovals(em, [request], now);
  if (!shown) throw notFound('removal request');
  return shown;
}

const confirm = definePlatformRoute({
  method: 'post',
  path: `${path}/{requestId}/confirm-content`,
  tag,
  operationId: 'confirmContentOfRemoval',
  audit: { left: ['account.kept_content_confirmed'] },
  summary: 'Confirm what the account has listed to keep; the rest is archived with the removal',
  params,
  body: z.strictObject({}),
  example: {},
  answers: { 200: removalSchema },
  problems: [409],
  async handle(call) {
    const inside = await within(call.unscoped);
    const { request, over, accountId } = await theRemoval(inside, call);
    if (request.state !== 'open') throw notOpen();
    const kept = listToConfirm(over);
    const own = scopeTo(call.unscoped.fork({ keepTransactionContext: true }), accountId);
    const account = await own.findOneOrFail(Account, { id: accountId });
    await confirmKept(own, kept, call.caller.actor, nowOf(account));
    return { status: 200, body: await viewOf(inside, request) };
  },
});

const notOpen = (): Problem => wrongState('This request was withdrawn, or carried out, already.');

const remove = definePlatformRoute({
  method: 'post',
  path: `${path}/{requestId}/remove`,
  location: '/v1/commands/{id}',
  tag,
  operationId: 'removeAddOn',
  audit: leavesCommand('cancel', 'money-back'),
  summary: 'Remove the add-on now: credits are forfeited, calls and seats canceled, money back as it was asked for',
  description: 'Refused while content is too much and what the account keeps of it is not confirmed.',
  params,
  body: removeBody,
  example: { dryRun: true },
  answers: { 200: removeAnswer, 202: pendingCommandSchema },
  problems: [402, 404, 409],
  writes: 'own',
  handle: removeAddOn,
});

async function removeAddOn(call: OneCall<z.output<typeof removeBody>>, deps: VerbDeps): Promise<Served> {
  const inside = await within(call.unscoped.fork());
  const { request, over } = await theRemoval(inside, call);
  const { excess, state } = over;
  const { em, platform: account, now } = inside;
  const withContent = async (served: Served): Promise<Served> =>
    call.body.dryRun ? { ...served, body: { ...(served.body as object), content: { state, excess } } } : served;
  const asking = { ...call, em, account, now, params: { purchaseId: request.purchaseId }, view: withContent };
  // Judged by the instant at which it was asked, whatever has passed since [R20.4].
  const requestId = request.id;
  if (request.refundWanted)
    return askVerb('money-back', { ...asking, body: { ...call.body, override: false, requestId } as never }, deps);
  return askVerb(
    'cancel',
    { ...asking, body: { ...call.body, when: 'now', cancelAt: null, requestId } as never },
    deps,
  );
}

export const removalRoutes = { list, read, confirm, remove };

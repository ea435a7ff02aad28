import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { addOnFor } from '../../db/platform/for-account.ts';
import { BILLING, MONEY_READERS } from '../auth/roles.ts';
import { notFound } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute, type AccountCall, type Served } from '../http/route.ts';
import { acceptedSchema, requestBody } from '../people/customer-verb-schema.ts';
import { askOfRequest, type Asked, type RequestDeps } from '../verbs/ask-of-request.ts';
import { accessSchema } from './access-schema.ts';
import { toApiAccess } from './access-view.ts';
import { atPlatform } from './at-platform.ts';

const common = {
  path: '/v1/account/access/removal-request',
  tag: 'Account',
  roles: BILLING,
  answers: { 200: accessSchema, 202: acceptedSchema },
  location: '/v1/account/access',
  problems: [404, 409],
  writes: 'own',
} as const;

type Call<Body> = AccountCall<unknown, unknown, Body>;

const make = defineRoute({
  ...common,
  method: 'post',
  operationId: 'requestRemoval',
  audit: leavesCommand('request-cancellation'),
  summary: 'Ask that the add-on be removed; nothing changes until an operator removes it',
  description: 'Money back is for what is asked within the refund window: later it is 422.',
  body: requestBody,
  example: { reason: 'We need it no longer', refundWanted: false },
  async handle(call: Call<z.output<typeof requestBody>>, deps: RequestDeps) {
    const { reason = null, refundWanted } = call.body;
    const commandId = uuid();
    const input = { requestId: commandId, refundWanted };
    return ask(call, () => ({ name: 'request-cancellation', commandId, input, reason }), deps);
  },
});

const withdraw = defineRoute({
  ...common,
  method: 'delete',
  operationId: 'withdrawRemovalRequest',
  audit: leavesCommand('withdraw-cancellation-request'),
  summary: 'Withdraw the request, while the add-on has not been removed',
  handle: (call: Call<unknown>, deps: RequestDeps) =>
    ask(
      call,
      (requestId) => ({ name: 'withdraw-cancellation-request', commandId: uuid(), input: { requestId }, reason: null }),
      deps,
    ),
});

/** A command of the platform's purchase, in the name of whoever of the account asks. */
async function ask(call: Call<unknown>, toAsked: (standing: string) => Asked, deps: RequestDeps): Promise<Served> {
  const at = await atPlatform(call);
  const addOn = await addOnFor(at);
  if (!addOn) throw notFound('add-on');
  const { keyed, requestId, caller } = call;
  const seesMoney = MONEY_READERS.includes(caller.role);
  const view = async (served: Served): Promise<Served> => {
    if (served.status === 202) return { status: 202, body: { status: 'pending' } };
    if (served.status !== 200) return served;
    return { ...served, body: await toApiAccess({ ...at, em: at.em.fork() }, seesMoney) };
  };
  const asking = { em: at.em, account: at.platform, now: at.now, actor: caller.actor, keyed, requestId, view };
  const asked = toAsked(addOn.snapshot.cancellationRequest?.id ?? '');
  return askOfRequest({ ...asking, params: { purchaseId: addOn.id } }, asked, deps);
}

export const removalRequestRoutes = { make, withdraw };

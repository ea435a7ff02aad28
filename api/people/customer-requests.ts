import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { leavesCommand } from '../http/audit.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { idParams } from '../http/fields.ts';
import { askOfRequest, type RequestCall, type RequestDeps } from '../verbs/ask-of-request.ts';
import { answered, theirPurchase, type OneCall } from './customer-purchases.ts';
import { acceptedSchema, myVerbAnswer, requestBody } from './customer-verb-schema.ts';

const request = {
  path: '/v1/me/purchases/{purchaseId}/cancellation-request',
  tag: 'Customer',
  params: idParams('purchaseId'),
  answers: { 200: myVerbAnswer, 202: acceptedSchema },
  location: '/v1/me/purchases/{purchaseId}',
  problems: [404, 409],
  writes: 'own',
} as const;

const make = defineCustomerRoute({
  ...request,
  method: 'post',
  operationId: 'requestMyCancellation',
  audit: leavesCommand('request-cancellation'),
  summary: 'Ask that a purchase be canceled, where its offer says so; nothing changes until the site decides',
  body: requestBody,
  example: { reason: 'We are moving away', refundWanted: false },
  async handle(call: OneCall<z.output<typeof requestBody>>, deps: RequestDeps) {
    await theirPurchase(call.em, call.contact, call.params.purchaseId);
    const { reason = null, refundWanted } = call.body;
    const commandId = uuid();
    const input = { requestId: commandId, refundWanted };
    return askOfRequest(ofCustomer(call, deps), { name: 'request-cancellation', commandId, input, reason }, deps);
  },
});

const withdraw = defineCustomerRoute({
  ...request,
  method: 'delete',
  operationId: 'withdrawMyCancellationRequest',
  audit: leavesCommand('withdraw-cancellation-request'),
  summary: 'Withdraw the request, while nobody has decided on it',
  async handle(call: OneCall<unknown>, deps: RequestDeps) {
    const { snapshot } = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    const input = { requestId: snapshot.cancellationRequest?.id ?? '' };
    const asked = { name: 'withdraw-cancellation-request', commandId: uuid(), input, reason: null } as const;
    return askOfRequest(ofCustomer(call, deps), asked, deps);
  },
});

/** Of the answer, what a customer may know. */
function ofCustomer(call: OneCall<unknown>, { publicUrl }: RequestDeps): RequestCall {
  const { em, account, now, contact, keyed, requestId, params } = call;
  const actor = { kind: 'customer', id: contact.id } as const;
  return { em, account, now, actor, keyed, requestId, params, view: (served) => answered(served, call, publicUrl) };
}

export const customerRequestRoutes = { make, withdraw };

import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { promotionOf } from '../../db/catalog/promotion-codes.ts';
import { selfPauseOf } from '../../workflows/domain/settings.ts';
import { invalid, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { askOfRequest, type Asked, type RequestDeps } from '../verbs/ask-of-request.ts';
import { latestEnd } from './customer-pauses.ts';
import { answered, isRepeat, ownVerb, theirPurchase, type OneCall } from './customer-purchases.ts';
import { acceptedSchema, myRetentionAnswer, retentionBody } from './customer-verb-schema.ts';
import { offeredInstead, type Offered } from './offered-instead.ts';

type Call = OneCall<z.output<typeof retentionBody>>;

const take = defineCustomerRoute({
  ...ownVerb,
  path: '/v1/me/purchases/{purchaseId}/retention-offer',
  operationId: 'takeRetentionOffer',
  audit: leavesCommand('pause', 'apply-code'),
  summary: 'Take what the site offers in place of a cancellation: a pause, or a promotion code',
  description:
    'What is offered, the preview of `cancelMyPurchase` says. A code takes the place of any other discount from the next charge on.',
  body: retentionBody,
  example: { dryRun: true },
  answers: { 200: myRetentionAnswer, 202: acceptedSchema },
  async handle(call: Call, deps: RequestDeps) {
    const purchase = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    const offered = await offeredInstead(call, purchase);
    if (!offered && !(await isRepeat(call)))
      throw new Problem(409, 'wrong_state', { detail: 'Nothing is offered in place of canceling it.' });
    const { em, account, now, contact, keyed, requestId, params } = call;
    const taken = takenOf(call, offered ?? { kind: 'pause' });
    const view = (served: Parameters<typeof answered>[0]) =>
      answered(served, call, deps.publicUrl, ({ planHash, money }) => ({ planHash, money, ...taken.shown }));
    const asking = { em, account, now, keyed, requestId, params, view };
    const { dryRun, planHash = null } = call.body;
    const command = { ...taken.command, commandId: uuid(), reason: null, dryRun, planHash };
    return askOfRequest({ ...asking, actor: { kind: 'customer', id: contact.id } }, command, deps);
  },
});

type Taken = { command: Pick<Asked, 'name' | 'input'>; shown: object };

/** @throws Problem 422 for a pause that is too long */
function takenOf({ account, now, body }: Call, offered: Offered): Taken {
  if (offered.kind === 'promotion_code') {
    const shown = { kind: 'promotion_code', resumeAt: null, suspendsAccess: false };
    return { command: { name: 'apply-code', input: { promotion: promotionOf(offered.code) } }, shown };
  }
  const allowed = selfPauseOf(account.settings);
  const latest = latestEnd(allowed, now);
  const { resumeAt = latest } = body;
  if (resumeAt > latest) throw invalid('resumeAt', `must be at most ${allowed.mostDays} days away`);
  const { access } = allowed;
  const shown = { kind: 'pause', resumeAt, suspendsAccess: access === 'suspend' };
  return { command: { name: 'pause', input: { resumeAt, access, isRetention: true } }, shown };
}

export const customerRetentionRoutes = { take };

import { z } from 'zod';
import { scopeTo } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import { enterPlatform, planFor } from '../../db/platform/for-account.ts';
import { PLAN_GROUP } from '../../db/platform/platform-offers.ts';
import { freeText, givenId, idParams } from '../http/fields.ts';
import { invalid, notFound, wrongState } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { definePlatformRoute } from '../http/route.ts';
import { doneSchema, pendingCommandSchema } from '../inbox/command-schema.ts';
import type { CommandDeps } from '../inbox/follow.ts';
import { askGrant } from '../purchase/grants.ts';

const grantPlan = definePlatformRoute({
  method: 'post',
  path: '/v1/operator/accounts/{accountId}/plan',
  tag: 'Operators',
  operationId: 'grantPlanToAccount',
  audit: leavesCommand('grant'),
  location: '/v1/commands/{id}',
  summary: 'Give an account without a plan one of the platform’s, without billing',
  description:
    'An account that has a plan changes it, with `POST /v1/account/plan` and `Perennial-Account`. What was granted is revoked at the platform’s account.',
  params: idParams('accountId'),
  body: z.strictObject({ offerId: givenId, reason: freeText }),
  example: { offerId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', reason: 'A year for the hackathon’s winner' },
  answers: { 200: doneSchema, 202: pendingCommandSchema },
  problems: [409],
  writes: 'own',
  async handle(call, deps: CommandDeps) {
    const { unscoped, params, body } = call;
    const at = await enterPlatform(scopeTo(unscoped.fork(), params.accountId));
    if (!at) throw notFound('account');
    const isPlan = await at.em.findOne(Offer, { id: body.offerId, groupName: PLAN_GROUP });
    if (!isPlan) throw invalid('offerId', 'must be one of the platform’s plans');
    const plan = await planFor(at);
    if (plan && plan.accessStatus !== 'none') throw wrongState('It has a plan: change that one.');
    const granted = { ...body, forAccountId: at.forAccountId, skipConfirmation: false, skipWelcome: true };
    return askGrant({ ...call, em: at.em, account: at.platform, now: at.now, body: granted }, deps);
  },
});

export const grantPlanRoutes = { grantPlan };

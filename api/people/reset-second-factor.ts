import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { hasSecondFactor } from '../../db/people/second-factors.ts';
import { resetSecondFactor } from '../../db/people/reset-second-factor.ts';
import { OWNERS } from '../auth/roles.ts';
import { freeText, idParams } from '../http/fields.ts';
import { wrongState } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { adminSchema, adminView, theAdmin } from './admins.ts';

const reset = defineRoute({
  method: 'post',
  path: '/v1/admins/{adminId}/reset-second-factor',
  tag: 'Account',
  operationId: 'resetSecondFactor',
  audit: { left: ['admin.second_factor_reset'] },
  summary: 'Take away the second factor of another admin who has lost it; they are signed out, and told',
  description: 'The owner’s own is taken away by operators alone.',
  params: idParams('adminId'),
  roles: OWNERS,
  body: z.strictObject({ reason: freeText.nullable().optional() }),
  example: { reason: 'The phone is lost' },
  answers: { 200: adminSchema },
  problems: [409],
  async handle(call, { wakes }: { wakes: Pick<Wakes, 'startMail'> }) {
    const { em, body, caller, account, afterCommit } = call;
    const admin = await theAdmin(call);
    const isForOperators = admin.role === 'owner' && (caller.role !== 'operator' || account.isPlatform);
    if (isForOperators || admin.id === caller.actor.id) throw wrongState(OF_THEIR_OWN);
    if (!(await hasSecondFactor(em, admin.id))) throw wrongState('They have no second factor.');
    const emailId = await resetSecondFactor(em, admin, { actor: caller.actor, reason: body.reason ?? null });
    if (emailId) afterCommit(() => wakes.startMail(emailId));
    return { status: 200, body: await adminView(em, admin) };
  },
});

const OF_THEIR_OWN = 'Nobody resets their own second factor, nor that of an owner: ask support.';

export const resetSecondFactorRoutes = { reset };

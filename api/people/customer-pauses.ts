import type { z } from 'zod';
import { countOwnPauses } from '../../db/purchase/own-pauses.ts';
import { pauseOf } from '../../workflows/domain/billing-parts.ts';
import { addDays, type Instant, toWholeSecond } from '../../workflows/domain/instant.ts';
import { selfPauseOf, type SelfPause } from '../../workflows/domain/settings.ts';
import { mayResume } from '../../workflows/verbs/by-customer.ts';
import { invalid, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';
import { isRepeat, ownVerb, theirPurchase, verbCall, type OneCall } from './customer-purchases.ts';
import { acceptedSchema, myPauseAnswer, myVerbAnswer, pauseBody, undoBody } from './customer-verb-schema.ts';

const pause = defineCustomerRoute({
  ...ownVerb,
  path: '/v1/me/purchases/{purchaseId}/pause',
  operationId: 'pauseMyPurchase',
  audit: leavesCommand('pause'),
  summary: 'Pause payments until a date, if the site lets its customers do so',
  description: 'Without `resumeAt` it lasts as long as the site allows. It resumes by itself.',
  body: pauseBody,
  example: { resumeAt: '2027-03-01T09:00:00Z', dryRun: true },
  answers: { 200: myPauseAnswer, 202: acceptedSchema },
  async handle(call: OneCall<z.output<typeof pauseBody>>, deps: VerbDeps) {
    const { em, account, now, params } = call;
    await theirPurchase(em, call.contact, params.purchaseId);
    const allowed = selfPauseOf(account.settings);
    const latest = latestEnd(allowed, now);
    const resumeAt = call.body.resumeAt ?? latest;
    if (!(await isRepeat(call))) {
      checkAllowed(allowed, await countOwnPauses(em, params.purchaseId, now));
      if (resumeAt > latest) throw invalid('resumeAt', `must be at most ${allowed.mostDays} days away`);
    }
    const { access } = allowed;
    const body = { ...call.body, resumeAt, access };
    const shown = verbCall(call, body, deps, ({ planHash, money }) => {
      return { planHash, money, resumeAt, suspendsAccess: access === 'suspend' };
    });
    return askVerb('pause', shown, deps);
  },
});

/** In whole seconds, as Stripe has it. */
export const latestEnd = ({ mostDays }: SelfPause, now: Instant): Instant => toWholeSecond(addDays(now, mostDays));

/** @throws Problem 403, 409 */
function checkAllowed({ isOn, mostAYear }: SelfPause, paused: number): void {
  if (!isOn) throw new Problem(403, 'forbidden', { detail: 'This site pauses for you: write to its support.' });
  if (paused < mostAYear) return;
  const times = mostAYear === 1 ? 'once' : `${mostAYear} times`;
  throw new Problem(409, 'pauses_used_up', {
    detail: `You have paused it ${times} within a year, which is all there is.`,
  });
}

const resume = defineCustomerRoute({
  ...ownVerb,
  path: '/v1/me/purchases/{purchaseId}/resume',
  operationId: 'resumeMyPurchase',
  audit: leavesCommand('resume'),
  summary: 'End a pause that the customer asked for; payments go on at the next regular date',
  body: undoBody,
  example: {},
  answers: { 200: myVerbAnswer, 202: acceptedSchema },
  async handle(call: OneCall<z.output<typeof undoBody>>, deps: VerbDeps) {
    const { snapshot } = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    if (pauseOf(snapshot.billing) !== null && !mayResume(snapshot, call.now) && !(await isRepeat(call)))
      throw new Problem(403, 'forbidden', { detail: 'The site has paused it: write to its support.' });
    return askVerb('resume', verbCall(call, call.body, deps), deps);
  },
});

export const customerPauseRoutes = { pause, resume };

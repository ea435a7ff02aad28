import type { z } from 'zod';
import type { Expert } from '../../db/entities/expert.ts';
import { tell } from '../../db/platform/audit-log.ts';
import type { Scoped, Unscoped } from '../../db/account-scope.ts';
import { acceptedSchema } from '../people/customer-verb-schema.ts';
import { addTimeOff, removeTimeOff } from '../credits/time-off.ts';
import { newTimeOff, timeOffSchema } from '../credits/expert-schema.ts';
import { givenId } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { definePublicRoute, type PublicCall, type Served } from '../http/route.ts';
import type { RequestDeps } from '../verbs/ask-of-request.ts';
import { jobSchema } from '../jobs/job-schema.ts';
import { callById, changeBooking, type BookingCall } from './ask-booking.ts';
import { askToCancel, type CancelBookingsDeps } from './cancel-bookings.ts';
import { cancelBookingsBody, cancelBookingsPreview } from './cancel-bookings-schema.ts';
import { callSchema, endBody, myCancelBody, myPreview } from './call-schema.ts';
import { toApiCalls, toBookersPreview } from './call-view.ts';
import { enterPage, tokenParams, type ExpertPageDeps } from './expert-page.ts';

const PAGE = '/v1/public/experts/{expertToken}';
const tag = 'Public';
const common = { tag, perMinute: 30 } as const;

const callParams = tokenParams.extend({ callId: givenId });
type Params = z.output<typeof callParams>;
type Deps = RequestDeps & ExpertPageDeps;

const ofCall = {
  ...common,
  method: 'post',
  params: callParams,
  answers: { 200: callSchema.or(myPreview), 202: acceptedSchema },
  location: PAGE,
  problems: [404, 409],
  writes: 'own',
} as const;

const callAnswer = async (em: Scoped, id: string): Promise<Served> => {
  const [body] = await toApiCalls(em, [await callById(em, id)]);
  return { status: 200, body };
};

/** A call of the expert's own. @throws Problem 404 */
async function bookingOf(unscoped: Unscoped, params: Params, requestId: string, deps: Deps): Promise<BookingCall> {
  const { expert, ...entered } = await enterPage(unscoped, params.expertToken, deps);
  const call = await callById(entered.em, params.callId);
  if (call.expertId !== expert.id) throw notFound('call');
  const answered = { toAnswer: callAnswer, toPreview: toBookersPreview };
  return { ...entered, ...answered, keyed: null, requestId, purchaseId: call.purchaseId };
}

type Asks<Body> = PublicCall<Params, unknown, Body>;

const cancel = definePublicRoute({
  ...ofCall,
  path: `${PAGE}/calls/{callId}/cancel`,
  operationId: 'cancelCallAsExpert',
  audit: leavesCommand('cancel-call'),
  summary: 'Cancel a call as its expert: the credit returns, and is good for at least 30 more days',
  body: myCancelBody,
  example: { dryRun: true },
  async handle({ unscoped, params, requestId, body }: Asks<z.output<typeof myCancelBody>>, deps: Deps) {
    const input = { callId: params.callId, by: 'site' };
    const call = await bookingOf(unscoped, params, requestId, deps);
    return changeBooking(call, { id: input.callId, name: 'cancel-call', input, body }, deps);
  },
});

const marks = (outcome: 'held' | 'no_show', path: `${typeof PAGE}/${string}`, operationId: string, summary: string) =>
  definePublicRoute({
    ...ofCall,
    path,
    operationId,
    audit: leavesCommand('end-call'),
    summary,
    body: endBody,
    example: {},
    async handle({ unscoped, params, requestId, body }: Asks<z.output<typeof endBody>>, deps: Deps) {
      const input = { callId: params.callId, outcome };
      const call = await bookingOf(unscoped, params, requestId, deps);
      return changeBooking(call, { id: input.callId, name: 'end-call', input, body }, deps);
    },
  });

const held = marks('held', `${PAGE}/calls/{callId}/held`, 'markCallHeldAsExpert', 'Mark a call as held, as its expert');
const noShow = marks(
  'no_show',
  `${PAGE}/calls/{callId}/no-show`,
  'markCallMissedAsExpert',
  'Mark that the booker did not come, as the expert',
);

const byExpert = ({ id, accountId }: Expert) => ({
  accountId,
  subjectId: id,
  actor: { kind: 'expert', id } as const,
});

const away = definePublicRoute({
  ...common,
  method: 'post',
  path: `${PAGE}/time-off`,
  location: PAGE,
  operationId: 'addTimeOffAsExpert',
  audit: { left: ['expert.time_off_added'] },
  summary: 'Add time off, as the expert; what is booked stays as it is',
  params: tokenParams,
  body: newTimeOff,
  example: { from: '2027-08-02', to: '2027-08-13' },
  answers: { 201: timeOffSchema },
  async handle({ unscoped, params, body }, deps: ExpertPageDeps) {
    const { em, expert, now } = await enterPage(unscoped, params.expertToken, deps);
    await tell(em, { kind: 'expert.time_off_added', ...byExpert(expert), after: body });
    return { status: 201, body: await addTimeOff(em, expert, body, now) };
  },
});

const back = definePublicRoute({
  ...common,
  method: 'delete',
  path: `${PAGE}/time-off/{timeOffId}`,
  operationId: 'removeTimeOffAsExpert',
  audit: { left: ['expert.time_off_removed'] },
  summary: 'Remove time off, as the expert',
  params: tokenParams.extend({ timeOffId: givenId }),
  answers: { 204: null },
  async handle({ unscoped, params }, deps: ExpertPageDeps) {
    const { em, expert } = await enterPage(unscoped, params.expertToken, deps);
    await removeTimeOff(em, expert, params.timeOffId);
    await tell(em, { kind: 'expert.time_off_removed', ...byExpert(expert) });
    return { status: 204 };
  },
});

const cancelDays = definePublicRoute({
  ...common,
  method: 'post',
  path: `${PAGE}/cancel-bookings`,
  location: PAGE,
  operationId: 'cancelBookingsAsExpert',
  audit: { left: ['expert.bookings_canceled'] },
  summary: 'Cancel all that is booked for some days, as the expert, who is away then',
  params: tokenParams,
  body: cancelBookingsBody,
  example: { from: '2027-03-15', to: '2027-03-15', dryRun: true },
  answers: { 200: cancelBookingsPreview, 202: jobSchema },
  async handle({ unscoped, params, body, afterCommit }, deps: ExpertPageDeps & CancelBookingsDeps) {
    const entered = await enterPage(unscoped, params.expertToken, deps);
    const { em, expert } = entered;
    if (!body.dryRun) await tell(em, { kind: 'expert.bookings_canceled', ...byExpert(expert), after: body });
    return askToCancel({ ...entered, afterCommit }, body, deps);
  },
});

export const expertVerbRoutes = { cancel, held, noShow, away, back, cancelDays };

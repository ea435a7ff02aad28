import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { whoIsBooked, type Booked as People } from '../../db/calls/bookings.ts';
import type { Call as CallRow } from '../../db/entities/call.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Expert } from '../../db/entities/expert.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { bookedIn, cancelBookings, type Absence } from '../../db/jobs/cancel-bookings.ts';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { plan } from '../../workflows/verbs/plan.ts';
import { PEOPLE } from '../auth/roles.ts';
import { theExpert } from '../credits/experts.ts';
import { readTimeOff } from '../credits/time-off.ts';
import { idParams } from '../http/fields.ts';
import { invalid } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { jobSchema } from '../jobs/job-schema.ts';
import { wakeForAll } from '../jobs/wake-for-all.ts';
import { jobView } from '../jobs/job-view.ts';
import { CREDIT_FATES } from './call-schema.ts';
import { cancelBookingsBody, cancelBookingsPreview } from './cancel-bookings-schema.ts';

/** Long enough for an illness, and short enough for one answer. */
const MOST_DAYS = 7;

export type CancelBookingsDeps = { wakes: Pick<Wakes, 'wake'> };

type Body = z.output<typeof cancelBookingsBody>;
/** Who asks, and for which expert. */
export type Asking = {
  em: Scoped;
  account: Account;
  now: Instant;
  actor: Actor;
  expert: Expert;
  afterCommit: (work: () => Promise<void>) => void;
};

/** A preview, or the job that has begun with all of its commands. */
export async function askToCancel(asking: Asking, body: Body, { wakes }: CancelBookingsDeps) {
  const { em, account, now, actor, expert, afterCommit } = asking;
  const absence = { expertId: expert.id, ...readAbsence(body, expert, now) };
  if (body.dryRun) return { status: 200 as const, body: await previewOf(asking, absence) };
  const asked = { ...absence, accountId: account.id, actor, reason: body.reason ?? null, now };
  const { job, commands } = await cancelBookings(em, asked);
  // The sweep finds those that are not woken.
  afterCommit(() => wakeForAll(commands, wakes));
  return { status: 202 as const, body: await jobView(em, job) };
}

/** @throws Problem 422 */
function readAbsence(body: Body, { timeZone }: Expert, now: Instant): Omit<Absence, 'expertId'> {
  const { startsAt, endsAt } = readTimeOff(body, timeZone);
  if (endsAt <= now) throw invalid('to', 'must lie ahead');
  if (endsAt > addDays(startsAt, MOST_DAYS)) throw invalid('to', `must be at most ${MOST_DAYS} days later`);
  return { startsAt, endsAt };
}

type Preview = z.input<typeof cancelBookingsPreview>;

async function previewOf({ em, account, now, actor }: Asking, absence: Absence): Promise<Preview> {
  const { calls, seats } = await bookedIn(em, absence, now);
  const people = await whoIsBooked(em, [...calls, ...seats]);
  const purchases = await em.find(Purchase, { id: { $in: calls.map(({ purchaseId }) => purchaseId) } });
  const states = new Map(purchases.map(({ id, snapshot }) => [id, snapshot]));
  const context = { now, actor, settings: account.settings };
  return {
    status: 'preview',
    startsAt: absence.startsAt,
    endsAt: absence.endsAt,
    calls: calls.map((call) => ({ ...shown(call, people), ...creditOf(states.get(call.purchaseId), call, context) })),
    seats: seats.map((seat) => shown(seat, people)),
  };
}

type Booking = Pick<CallRow, 'id' | 'purchaseId' | 'contactId' | 'startsAt' | 'endsAt'>;

const shown = ({ id, purchaseId, contactId, startsAt, endsAt }: Booking, { contacts }: People) => {
  const bookerName = contacts.get(contactId)?.name ?? null;
  return { id, purchaseId, bookerName, startsAt, endsAt };
};

/** What becomes of the credit, by the plan that the command will have. */
function creditOf(state: PurchaseState | undefined, call: Booking, context: Parameters<typeof plan>[3]) {
  if (!state) return { credit: 'none' as const, creditExpiresAt: null };
  const { data, ledger, next } = plan('cancel-call', state, { callId: call.id, by: 'site' }, context);
  const credit = CREDIT_FATES.find((fate) => fate === data.credit) ?? 'none';
  const open = next.credits?.open.find(({ id }) => id === ledger[0]?.credit);
  return { credit, creditExpiresAt: open?.expiresAt ?? null };
}

const cancel = defineRoute({
  method: 'post',
  path: '/v1/experts/{expertId}/cancel-bookings',
  tag: 'Experts',
  operationId: 'cancelBookingsOfExpert',
  audit: { kind: 'expert.bookings_canceled', says: ['from', 'to'] },
  location: '/v1/jobs/{id}',
  summary: 'Cancel all that is booked with an expert for some days, who is away then: credits return',
  description:
    'Adds the time off, and puts one cancellation into the inbox of each purchase; the job says how far they are. Whatever the hour, credits return and are good for at least 30 more days.',
  roles: PEOPLE,
  params: idParams('expertId'),
  body: cancelBookingsBody,
  example: { from: '2027-03-15', to: '2027-03-15', reason: 'Ill.', dryRun: true },
  answers: { 200: cancelBookingsPreview, 202: jobSchema },
  async handle(call: AccountCall<{ expertId: string }, unknown, Body>, deps: CancelBookingsDeps) {
    const { em, account, now, caller, afterCommit } = call;
    const asking = { em, account, now, actor: caller.actor, expert: await theExpert(call), afterCommit };
    return askToCancel(asking, call.body, deps);
  },
});

export const cancelBookingsRoutes = { cancel };

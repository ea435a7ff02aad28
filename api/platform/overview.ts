import { Temporal } from 'temporal-polyfill';
import { countToSee, figuresOfDay, listUpcoming } from '../../db/platform/overview.ts';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { toApiCounts } from '../http/counts.ts';
import { daysAhead, dayIn } from './days-ahead.ts';
import { defineRoute } from '../http/route.ts';
import { overviewSchema } from './overview-schema.ts';
import { MONEY_READERS } from '../auth/roles.ts';

const NEXT = 15;

const read = defineRoute({
  method: 'get',
  path: '/v1/overview',
  tag: 'Account',
  operationId: 'getOverview',
  summary: "Read what needs attention, what comes next, and today's figures",
  roles: MONEY_READERS,
  answers: { 200: overviewSchema },
  async handle({ em, account, now, caller }) {
    const { from, to } = dayOf(now, account.timeZone);
    const due = await listUpcoming(em, NEXT + 1, now);
    const [upcoming, after] = [due.slice(0, NEXT), due[NEXT]];
    const body = {
      now,
      attention: toApiCounts(await countToSee(em, caller.role === 'operator')),
      upcoming: upcoming.map(({ contact, offer, ...one }) => ({
        ...one,
        day: dayIn(account.timeZone, one.at),
        contact: { id: contact.id, email: contact.email, name: contact.name },
        offer: { id: offer.id, name: offer.name },
      })),
      upcomingDays: daysAhead(upcoming, after, account.timeZone),
      today: { from, to, ...(await figuresOfDay(em, from, to)) },
    };
    return { status: 200, body };
  },
});

/** The day of an instant in a zone, [from, to); 23 or 25 hours long where clocks are changed. */
function dayOf(at: Instant, timeZone: string): { from: Instant; to: Instant } {
  const from = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).startOfDay();
  return { from: fromMs(from.epochMilliseconds), to: fromMs(from.add({ days: 1 }).startOfDay().epochMilliseconds) };
}

export const overviewRoutes = { read };

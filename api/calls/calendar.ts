import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { callsBetween, timeOffBetween } from '../../db/calls/calendar.ts';
import { findOfficeDates, type OfficeDate } from '../../db/calls/office-dates.ts';
import { BOOKABLE_DAYS } from '../../db/credits/open-slots.ts';
import { Expert } from '../../db/entities/expert.ts';
import { openSpan } from '../../workflows/domain/access.ts';
import { addDays, earliest, fromMs, latest, type Instant } from '../../workflows/domain/instant.ts';
import { PEOPLE } from '../auth/roles.ts';
import { timeOffSchema } from '../credits/expert-schema.ts';
import { myOfficeDateSchema, officeDateSchema } from '../credits/office-hours-schema.ts';
import { boundAt, dayOrInstant } from '../http/day-or-instant.ts';
import { givenId } from '../http/fields.ts';
import { invalid } from '../http/problem.ts';
import { defineCustomerRoute, defineRoute } from '../http/route.ts';
import { theirPurchase } from '../people/customer-purchases.ts';
import { callExpert, callSchema } from './call-schema.ts';
import { toApiCalls } from './call-view.ts';

const MOST_DAYS = 42;

const query = z.strictObject({
  from: dayOrInstant.describe('What ends after this.'),
  to: dayOrInstant.describe(`What begins before this, ${MOST_DAYS} days later at the most.`),
  expertId: givenId.optional().describe('Without it, everybody.'),
});

const calendarSchema = z
  .strictObject({
    calls: z.array(callSchema).describe('Those that are booked, held or missed.'),
    officeHours: z.array(officeDateSchema),
    timeOff: z.array(timeOffSchema.extend({ expert: callExpert })),
  })
  .meta({ id: 'Calendar', description: 'What experts have, each part with the earliest first.' });

const calendar = defineRoute({
  method: 'get',
  path: '/v1/calendar',
  tag: 'Calls',
  operationId: 'getCalendar',
  summary: 'Read the calls, office hours and time off of some days, of one expert or of all',
  roles: PEOPLE,
  query,
  answers: { 200: calendarSchema },
  async handle({ em, account, query: { from, to, expertId } }) {
    const range = { from: boundAt(from, account.timeZone), until: boundAt(to, account.timeZone), expertId };
    if (range.until <= range.from) throw invalid('to', 'must be later than `from`');
    if (range.until > addDays(range.from, MOST_DAYS)) throw invalid('to', `must be within ${MOST_DAYS} days`);
    const [calls, dates, off] = [
      await callsBetween(em, range),
      await findOfficeDates(em, range),
      await timeOffBetween(em, range),
    ];
    const expertOf = await expertsOf(em, [...dates.map(({ block }) => block.expertId), ...off.map(ofWhom)]);
    const body = {
      calls: await toApiCalls(em, calls),
      officeHours: dates.map((one) => ({ ...toApiDate(one, expertOf(one.block.expertId)), booked: one.booked })),
      timeOff: off.map(({ id, startsAt, endsAt, expertId: whose }) => ({
        id,
        startsAt,
        endsAt,
        expert: expertOf(whose),
      })),
    };
    return { status: 200, body };
  },
});

const ofWhom = ({ expertId }: { expertId: string }): string => expertId;

type NamedExpert = z.input<typeof callExpert>;

async function expertsOf(em: Scoped, ids: readonly string[]): Promise<(id: string) => NamedExpert> {
  const experts = await em.find(Expert, { id: { $in: [...new Set(ids)] } });
  const named = new Map(experts.map(({ id: expertId, name, timeZone }) => [expertId, { name, timeZone }]));
  return (expertId) => ({ id: expertId, ...(named.get(expertId) ?? { name: '', timeZone: 'UTC' }) });
}

const toApiDate = ({ block, date, startMs, endMs }: OfficeDate, expert: NamedExpert) => ({
  blockId: block.id,
  date,
  startsAt: fromMs(startMs),
  endsAt: fromMs(endMs),
  timeZone: block.timeZone,
  expert,
  seats: block.seats,
});

const listMine = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/office-hours',
  tag: 'Customer',
  operationId: 'listMyOfficeHours',
  summary: 'List the office hours in which one of their purchases gives seats, the earliest first',
  description: `Up to ${BOOKABLE_DAYS} days ahead, none after a known end of the purchase's access, and none while the host has time off, but for their own seats.`,
  query: z.strictObject({ purchaseId: givenId }),
  problems: [404],
  answers: { 200: z.strictObject({ data: z.array(myOfficeDateSchema) }) },
  async handle({ em, contact, team, now, query: { purchaseId } }) {
    const { snapshot } = await theirPurchase(em, contact, purchaseId, team);
    const span = snapshot.terms.officeHours ? openSpan(snapshot) : null;
    if (span === null) return { status: 200, body: { data: [] } };
    const found = await findOfficeDates(em, { from: now, until: lastBookable(now, span) });
    const dates = found.filter(({ startMs, endMs, seatIds, isOff }) => {
      const isOpen =
        !isOff && fromMs(startMs) > now && fromMs(startMs) >= span.from && !(span.until && span.until < fromMs(endMs));
      return isOpen || seatIds.has(contact.id);
    });
    const expertOf = await expertsOf(
      em,
      dates.map(({ block }) => block.expertId),
    );
    const data = dates.map((one) => ({
      ...toApiDate(one, expertOf(one.block.expertId)),
      free: Math.max(0, one.block.seats - one.booked),
      seatId: one.seatIds.get(contact.id) ?? null,
    }));
    return { status: 200, body: { data } };
  },
});

const lastBookable = (now: Instant, { from, until }: { from: Instant; until: Instant | null }): Instant =>
  latest(earliest(addDays(now, BOOKABLE_DAYS), until) ?? now, from);

const listMyExperts = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/experts',
  tag: 'Customer',
  operationId: 'listMyExperts',
  summary: 'List the experts with whom calls can be booked, by name',
  answers: { 200: z.strictObject({ data: z.array(callExpert) }) },
  async handle({ em }) {
    const found = await em.find(Expert, { archivedAt: null }, { orderBy: { name: 'asc', id: 'asc' }, limit: 200 });
    return {
      status: 200,
      body: { data: found.map(({ id: expertId, name, timeZone }) => ({ id: expertId, name, timeZone })) },
    };
  },
});

export const calendarRoutes = { calendar, listMine, listMyExperts };

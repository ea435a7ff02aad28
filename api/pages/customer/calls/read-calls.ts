import type { z } from 'zod';
import { calendarRoutes } from '../../../calls/calendar.ts';
import type { myCallSchema, mySeatSchema } from '../../../calls/call-schema.ts';
import { customerCallRoutes } from '../../../calls/customer-calls.ts';
import { creditRoutes } from '../../../credits/credits.ts';
import type { myOfficeDateSchema } from '../../../credits/office-hours-schema.ts';
import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { Me, MyPurchase } from '../../../people/customer-schema.ts';
import { addDays } from '../../../../workflows/domain/instant.ts';
import { siteOf, type PageCall, type Site } from '../../page.ts';
import type { Credits } from '../../parts/calls/credit-rows.ts';

export type MyCall = z.output<typeof myCallSchema>;
export type MySeat = z.output<typeof mySeatSchema>;
export type MyOfficeDate = z.output<typeof myOfficeDateSchema>;

/** A purchase with what it gives: credits are null where it gives none. */
export type Giving = { purchase: MyPurchase; credits: Credits | null; dates: MyOfficeDate[] };

/** The site as this customer reads it: with the clock of the zone that they have chosen. */
export const hereOf = (call: PageCall, { timeZone }: Me): Site => {
  const site = siteOf(call);
  return { ...site, timeZone: timeZone ?? site.timeZone };
};

export const readMe = ({ api }: PageCall): Promise<Me> => api.read(customerAccountRoutes.me, {});

/** More than one can have ahead. */
const MOST_AHEAD = '200';
const MOST_PAST = '50';

/** Everything of their calls: what gives them, what comes, and what was. */
export async function readCalls(call: PageCall) {
  const { api } = call;
  const [me, { data: purchases }] = [await readMe(call), await api.read(customerPurchaseRoutes.list, {})];
  const here = hereOf(call, me);
  const ahead = { from: addDays(here.now, -1), limit: MOST_AHEAD, state: 'booked' } as const;
  const back = { to: addDays(here.now, 61), limit: MOST_PAST, order: 'newest' } as const;
  const [calls, seats, pastCalls, pastSeats] = await Promise.all([
    api.read(customerCallRoutes.list, { query: ahead }),
    api.read(customerCallRoutes.listOfSeats, { query: ahead }),
    api.read(customerCallRoutes.list, { query: back }),
    api.read(customerCallRoutes.listOfSeats, { query: back }),
  ]);
  const isAhead = ({ state, endsAt }: MyCall | MySeat): boolean => state === 'booked' && endsAt > here.now;
  return {
    me,
    here,
    giving: await Promise.all(purchases.filter(gives).map((purchase) => readGiving(call, purchase))),
    upcoming: byStart([...calls.data, ...seats.data].filter(isAhead)),
    past: byStart([...pastCalls.data, ...pastSeats.data].filter((one) => !isAhead(one))).reverse(),
    known: [...calls.data, ...pastCalls.data],
  };
}

export type Calls = Awaited<ReturnType<typeof readCalls>>;

const gives = ({ calls, officeHours, isDuplicate }: MyPurchase): boolean =>
  !isDuplicate && (calls !== null || officeHours);

async function readGiving({ api }: PageCall, purchase: MyPurchase): Promise<Giving> {
  const params = { purchaseId: purchase.id };
  const credits = purchase.calls ? await api.read(creditRoutes.readMine, { params }) : null;
  const dates = purchase.officeHours ? (await api.read(calendarRoutes.listMine, { query: params })).data : [];
  return { purchase, credits, dates };
}

const byStart = <One extends { startsAt: string }>(all: readonly One[]): One[] =>
  all.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

export const isSeat = (booking: MyCall | MySeat): booking is MySeat => 'blockId' in booking;

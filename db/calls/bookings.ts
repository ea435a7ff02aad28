import type { Scoped } from '../account-scope.ts';
import { Call } from '../entities/call.ts';
import { Contact } from '../entities/contact.ts';
import { Expert } from '../entities/expert.ts';
import { OfficeHours } from '../entities/office-hours.ts';
import { Seat } from '../entities/seat.ts';
import { given } from '../given.ts';
import { findPage, whereBound, type Page, type PageQuery } from '../page.ts';

/** As calendars show them. */
export const BY_START = { by: 'startsAt', direction: 'asc' } as const;

const LATEST_FIRST = { ...BY_START, direction: 'desc' } as const;

export type BookingFilter = {
  purchaseId?: string | undefined;
  /** Of purchases that are for this account. */
  forAccountId?: string | undefined;
  expertId?: string | undefined;
  contactId?: string | undefined;
  blockId?: string | undefined;
  date?: string | undefined;
  state?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** `newest`: the latest first. */
  order?: 'earliest' | 'newest' | undefined;
};

export const listCalls = (em: Scoped, filter: BookingFilter, page: PageQuery): Promise<Page<Call>> =>
  findPage(em, Call, listed(filter), page);

export const listSeats = (em: Scoped, filter: BookingFilter, page: PageQuery): Promise<Page<Seat>> =>
  findPage(em, Seat, listed(filter), page);

function listed({ from, to, order, forAccountId, ...equal }: BookingFilter) {
  const conditions = [
    ['r.starts_at >= ?', from] as const,
    ['r.starts_at < ?', to] as const,
    [FOR_ACCOUNT, forAccountId] as const,
  ].flatMap((bound) => whereBound([...bound]));
  return { where: given(equal), conditions, order: order === 'newest' ? LATEST_FIRST : BY_START };
}

const FOR_ACCOUNT = 'r.purchase_id in (select id from purchases where for_account_id = ?)';

export const findCall = (em: Scoped, id: string): Promise<Call | null> =>
  em.findOne(Call, { id }, { disableIdentityMap: true });

export const findSeat = (em: Scoped, id: string): Promise<Seat | null> =>
  em.findOne(Seat, { id }, { disableIdentityMap: true });

/** Whom calls and seats are with, and where they are held. */
export type Booked = {
  experts: Map<string, Expert>;
  contacts: Map<string, Contact>;
  blocks: Map<string, OfficeHours>;
};

type Named = { expertId: string; contactId: string; blockId?: string };

export async function whoIsBooked(em: Scoped, bookings: readonly Named[]): Promise<Booked> {
  const experts = await em.find(Expert, { id: { $in: bookings.map(({ expertId }) => expertId) } });
  const contacts = await em.find(Contact, { id: { $in: bookings.map(({ contactId }) => contactId) } });
  const blocks = await em.find(OfficeHours, { id: { $in: bookings.flatMap(({ blockId }) => blockId ?? []) } });
  return { experts: byId(experts), contacts: byId(contacts), blocks: byId(blocks) };
}

const byId = <Row extends { id: string }>(rows: Row[]): Map<string, Row> => new Map(rows.map((row) => [row.id, row]));

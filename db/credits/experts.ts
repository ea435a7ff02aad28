import type { Scoped } from '../account-scope.ts';
import { ExpertCalendar } from '../entities/expert-calendar.ts';
import { ExpertTimeOff } from '../entities/expert-time-off.ts';
import { Expert } from '../entities/expert.ts';
import { OfficeHours } from '../entities/office-hours.ts';
import { findPage, NEWEST, whereArchived, type Page, type PageQuery } from '../page.ts';

type Filter = { archived?: boolean | undefined };

export const listExperts = (em: Scoped, { archived }: Filter, page: PageQuery): Promise<Page<Expert>> =>
  findPage(em, Expert, { order: NEWEST, where: whereArchived(archived) }, page);

export const listOfficeHours = (em: Scoped, { archived }: Filter, page: PageQuery): Promise<Page<OfficeHours>> =>
  findPage(em, OfficeHours, { order: NEWEST, where: whereArchived(archived) }, page);

export const TIME_OFF_ORDER = { by: 'startsAt', direction: 'asc' } as const;

export const listTimeOff = (em: Scoped, expertId: string, page: PageQuery): Promise<Page<ExpertTimeOff>> =>
  findPage(em, ExpertTimeOff, { order: TIME_OFF_ORDER, where: { expertId } }, page);

/** The outside calendars of some experts, by expert. */
export async function calendarsOf(em: Scoped, experts: readonly Expert[]): Promise<Map<string, ExpertCalendar>> {
  const calendars = await em.find(ExpertCalendar, { expertId: { $in: experts.map(({ id }) => id) } });
  return new Map(calendars.map((calendar) => [calendar.expertId, calendar]));
}

import { calendarRoutes } from '../../../calls/calendar.ts';
import type { PageCall } from '../../page.ts';
import type { PickedExpert } from '../../parts/calls/slot-picker.tsx';

/** The expert whom an address names; null = anyone. */
export async function expertNamed({ api }: PageCall, expertId: string | null): Promise<PickedExpert | null> {
  if (expertId === null) return null;
  const { data } = await api.read(calendarRoutes.listMyExperts, {});
  return data.find(({ id }) => id === expertId) ?? null;
}

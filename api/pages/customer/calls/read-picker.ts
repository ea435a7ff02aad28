import { calendarRoutes } from '../../../calls/calendar.ts';
import { slotRoutes } from '../../../credits/slots.ts';
import type { Me } from '../../../people/customer-schema.ts';
import { inSite, type PageCall, type Site } from '../../page.ts';
import { pickSlots } from '../../parts/calls/pick-slots.ts';
import type { SlotPickerProps } from '../../parts/calls/slot-picker.tsx';
import { cityOf } from '../../words/instant.ts';

/** A picker on the customer's pages, and what it needs to change the zone of its times. */
export type PickerShown = SlotPickerProps & { me: Me; here: Site };

type Wish = {
  here: Site;
  me: Me;
  /** Under the site's address. */
  path: string;
  leadsTo: string;
  kept: Record<string, string> & { purchase: string };
  /** Of a call that is moved: with whom it is, if nobody else is asked for. */
  expertId?: string;
};

export async function readPicker({ api, query }: PageCall, wish: Wish): Promise<PickerShown> {
  const { here, me, path, leadsTo, kept, expertId } = wish;
  const { data: experts } = await api.read(calendarRoutes.listMyExperts, {});
  const found = await pickSlots({
    query,
    here,
    experts,
    expertId,
    slotsOf: (asked) => api.read(slotRoutes.listMine, { query: { purchaseId: kept.purchase, ...asked } }),
  });
  return {
    ...found,
    canBeAnyone: expertId === undefined,
    clock: `your time (${cityOf(here)})`,
    here,
    me,
    path: inSite(here, path),
    kept,
    leadsTo: inSite(here, leadsTo),
  };
}

import type { z } from 'zod';
import type { myCallSchema, mySeatSchema } from '../../../calls/call-schema.ts';
import { teamCallRoutes } from '../../../calls/team-calls.ts';
import type { myOfficeDateSchema } from '../../../credits/office-hours-schema.ts';
import { accessRoutes } from '../../../platform/access.ts';
import type { accessSchema } from '../../../platform/access-schema.ts';
import { siteOf, type PageCall, type Site } from '../../page.ts';
import { pickSlots } from '../../parts/calls/pick-slots.ts';
import type { SlotPickerProps } from '../../parts/calls/slot-picker.tsx';
import { cityOf } from '../../words/instant.ts';

export const ACCESS_PATH = '/settings/access';

export type AddOn = z.output<typeof accessSchema>;
export type BookedCall = z.output<typeof myCallSchema>;
export type BookedSeat = z.output<typeof mySeatSchema>;
export type OfficeDate = z.output<typeof myOfficeDateSchema>;

/** The site, with the platform’s now: by it slots are open [R27.9]. */
export async function platformHere(call: PageCall): Promise<{ here: Site; addOn: AddOn }> {
  const addOn = await call.api.read(accessRoutes.read, {});
  return { here: { ...siteOf(call), now: addOn.now }, addOn };
}

export const readCredits = ({ api }: PageCall, purchaseId: string) =>
  api.read(teamCallRoutes.credits, { params: { purchaseId } });

/** Slots of the platform's experts, by the account's own clock on the wall. */
export async function readTeamPicker(
  { api, query }: PageCall,
  { purchaseId, here }: { purchaseId: string; here: Site },
): Promise<SlotPickerProps> {
  const { data: experts } = await api.read(teamCallRoutes.experts, {});
  const slotsOf = (asked: object) => api.read(teamCallRoutes.slots, { query: { purchaseId, ...asked } });
  return {
    ...(await pickSlots({ query, here, experts, slotsOf })),
    canBeAnyone: true,
    clock: `your time (${cityOf(here)})`,
    here,
    path: ACCESS_PATH,
    kept: { purchase: purchaseId },
    leadsTo: `${ACCESS_PATH}/book`,
  };
}

/** The office hours that come. */
export const readOfficeDates = async ({ api }: PageCall, purchaseId: string): Promise<OfficeDate[]> =>
  (await api.read(teamCallRoutes.officeHours, { query: { purchaseId } })).data;

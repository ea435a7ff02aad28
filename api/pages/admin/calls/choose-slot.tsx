import { expertRoutes } from '../../../credits/experts.ts';
import { slotRoutes } from '../../../credits/slots.ts';
import { siteOf, type PageCall } from '../../page.ts';
import { pickSlots } from '../../parts/calls/pick-slots.ts';
import { SlotPicker } from '../../parts/calls/slot-picker.tsx';
import { clockOf } from '../../words/instant.ts';

type Choice = {
  /** Where the picker stands, and where a chosen slot leads. */
  path: string;
  purchaseId: string;
  /** Of a call that is moved: with whom it is. */
  expertId?: string;
};

/** Slots to choose from, on an admin's page. */
export async function chooseSlot(call: PageCall, { path, purchaseId, expertId }: Choice) {
  const here = siteOf(call);
  const { data: experts } = await call.api.read(expertRoutes.list, { query: { limit: '200', archived: 'false' } });
  const found = await pickSlots({
    query: call.query,
    here,
    experts,
    expertId,
    slotsOf: (asked) => call.api.read(slotRoutes.list, { query: { purchaseId, ...asked } }),
  });
  return (
    <section id="book" aria-labelledby="book-title">
      <h2 id="book-title">Choose a time</h2>
      <SlotPicker
        {...found}
        canBeAnyone={expertId === undefined}
        here={here}
        clock={clockOf(here)}
        path={path}
        kept={{}}
        leadsTo={path}
      />
    </section>
  );
}

/** Back to the same days. */
export function addressOfDays(path: string, { startsAt: _chosen, ...query }: Record<string, string>): string {
  const search = new URLSearchParams(query).toString();
  return `${path}${search && `?${search}`}#book`;
}

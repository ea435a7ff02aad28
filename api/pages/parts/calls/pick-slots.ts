import type { Instant } from '../../../../workflows/domain/instant.ts';
import type { Here } from '../../words/instant.ts';
import type { PickedExpert, SlotPickerProps } from './slot-picker.tsx';
import { addDaysTo, DAYS_A_WEEK, weekFrom } from './slot-week.ts';

type Asked = { expertId: string; timeZone: string; from: string; to?: string };

type Picking = {
  query: Record<string, string>;
  here: Here;
  experts: readonly PickedExpert[];
  /** Of a call that is moved: with whom it is, if nobody else is asked for. */
  expertId?: string | undefined;
  /** The open slots of `[from, to)`, of one expert or, with '', of all. */
  slotsOf: (asked: Asked) => Promise<{ data: readonly { startsAt: Instant }[] }>;
};

/** What can be booked in the seven days that an address says. */
export async function pickSlots({ query, here, experts, slotsOf, ...given }: Picking) {
  const asked = query.expert ?? given.expertId;
  const expertId = experts.find(({ id }) => id === asked)?.id;
  const picked = { from: weekFrom(query.from, here), day: query.day, expertId };
  const until = addDaysTo(picked.from, DAYS_A_WEEK);
  const of = { expertId: expertId ?? '', timeZone: here.timeZone };
  const { data: slots } = await slotsOf({ ...of, from: picked.from, to: until });
  const later = slots.length > 0 ? [] : (await slotsOf({ ...of, from: until })).data;
  const found: Pick<SlotPickerProps, 'picked' | 'slots' | 'nextFree' | 'experts'> = {
    picked,
    slots,
    nextFree: later[0]?.startsAt ?? null,
    experts,
  };
  return found;
}

import { inSite } from '../../page.ts';
import { addressWith } from '../../parts/list.tsx';
import { SlotPicker } from '../../parts/calls/slot-picker.tsx';
import { ZoneForm } from '../../parts/calls/zone-form.tsx';
import type { PickerShown } from './read-picker.ts';

/** Slots to choose from, with the zone in which they are told. */
export function Picker({ me, ...picker }: PickerShown) {
  const { here, path, kept, picked } = picker;
  const next = addressWith(path, kept, { expert: picked.expertId });
  return (
    <>
      <SlotPicker {...picker} />
      <ZoneForm
        here={here}
        action={inSite(here, '/calls/time-zone')}
        next={`${next}#book`}
        isGuessed={me.timeZone === null}
      />
    </>
  );
}

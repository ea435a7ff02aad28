import { cityOf, type Here } from '../../words/instant.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import { FormKey } from '../fields.tsx';

type ZoneProps = {
  here: Here;
  /** What takes the choice, and where to go on then. */
  action: string;
  next: string;
  /** Whether the browser may say it, since the person has not. */
  isGuessed: boolean;
};

/** In which zone times are read. A browser's script says its own once, where nobody chose one. */
export const ZoneForm = ({ here, action, next, isGuessed }: ZoneProps) => (
  <details className="fold">
    <summary>Your time: {cityOf(here)}. Change</summary>
    <form method="post" action={action} className="form" data-zone={isGuessed ? '' : undefined}>
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="next" value={next} />
      <div className="field">
        <label htmlFor="time-zone">Time zone</label>
        <select id="time-zone" name="timeZone" defaultValue={here.timeZone}>
          <Zones chosen={here.timeZone} />
        </select>
      </div>
      <div className="actions">
        <button>Use this time zone</button>
      </div>
    </form>
  </details>
);

/** Asks for a zone in which nobody reads yet. A browser's script fills its own in. */
export const ZoneField = ({ form }: { form: FormState }) => (
  <div className="field">
    <label htmlFor="field-timeZone">Time zone</label>
    <select
      id="field-timeZone"
      name="timeZone"
      defaultValue={form.typed.timeZone?.at(-1) ?? 'UTC'}
      data-own-zone={form.typed.timeZone ? undefined : ''}
    >
      <Zones chosen="UTC" />
    </select>
  </div>
);

const Zones = ({ chosen }: { chosen: string }) => (
  <>
    {regions(chosen).map(([region, zones]) => (
      <optgroup key={region} label={region}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {placeOf(zone)}
          </option>
        ))}
      </optgroup>
    ))}
  </>
);

/** `America/Argentina/Buenos_Aires` is Argentina, Buenos Aires. */
const placeOf = (zone: string): string => zone.split('/').slice(1).join(', ').replaceAll('_', ' ') || zone;

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** All zones by part of the world; a zone of an older name is one more. */
function regions(chosen: string): [string, string[]][] {
  const zones = ZONES.includes(chosen) ? ZONES : [chosen, ...ZONES];
  return [...Map.groupBy(new Set(zones), (zone) => (zone.includes('/') ? (zone.split('/')[0] ?? '') : 'Other'))];
}

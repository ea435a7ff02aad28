import type { Instant } from '../../../../workflows/domain/instant.ts';
import { dateOf, type Here } from '../../words/instant.ts';
import { countOf } from '../counts.ts';
import { addressWith } from '../list.tsx';
import { Weekday } from '../when.tsx';
import { daysOf, shortDay, startInWords, weeksAround, type SlotDay } from './slot-week.ts';

export type PickedExpert = { id: string; name: string; timeZone: string };

/** What an address says of the picker: `from` the first day, `expert` none for anyone. */
export type Picked = { from: string; day: string | undefined; expertId: string | undefined };

export type SlotPickerProps = {
  picked: Picked;
  /** Of the seven days. */
  slots: readonly { startsAt: Instant }[];
  /** The first slot after them; null = there is none, or there are some in these days. */
  nextFree: Instant | null;
  experts: readonly PickedExpert[];
  /** Whether a call may be with whoever is free. */
  canBeAnyone: boolean;
  here: Here;
  /** Whose clock it is: `your time (Vienna)`. */
  clock: string;
  /** Where the picker stands, with what its address says besides. */
  path: string;
  kept: Record<string, string>;
  /** Where a chosen slot leads: the same address with `startsAt`. */
  leadsTo: string;
};

/** Slots to choose from by expert, week and day: links and one form, so a phone needs no script. */
export function SlotPicker(props: SlotPickerProps) {
  const { picked, slots, here } = props;
  const days = daysOf(slots, picked.from, here);
  const chosen = days.find(({ date }) => date === picked.day) ?? days.find(({ starts }) => starts.length > 0);
  return (
    <>
      <ExpertChoice {...props} />
      <DayChoice {...props} days={days} chosen={chosen} />
      {chosen && chosen.starts.length > 0 ? (
        <HourChoice {...props} day={chosen} />
      ) : (
        <NoSlots {...props} day={chosen} />
      )}
    </>
  );
}

const addressOf = ({ path, kept, picked }: SlotPickerProps, change: Record<string, string | undefined>): string =>
  `${addressWith(path, { ...kept, ...queryOf(picked) }, change)}#book`;

const queryOf = ({ from, day, expertId }: Picked): Record<string, string> => ({
  ...(expertId !== undefined && { expert: expertId }),
  from,
  ...(day !== undefined && { day }),
});

function ExpertChoice(props: SlotPickerProps) {
  const { experts, canBeAnyone, picked } = props;
  if (experts.length < 2) return null;
  return (
    <nav className="views" aria-label="Expert">
      {canBeAnyone ? (
        <a
          href={addressOf(props, { expert: undefined })}
          aria-current={picked.expertId === undefined ? 'true' : undefined}
        >
          Anyone free
        </a>
      ) : null}
      {experts.map(({ id, name }) => (
        <a key={id} href={addressOf(props, { expert: id })} aria-current={picked.expertId === id ? 'true' : undefined}>
          <bdi>{name}</bdi>
        </a>
      ))}
    </nav>
  );
}

type DayProps = SlotPickerProps & { days: SlotDay[]; chosen: SlotDay | undefined };

function DayChoice({ days, chosen, ...props }: DayProps) {
  const { before, after } = weeksAround(props.picked.from, props.here);
  return (
    <nav className="days" aria-label="Day">
      {before === null ? null : (
        <a href={addressOf(props, { from: before, day: undefined })}>
          Earlier<small aria-hidden="true">←</small>
        </a>
      )}
      {days.map(({ date, starts }) =>
        starts.length === 0 ? (
          <span key={date} className="none">
            {shortDay(date)}
            <small>none</small>
          </span>
        ) : (
          <a
            key={date}
            href={addressOf(props, { day: date })}
            aria-current={date === chosen?.date ? 'date' : undefined}
          >
            {shortDay(date)}
            <small>{starts.length} free</small>
          </a>
        ),
      )}
      {after === null ? null : (
        <a href={addressOf(props, { from: after, day: undefined })}>
          Next week<small aria-hidden="true">→</small>
        </a>
      )}
    </nav>
  );
}

function HourChoice({ day, here, clock, kept, picked, leadsTo }: SlotPickerProps & { day: SlotDay }) {
  return (
    <form method="get" action={leadsTo} className="form">
      {Object.entries({ ...kept, ...queryOf({ ...picked, day: day.date }) }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <fieldset>
        <legend>
          <Weekday at={day.starts[0] ?? null} site={here} />, {clock}
        </legend>
        <div className="slots">
          {day.starts.map((at) => (
            <label key={at}>
              <input type="radio" name="startsAt" value={at} required />
              {startInWords(at, day, here)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="actions">
        <button className="primary">Continue</button>
        <span className="quiet small">{countOf(day.starts.length, 'time')} free. Nothing is booked yet.</span>
      </div>
    </form>
  );
}

function NoSlots({ day, nextFree, ...props }: SlotPickerProps & { day: SlotDay | undefined }) {
  const { here } = props;
  return (
    <div className="empty">
      <p>{day ? 'Nothing is free on this day.' : 'Nothing is free in these seven days.'}</p>
      {nextFree === null ? null : (
        <p>
          <a href={addressOf({ ...props, nextFree }, { from: dateOf(nextFree, here), day: undefined })}>
            The next free time is on <Weekday at={nextFree} site={here} />
          </a>
        </p>
      )}
    </div>
  );
}

import type { z } from 'zod';
import type { timeOffSchema } from '../../../credits/expert-schema.ts';
import type { Instant } from '../../../../workflows/domain/instant.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import { FormKey, TextField } from '../../parts/fields.tsx';
import { Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { clockOf } from '../../words/instant.ts';

type TimeOff = z.output<typeof timeOffSchema>;
type Shown = { timeOff: TimeOff[]; expert: { name: string; timeZone: string }; form: FormState; now: Instant };

/** When an expert is away, by their own clock, and a form for more of it. */
export function TimeOffSection({ timeOff, expert, form, now }: Shown) {
  const here = { timeZone: expert.timeZone, now };
  return (
    <section className="box stack" aria-labelledby="time-off">
      <h2 id="time-off">Time off</h2>
      {timeOff.length === 0 ? (
        <p className="quiet">None is planned.</p>
      ) : (
        <Table
          caption="Time off, the earliest first"
          rows={timeOff}
          keyOf={({ id }) => id}
          empty={null}
          columns={[
            { label: 'From', at: '1', cell: ({ startsAt }) => <When at={startsAt} site={here} /> },
            { label: 'Until', at: '2', cell: ({ endsAt }) => <When at={endsAt} site={here} /> },
            { label: '', at: '1r', isFigure: true, cell: ({ id }) => <Remove id={id} /> },
          ]}
        />
      )}
      <form method="post" className="narrow">
        <FormKey form={form} />
        <div className="beside">
          <TextField name="from" label="First day" type="date" required form={form} />
          <TextField name="to" label="Last day" type="date" required form={form} />
        </div>
        <div className="actions">
          <button name="_step" value="away">
            Add time off
          </button>
          <span className="quiet small">Whole days, {clockOf(here)}.</span>
        </div>
      </form>
    </section>
  );
}

const Remove = ({ id }: { id: string }) => (
  <form method="post">
    <FormKey form={EMPTY_FORM} />
    <input type="hidden" name="_timeOff" value={id} />
    <button className="tiny" name="_step" value="back">
      Remove
    </button>
  </form>
);

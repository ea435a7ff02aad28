import type { z } from 'zod';
import type { cancelBookingsPreview } from '../../calls/cancel-bookings-schema.ts';
import { EMPTY_FORM, type FormState } from '../form.ts';
import type { Here } from '../words/instant.ts';
import { countOf } from './counts.ts';
import { FormKey, LongText, TextField } from './fields.tsx';
import { Table } from './list.tsx';
import { Day, When } from './when.tsx';

export type Preview = z.output<typeof cancelBookingsPreview>;

/** `3 calls and 1 seat`. */
const bookingsInWords = ({ calls, seats }: Preview): string =>
  `${countOf(calls.length, 'call')} and ${countOf(seats.length, 'seat')}`;

/** Which days an expert is away; what is booked then is shown before anything is canceled. */
export const AskForDays = ({ form }: { form: FormState }) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <div className="beside">
      <TextField name="from" label="First day" type="date" required form={form} />
      <TextField name="to" label="Last day" type="date" required form={form} />
    </div>
    <LongText name="reason" label="Reason" form={form} />
    <button className="primary" name="_step" value="see">
      See what is canceled
    </button>
  </form>
);

type Shown = { preview: Preview; form: FormState; here: Here; back: string };

/** What is canceled, with what becomes of each credit, and the button that does it. */
export const ConfirmDays = ({ preview, form, here, back }: Shown) => (
  <>
    <p>
      From <When at={preview.startsAt} site={here} /> until <When at={preview.endsAt} site={here} /> nothing can be
      booked any more, and {bookingsInWords(preview)} are canceled. Everybody is told by email.
    </p>
    <Table
      caption="What is canceled, the earliest first"
      rows={[...preview.calls.map((call) => ({ ...call, what: 'Call' })), ...preview.seats.map(asSeat)]}
      keyOf={({ id }) => id}
      empty={<p>Nothing is booked then.</p>}
      columns={[
        { label: 'When', at: '1', cell: ({ startsAt }) => <When at={startsAt} site={here} /> },
        { label: 'What', at: '1r', cell: ({ what }) => what },
        { label: 'With', at: '2', cell: ({ bookerName }) => bookerName ?? 'Somebody without a name' },
        { label: 'Credit', at: '2r', cell: ({ creditExpiresAt }) => <Returns until={creditExpiresAt} here={here} /> },
      ]}
    />
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      {['from', 'to', 'reason'].map((name) => (
        <input key={name} type="hidden" name={name} value={form.typed[name]?.at(-1) ?? ''} />
      ))}
      <button className="danger" name="_step" value="cancel">
        Cancel {bookingsInWords(preview)}
      </button>
      <a className="btn" href={back}>
        Keep them
      </a>
    </form>
  </>
);

const asSeat = (seat: Preview['seats'][number]) => ({ ...seat, what: 'Seat', creditExpiresAt: null });

const Returns = ({ until, here }: { until: string | null; here: Here }) =>
  until === null ? (
    <>–</>
  ) : (
    <>
      Returns, good until <Day at={until} site={here} />
    </>
  );

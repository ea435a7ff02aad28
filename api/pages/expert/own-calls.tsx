import { EMPTY_FORM } from '../form.ts';
import { FormKey } from '../parts/fields.tsx';
import { Table } from '../parts/list.tsx';
import { CallState, personOf, type Call, type Seat } from '../parts/calls/call-words.tsx';
import { Notice } from '../parts/notice.tsx';
import { When } from '../parts/when.tsx';
import type { Here } from '../words/instant.ts';

type Shown = { calls: Call[]; here: Here; canceling: string | undefined; back: string };

/** Calls with what can be done about each; `canceling`: the one that is about to be canceled. */
export function OwnCalls({ calls, here, canceling, back }: Shown) {
  const gone = calls.find(({ id, state }) => id === canceling && state === 'booked');
  return (
    <>
      {gone ? <ConfirmCancel call={gone} here={here} back={back} /> : null}
      <section className="box" aria-label="Calls">
        <Table
          caption="Calls, the earliest first"
          rows={calls}
          keyOf={({ id }) => id}
          empty={<p>No call is booked.</p>}
          columns={[
            { label: 'When', at: '1', cell: ({ startsAt }) => <When at={startsAt} site={here} /> },
            { label: 'Status', at: '1r', cell: CallState },
            { label: 'With', at: '2', width: 'wide', cell: personOf },
            { label: '', at: '2r', isFigure: true, cell: (call) => <Actions call={call} now={here.now} /> },
          ]}
        />
      </section>
    </>
  );
}

/** Before its beginning a call is joined or canceled, after it marked, or put right. */
function Actions({ call: { id, state, startsAt, meetingUrl }, now }: { call: Call; now: string }) {
  if (state === 'canceled') return null;
  if (now < startsAt)
    return (
      <>
        <a className="btn tiny" href={meetingUrl}>
          Join
        </a>{' '}
        <a className="btn tiny" href={`?cancel=${id}`}>
          Cancel …
        </a>
      </>
    );
  return (
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_call" value={id} />
      {state === 'held' ? null : (
        <button className="tiny" name="_step" value="held">
          Held
        </button>
      )}
      {state === 'no_show' ? null : (
        <button className="tiny" name="_step" value="missed">
          Did not come
        </button>
      )}
    </form>
  );
}

const ConfirmCancel = ({ call, here, back }: { call: Call; here: Here; back: string }) => (
  <Notice tone="warn">
    <p>
      Cancel the call with {personOf(call)} on <When at={call.startsAt} site={here} />? They are told, and have their
      credit back, good for at least 30 more days.
    </p>
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_call" value={call.id} />
      <button className="danger" name="_step" value="cancel">
        Cancel this call
      </button>
      <a className="btn" href={back}>
        Keep it
      </a>
    </form>
  </Notice>
);

/** Who has a seat in their office hours. */
export const OwnSeats = ({ seats, here }: { seats: Seat[]; here: Here }) =>
  seats.length === 0 ? null : (
    <section className="box stack" aria-labelledby="seats">
      <h2 id="seats">Office hours</h2>
      <Table
        caption="Seats, the earliest first"
        rows={seats}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          { label: 'When', at: '1', cell: ({ startsAt }) => <When at={startsAt} site={here} /> },
          { label: 'Who', at: '2', cell: personOf },
        ]}
      />
    </section>
  );

import { addDays, toMs } from '../../../../workflows/domain/instant.ts';
import { EMPTY_FORM, toWallClock } from '../../form.ts';
import { FormKey, InstantField } from '../../parts/fields.tsx';
import { Table } from '../../parts/list.tsx';
import { Badge, Notice, ProblemNotice } from '../../parts/notice.tsx';
import { PersonLink, PurchaseLink } from '../../parts/person.tsx';
import { When } from '../../parts/when.tsx';
import { DUE_WORDS } from '../../words/due.ts';
import type { ClockShown, Upcoming } from './clock-shown.ts';
import { Happened } from './entries.tsx';
import { clockOf } from '../../words/instant.ts';

export const LiveAccount = () => (
  <>
    <div className="head">
      <h1>Test clock</h1>
    </div>
    <Notice tone="plain">
      This is a live account, so it runs in real time. Only test accounts have a clock that can be moved.
    </Notice>
  </>
);

export const ClockView = (shown: ClockShown) => (
  <>
    <div className="head">
      <h1>Test clock</h1>
    </div>
    <ProblemNotice problem={shown.problem} />
    <p className="quiet">
      Renewals, payments and emails of this account follow this clock instead of real time. It only moves forward.
    </p>
    {shown.clock.isMoving ? <OnItsWay {...shown} /> : <Standing {...shown} />}
    {shown.way === null ? null : <Happened {...shown} way={shown.way} />}
    {shown.upcoming === null ? null : <Upcomings {...shown} upcoming={shown.upcoming} />}
  </>
);

/** The progress of the move; the page updates itself, or by the link. */
function OnItsWay({ clock: { now, target }, way, site }: ClockShown) {
  const from = toMs(way?.from ?? now);
  const whole = toMs(target ?? now) - from;
  return (
    <section className="clock" aria-label="The clock is moving">
      <p className="time">
        <When at={now} site={site} />
      </p>
      <progress aria-label="Progress" value={whole > 0 ? (toMs(now) - from) / whole : 0} max={1} />
      <p>
        Moving to <When at={target} site={site} />. Everything that is due happens in order.{' '}
        <a href={way === null ? '/test-clock' : `/test-clock?from=${encodeURIComponent(way.from)}`}>Refresh</a>
      </p>
    </section>
  );
}

const Standing = (shown: ClockShown) => (
  <section className="clock">
    <p className="time">
      <When at={shown.clock.now} site={shown.site} />
    </p>
    {shown.mayMove ? <Moves {...shown} /> : <p className="quiet">An owner or administrator can move it.</p>}
  </section>
);

const Moves = ({ clock: { now }, site, upcoming, form }: ClockShown) => (
  <div className="cols even">
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      <button className="primary" name="by" value="day">
        Forward one day
      </button>
      <button className="primary" name="by" value="month">
        Forward one month
      </button>
      <button className="primary" name="by" value="next" disabled={upcoming?.length === 0}>
        To the next due date
      </button>
    </form>
    <form method="post" className="beside">
      <FormKey form={EMPTY_FORM} />
      <InstantField
        name="to@instant"
        label="To a date"
        form={form}
        initial={toWallClock(addDays(now, 7), site.timeZone)}
        help={`${clockOf(site)}.`}
        required
      />
      <button>Move the clock</button>
    </form>
  </div>
);

type UpcomingsProps = ClockShown & { upcoming: Upcoming[] };

const Upcomings = ({ upcoming, clock, site }: UpcomingsProps) => (
  <>
    <h2>What is due next</h2>
    <Table
      caption="What is due next, the earliest first"
      rows={upcoming}
      keyOf={({ id }) => id}
      empty={<p>Nothing is due. Once an offer has been bought, its renewals and other dates are listed here.</p>}
      columns={[
        {
          label: 'When',
          at: '2r',
          cell: ({ nextDueAt }) => (
            <span>
              <When at={nextDueAt} site={site} />{' '}
              {nextDueAt === upcoming[0]?.nextDueAt && !clock.isMoving ? <Badge tone="good">Next</Badge> : null}
            </span>
          ),
        },
        { label: 'What', cell: ({ nextDueKind }) => (nextDueKind === null ? '–' : DUE_WORDS[nextDueKind]), at: '2' },
        { label: 'Who', cell: ({ contact }) => <PersonLink {...contact} />, width: 'wide', at: '1' },
        {
          label: 'Purchase',
          cell: (purchase) => <PurchaseLink {...purchase} />,
          width: 'less',
          at: '1r',
        },
      ]}
    />
  </>
);

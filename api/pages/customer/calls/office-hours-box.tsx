import { addressWith, Table } from '../../parts/list.tsx';
import { inSite, type Site } from '../../page.ts';
import { ShortTime } from '../../parts/calls/call-time.tsx';
import { countOf } from '../../parts/counts.ts';
import type { Giving, MyOfficeDate } from './read-calls.ts';

/** Shown at once; the others behind one link. */
const FIRST = 4;

type BoxProps = Pick<Giving, 'purchase' | 'dates'> & { here: Site };

/** The office hours that come, with the seats that are left. */
export const OfficeHoursBox = ({ purchase, dates, here }: BoxProps) => (
  <section className="box stack" aria-labelledby={`office-hours-${purchase.id}`}>
    <h2 id={`office-hours-${purchase.id}`}>Office hours</h2>
    <p className="quiet">With {purchase.offer.name}, no credit needed.</p>
    <Dates purchase={purchase} dates={dates.slice(0, FIRST)} here={here} />
    {dates.length > FIRST ? (
      <details className="fold">
        <summary>{countOf(dates.length - FIRST, 'more day')}</summary>
        <Dates purchase={purchase} dates={dates.slice(FIRST)} here={here} />
      </details>
    ) : null}
  </section>
);

const Dates = ({ purchase, dates, here }: BoxProps) => (
  <Table
    caption="Office hours, the earliest first"
    rows={dates}
    keyOf={({ blockId, date }) => `${blockId} ${date}`}
    empty={<p>None are planned in the next 60 days.</p>}
    columns={[
      { label: 'When', at: '1', cell: (one) => <ShortTime {...one} here={here} /> },
      { label: 'With', width: 'wide', at: '2', isQuiet: true, cell: Host },
      { label: '', isFigure: true, at: '1r', cell: (one) => <Take date={one} purchaseId={purchase.id} here={here} /> },
    ]}
  />
);

const Host = ({ expert, free, seatId }: MyOfficeDate) => (
  <>
    <bdi>{expert.name}</bdi>
    {seatId === null ? `, ${free === 0 ? 'no seat left' : `${countOf(free, 'seat')} left`}` : ''}
  </>
);

type TakeProps = { date: MyOfficeDate; purchaseId: string; here: Site };

function Take({ date: { blockId, date, free, seatId }, purchaseId, here }: TakeProps) {
  if (seatId !== null) return <span className="state good">Yours</span>;
  if (free === 0) return <span className="state off">Full</span>;
  const asked = { purchase: purchaseId, block: blockId, date };
  return (
    <a className="btn tiny" href={addressWith(inSite(here, '/calls/seats/book'), asked, {})}>
      Take a seat<span className="unseen"> on {date}</span>
    </a>
  );
}

import type { Role } from '../../../../workflows/domain/verb.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { callRoutes, seatRoutes } from '../../../calls/calls.ts';
import type { PageCall, Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { purchasePath, type Purchase } from '../purchase/read-purchase.ts';
import { CallState, type Call, type Seat } from '../../parts/calls/call-words.tsx';
import { PATH } from './call-views.tsx';

const MOST = '20';

export type Bookings = { calls: Call[]; seats: Seat[] };

/** The latest calls and seats of a purchase. */
export async function readBookings({ api }: PageCall, { id, terms }: Purchase): Promise<Bookings> {
  const query = { purchaseId: id, limit: MOST, order: 'newest' } as const;
  const [calls, seats] = await Promise.all([
    terms.credits ? api.read(callRoutes.list, { query }) : null,
    terms.officeHours ? api.read(seatRoutes.listOfSeats, { query }) : null,
  ]);
  return { calls: calls?.data ?? [], seats: seats?.data ?? [] };
}

type SectionProps = Bookings & { purchase: Purchase; site: Site; role: Role | null };

/** Calls and seats of a purchase whose offer gives any. */
export function CallsSection({ purchase: { id, terms }, calls, seats, site, role }: SectionProps) {
  if (!terms.credits && !terms.officeHours) return null;
  const mayBook = PEOPLE.some((one) => one === role);
  return (
    <section>
      <h2>Calls</h2>
      {mayBook ? (
        <div className="actions">
          {terms.credits ? (
            <a className="btn" href={`${purchasePath(id)}/book-call`}>
              Book a call
            </a>
          ) : null}
          {terms.officeHours ? (
            <a className="btn" href={`${purchasePath(id)}/book-seat`}>
              Take a seat in office hours
            </a>
          ) : null}
        </div>
      ) : null}
      <Table
        caption="Calls and seats, the latest first"
        rows={[...calls, ...seats].toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1))}
        keyOf={(booking) => booking.id}
        empty={<p>Nothing has been booked yet.</p>}
        columns={[
          { label: 'What', at: '1', width: 'wide', cell: (one) => <BookingLink booking={one} /> },
          { label: 'State', at: '1r', cell: (one) => <CallState state={one.state} /> },
          { label: 'When', isFigure: true, at: '2', cell: ({ startsAt }) => <When at={startsAt} site={site} /> },
        ]}
      />
    </section>
  );
}

const BookingLink = ({ booking }: { booking: Call | Seat }) =>
  'blockId' in booking ? (
    <a className="row" href={`/office-hours/${booking.blockId}/${booking.date}`}>
      Office hours, <bdi>{booking.expert.name}</bdi>
    </a>
  ) : (
    <a className="row" href={`${PATH}/${booking.id}`}>
      Call with <bdi>{booking.expert.name}</bdi>
    </a>
  );

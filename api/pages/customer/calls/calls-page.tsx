import type { ReactNode } from 'react';
import { digest } from '../../digest.ts';
import { OF_SITE, page, type Page, type PageCall, type Site } from '../../page.ts';
import { Told } from '../notices.tsx';
import { readPicker, type PickerShown } from './read-picker.ts';
import { Picker } from './picker.tsx';
import { CreditBox } from './credit-box.tsx';
import { Past, Upcoming } from './bookings.tsx';
import { readCalls, type Calls, type Giving } from './read-calls.ts';
import { OfficeHoursBox } from './office-hours-box.tsx';

/** A customer's calls: what can be booked, what is, what was, and what comes next [R19.7]. */
export const callsPage: Page = {
  path: `${OF_SITE}/calls`,
  audience: 'customer',
  async show(call) {
    const calls = await readCalls(call);
    const picker = await pickerOf(call, calls);
    const shown = <CallsView {...calls} picker={picker} notice={call.query.notice} />;
    return page('Calls', shown, 200, calls.here.timeZone);
  },
  async state(call) {
    const { giving, upcoming, past, me } = await readCalls(call);
    return digest({ giving, upcoming, past, zone: me.timeZone });
  },
};

/** For the purchase that the address names, or else the first that has a credit. */
async function pickerOf(call: PageCall, { giving, here, me }: Calls): Promise<PickerShown | null> {
  const able = giving.filter(({ credits }) => (credits?.available ?? 0) > 0);
  const from = able.find(({ purchase }) => purchase.id === call.query.purchase) ?? able[0];
  if (!from) return null;
  return readPicker(call, { here, me, path: '/calls', leadsTo: '/calls/book', kept: { purchase: from.purchase.id } });
}

type Shown = Calls & { picker: PickerShown | null; notice: string | undefined };

function CallsView({ giving, here, upcoming, past, known, picker, notice }: Shown) {
  return (
    <>
      <div className="head">
        <h1>Calls</h1>
      </div>
      <Told notice={notice} />
      {giving.length === 0 ? <Nothing /> : null}
      {giving.map((one) =>
        one.credits ? (
          <CreditBox key={one.purchase.id} {...one} credits={one.credits} calls={known} here={here} />
        ) : null,
      )}
      <Upcoming bookings={upcoming} here={here} />
      {picker ? (
        <Book giving={giving} picker={picker} here={here}>
          <Picker {...picker} />
        </Book>
      ) : null}
      {giving.map((one) =>
        one.purchase.officeHours ? <OfficeHoursBox key={one.purchase.id} {...one} here={here} /> : null,
      )}
      <Past bookings={past} here={here} />
    </>
  );
}

const Nothing = () => (
  <div className="empty">
    <p>Nothing that you have here gives calls.</p>
  </div>
);

type BookProps = { giving: Giving[]; picker: PickerShown; here: Site; children: ReactNode };

const Book = ({ giving, picker, children }: BookProps) => {
  const named = giving.find(({ purchase }) => purchase.id === picker.kept.purchase);
  return (
    <section className="box stack" id="book" aria-labelledby="book-title">
      <h2 id="book-title">Book a call{giving.length > 1 ? ` with ${named?.purchase.offer.name}` : ''}</h2>
      {children}
    </section>
  );
};

import { calendarRoutes } from '../../../calls/calendar.ts';
import { customerCallRoutes } from '../../../calls/customer-calls.ts';
import { Problem } from '../../../http/problem.ts';
import { inSite, OF_SITE, type PageCall } from '../../page.ts';
import { CallTime } from '../../parts/calls/call-time.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { WithTerm } from '../../parts/calls/call-terms.tsx';
import type { MyOfficeDate } from './read-calls.ts';
import { ownSteps } from './two-steps.tsx';
import { Trouble } from '../purchase/trouble.tsx';

const askedOf = ({ query }: PageCall) => ({
  blockId: query.block ?? '',
  date: query.date ?? '',
  purchaseId: query.purchase ?? '',
});

/** A seat in one day's office hours, after a look at when that is [R19.6]. */
export const bookSeatPage = ownSteps({
  path: `${OF_SITE}/calls/seats/book`,
  title: 'Take a seat',
  notice: 'seat-booked',
  ask(call, { key, ...tried }) {
    const { blockId, ...asked } = askedOf(call);
    return call.api.ask(customerCallRoutes.takeSeat, { params: { blockId }, body: { ...asked, ...tried }, key });
  },
  async confirm(call, { preview, here, problem }) {
    const date = await readDate(call);
    return (
      <Confirm
        title="Take a seat?"
        trouble={<Trouble problem={problem} />}
        terms={[
          <CallTime key="time" {...date} here={here} />,
          <WithTerm key="with" {...date} here={here} />,
          'It costs no credit, and you may give it up until it begins.',
        ]}
        planHash={preview.planHash}
        button="Take a seat"
        back={{ href: inSite(here, '/calls'), word: 'Back' }}
      />
    );
  },
});

async function readDate(call: PageCall): Promise<MyOfficeDate> {
  const { purchaseId, blockId, date } = askedOf(call);
  const { data } = await call.api.read(calendarRoutes.listMine, { query: { purchaseId } });
  const found = data.find((one) => one.blockId === blockId && one.date === date);
  if (!found) throw new Problem(404, 'not_found', { detail: 'There are no such office hours.' });
  return found;
}

const seatOf = ({ params }: PageCall) => ({ seatId: params.seatId ?? '' });

export const cancelSeatPage = ownSteps({
  path: `${OF_SITE}/calls/seats/{seatId}/cancel`,
  title: 'Give the seat up',
  notice: 'seat-canceled',
  ask: (call, { key, ...body }) => call.api.ask(customerCallRoutes.cancelSeat, { params: seatOf(call), body, key }),
  async confirm(call, { preview, here, problem }) {
    const seat = await call.api.read(customerCallRoutes.readSeat, { params: seatOf(call) });
    return (
      <Confirm
        title="Give this seat up?"
        trouble={<Trouble problem={problem} />}
        terms={[
          <CallTime key="time" {...seat} here={here} />,
          <WithTerm key="with" {...seat} here={here} />,
          'Somebody else may take it then. No credit was used.',
        ]}
        planHash={preview.planHash}
        button="Give the seat up"
        isDangerous
        back={{ href: inSite(here, '/calls'), word: 'Keep it' }}
      />
    );
  },
});

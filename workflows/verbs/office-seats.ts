import {
  bookerOf,
  forbidsBooking,
  rejectsAll,
  rejectsSlot,
  seatData,
  seatsOf,
  withoutSeat,
  type CanceledBy,
} from '../domain/calls/bookings.ts';
import type { Seat } from '../domain/calls/call.ts';
import { toBoth } from './call-emails.ts';
import type { Verb } from './verb.ts';

/** `id` is the command's own id. */
export type BookSeatInput = Seat;

/** Books a seat in one day's office hours, which costs no credit [R19.6]. */
export const bookSeat: Verb<BookSeatInput> = {
  name: 'book-seat',

  forbids: (state, now) => (state.terms.officeHours ? forbidsBooking(state, now) : 'This offer gives no office hours.'),

  rejects: (state, seat, { now, shut }) => rejectsSlot(state, seat, now) ?? rejectsAll([seat.blockId], shut),

  effect: (state, seat, { now, actor }) => ({
    ...state,
    seats: [...seatsOf(state).filter(({ endsAt }) => endsAt > now), { ...seat, ...bookerOf(state, actor) }],
  }),

  reports: (state, seat, { actor }) => {
    const data = seatData({ ...seat, ...bookerOf(state, actor) });
    return { entry: 'seat.booked', data, emails: toBoth('seat-booked', 'expert-seat-booked', data) };
  },
};

export type CancelSeatInput = { seatId: string; by: CanceledBy };

/** Gives a seat up, which others may take then. */
export const cancelSeat: Verb<CancelSeatInput> = {
  name: 'cancel-seat',

  forbids: () => null,

  rejects(state, { seatId }, { now }) {
    const seat = seatsOf(state).find(({ id }) => id === seatId);
    if (!seat) return { code: 'call_over', detail: 'It is not booked any more.' };
    return now < seat.startsAt
      ? null
      : { code: 'too_late', at: seat.startsAt, detail: `It has begun at ${seat.startsAt}.` };
  },

  effect: (state, { seatId }) => withoutSeat(state, seatId),

  reports(state, { seatId, by }) {
    const seat = seatsOf(state).find(({ id }) => id === seatId);
    const data = { ...(seat && seatData(seat)), by };
    return { entry: 'seat.canceled', data, emails: toBoth('seat-canceled', 'expert-seat-canceled', data) };
  },
};

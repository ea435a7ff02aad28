import type { Instant } from '../instant.ts';

export const CALL_OUTCOMES = ['held', 'no_show'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** A call that is booked, or that ended not long ago; its credit is held under its id. */
export type Call = {
  /** The id of the command that booked it. */
  id: string;
  expertId: string;
  startsAt: Instant;
  endsAt: Instant;
  /** Raised by every move and by the cancellation, as calendars ask for (RFC 5545, 3.8.7.4). */
  sequence: number;
  /** Those that are still to be sent, the earliest first. */
  reminders: Instant[];
  /** null = it is still to end. */
  outcome: CallOutcome | null;
  /** The admin of the account that it is for who booked it; absent = somebody else did. */
  bookedBy?: string | undefined;
};

/** A seat in one day's office hours. */
export type Seat = {
  /** The id of the command that booked it. */
  id: string;
  blockId: string;
  /** The host of the block. */
  expertId: string;
  /** The day in the block's own zone: `2027-03-14`. */
  date: string;
  startsAt: Instant;
  endsAt: Instant;
  bookedBy?: string | undefined;
};

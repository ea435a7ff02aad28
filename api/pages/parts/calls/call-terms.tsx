import type { ReactNode } from 'react';
import { fromMs, MINUTE_MS, toMs, type Instant } from '../../../../workflows/domain/instant.ts';
import { noticeEndsAt } from '../../../../workflows/domain/calls/bookings.ts';
import { CallTime, WithExpert } from './call-time.tsx';
import type { PickedExpert } from './slot-picker.tsx';
import { When } from '../when.tsx';
import { cityOf, type Here } from '../../words/instant.ts';

export const endOfCall = (startsAt: Instant, minutes: number): Instant => fromMs(toMs(startsAt) + minutes * MINUTE_MS);

type Booking = {
  startsAt: Instant;
  endsAt: Instant;
  /** null = whoever is free. */
  expert: Pick<PickedExpert, 'name' | 'timeZone'> | null;
  here: Here;
};

/** What a call is that is about to be booked or moved, and until when that can be changed. */
export function bookingTerms({
  startsAt,
  endsAt,
  expert,
  here,
  credits,
}: Booking & { credits: string[] }): ReactNode[] {
  const until = noticeEndsAt({ startsAt });
  return [
    <>
      <CallTime startsAt={startsAt} endsAt={endsAt} here={here} />, your time ({cityOf(here)})
    </>,
    expert === null ? 'With whoever is free then' : <WithTerm startsAt={startsAt} expert={expert} here={here} />,
    ...credits,
    here.now > until ? (
      'It begins within 24 hours, so it cannot be moved, and if you cancel it, its credit is spent.'
    ) : (
      <>
        It can be moved or canceled until <When at={until} site={here} />; later its credit is spent.
      </>
    ),
  ];
}

type WithProps = { startsAt: Instant; expert: NonNullable<Booking['expert']>; here: Here };

export const WithTerm = (props: WithProps) => (
  <>
    With <WithExpert {...props} />
  </>
);

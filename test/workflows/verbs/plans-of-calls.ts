import { after } from '../../builders/purchase.ts';
import { aCalled, aCallingPurchase, aSeat, CALL_AT, CALL_ENDS } from '../../builders/calls.ts';
import type { PlanRow } from './offer-change-plans.ts';

const slot = { callId: 'call-1', startsAt: CALL_AT, endsAt: CALL_ENDS, expertIds: ['expert-1'] };
const nothing = { writes: [], money: [] };
const seated = aCallingPurchase({ seats: [aSeat()] });
const begun = aCalled({ startsAt: after(3600), endsAt: after(9000) });

/** What each verb on calls and seats does [R19.5, R19.6]. */
export const PLANS_OF_CALLS: PlanRow[] = [
  [
    'book-call holds a credit and tells both',
    'book-call',
    aCallingPurchase(),
    slot,
    { ...nothing, emails: ['call-booked', 'expert-call-booked'], entry: 'call.booked' },
  ],
  [
    'move-call keeps the credit and tells both',
    'move-call',
    aCalled(),
    { ...slot, startsAt: '2027-02-04T09:00:00.000Z', endsAt: '2027-02-04T09:45:00.000Z' },
    { ...nothing, emails: ['call-moved', 'expert-call-moved'], entry: 'call.moved' },
  ],
  [
    'move-call to another expert withdraws it from the calendar of the one before',
    'move-call',
    aCalled(),
    { ...slot, expertIds: ['expert-2'] },
    { ...nothing, emails: ['call-moved', 'expert-call-booked', 'expert-call-canceled'], entry: 'call.moved' },
  ],
  [
    'cancel-call tells both',
    'cancel-call',
    aCalled(),
    { callId: 'call-1', by: 'booker' },
    { ...nothing, emails: ['call-canceled', 'expert-call-canceled'], entry: 'call.canceled' },
  ],
  [
    'end-call says that a call was held, and tells nobody',
    'end-call',
    begun,
    { callId: 'call-1', outcome: 'held' },
    { ...nothing, emails: [], entry: 'call.held' },
  ],
  [
    'end-call says that nobody came',
    'end-call',
    begun,
    { callId: 'call-1', outcome: 'no_show' },
    { ...nothing, emails: [], entry: 'call.no-show' },
  ],
  [
    'book-seat costs no credit and tells both',
    'book-seat',
    aCallingPurchase(),
    aSeat(),
    { ...nothing, emails: ['seat-booked', 'expert-seat-booked'], entry: 'seat.booked' },
  ],
  [
    'cancel-seat tells both',
    'cancel-seat',
    seated,
    { seatId: 'seat-1', by: 'booker' },
    { ...nothing, emails: ['seat-canceled', 'expert-seat-canceled'], entry: 'seat.canceled' },
  ],
];

import type { Call, Seat } from '../../workflows/domain/calls/call.ts';
import type { Credits, OpenCredit } from '../../workflows/domain/credits/ledger.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { aPurchase, T0 } from './purchase.ts';

export const RULE = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 } as const;

/** Three days after the purchase, for 45 minutes. */
export const CALL_AT = addDays(T0, 3);
export const CALL_ENDS = '2027-02-03T09:45:00.000Z';

export const aCall = (given: Partial<Call> = {}): Call => ({
  id: 'call-1',
  expertId: 'expert-1',
  startsAt: CALL_AT,
  endsAt: CALL_ENDS,
  sequence: 0,
  reminders: ['2027-02-02T09:00:00.000Z', '2027-02-03T08:00:00.000Z'],
  outcome: null,
  ...given,
});

export const aSeat = (given: Partial<Seat> = {}): Seat => ({
  id: 'seat-1',
  blockId: 'block-1',
  expertId: 'expert-1',
  date: '2027-02-03',
  startsAt: CALL_AT,
  endsAt: '2027-02-03T13:00:00.000Z',
  ...given,
});

export const aCredit = (given: Partial<OpenCredit> = {}): OpenCredit => ({
  id: 1,
  issuedAt: T0,
  expiresAt: '2028-01-31T09:00:00.000Z',
  heldBy: null,
  ...given,
});

/** Credits as they stand: these are open. */
export const someCredits = (open: OpenCredit[]): Credits => ({
  anchor: T0,
  paid: [{ from: T0, until: null }],
  next: 6,
  passedOver: [],
  issued: open.length,
  open,
  year: { startsAt: T0, issued: open.length, gone: 0 },
  warnFrom: null,
});

type Given = Partial<Omit<PurchaseState, 'terms'>>;

/** A purchase that gives calls and office hours, with one credit. */
export const aCallingPurchase = (given: Given = {}): PurchaseState => ({
  ...aPurchase({ terms: { credits: RULE, officeHours: true } }),
  credits: someCredits([aCredit()]),
  ...given,
});

/** One that has a call booked, for its credit. */
export const aCalled = (call: Partial<Call> = {}, given: Given = {}): PurchaseState =>
  aCallingPurchase({
    credits: someCredits([aCredit({ heldBy: 'call-1' })]),
    calls: [aCall(call)],
    ...given,
  });

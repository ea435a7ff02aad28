import { describe, expect, test } from '@jest/globals';
import type { Billing } from '../../../workflows/domain/billing.ts';
import type { ShutSlot } from '../../../workflows/domain/calls/bookings.ts';
import { addDays, fromMs, toMs } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { BOOKING_VERB_NAMES, type PlannedName } from '../../../workflows/domain/verb.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { begin } from '../../../workflows/verbs/begin.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import {
  aCall,
  aCalled,
  aCallingPurchase,
  aCredit,
  aSeat,
  CALL_AT,
  CALL_ENDS,
  someCredits,
} from '../../builders/calls.ts';
import { PLANS_OF_CALLS } from './plans-of-calls.ts';
import { aCancellation, aCommand, after, aPurchase, askedBy, T0 } from '../../builders/purchase.ts';

const NOW = after(60);
const DAY_BEFORE = addDays(CALL_AT, -1);
const LATER = '2027-02-05T09:00:00.000Z';
const ms = (at: string, by: number) => fromMs(toMs(at) + by);
const slotAt = (startsAt: string, expertIds = ['expert-1']) => ({
  callId: 'call-1',
  startsAt,
  endsAt: ms(startsAt, 45 * 60_000),
  expertIds,
});

const does = (name: PlannedName, state: PurchaseState, input: object, now = NOW, shut: ShutSlot[] = []) =>
  plan(name, state, input, { ...askedBy(now), shut });
const refuses = (name: PlannedName, state: PurchaseState, input: object, now = NOW, shut: ShutSlot[] = []) =>
  ask(name, state, input, { ...askedBy(now), shut })?.code ?? null;
const ledger = (planned: ReturnType<typeof plan>) => planned.ledger.map(({ kind, credit }) => [kind, credit]);

describe('what each does, in order', () => {
  test.each(PLANS_OF_CALLS)('%s', (_what, verb, state, input, expected) => {
    const planned = plan(verb, state, input, askedBy(after(7200)));

    expect({ ...planned, emails: planned.emails.map(({ kind }) => kind) }).toMatchObject(expected);
    expect(planned.follows).toMatchObject({ entries: [], emails: [], followUps: [] });
  });

  test('every one of them is proved here', () => {
    const proved = new Set(PLANS_OF_CALLS.map(([, verb]) => verb));

    expect(BOOKING_VERB_NAMES.filter((verb) => !proved.has(verb))).toEqual([]);
  });
});

describe('booking a call [R19.5]', () => {
  test('holds the credit nearest its expiry', () => {
    const soon = aCredit({ id: 2, expiresAt: addDays(T0, 100) });
    const planned = does('book-call', aCallingPurchase({ credits: someCredits([aCredit(), soon]) }), slotAt(CALL_AT));

    expect(ledger(planned)).toEqual([['redeemed', 2]]);
    expect(planned.next.credits?.open).toMatchObject([
      { id: 1, heldBy: null },
      { id: 2, heldBy: 'call-1' },
    ]);
    expect(planned.next.calls).toEqual([aCall()]);
  });

  test('a credit that expires at that very instant cannot be used, and the call may lie after its expiry', () => {
    const state = aCallingPurchase({ credits: someCredits([aCredit({ expiresAt: NOW })]) });

    expect(refuses('book-call', state, slotAt(CALL_AT))).toBe('no_credit');
    expect(refuses('book-call', state, slotAt(CALL_AT), ms(NOW, -1))).toBeNull();
  });

  test('what was previewed is what is booked later, under the id of another command', () => {
    const hash = (callId: string, startsAt: string, now = NOW) =>
      preview('book-call', aCallingPurchase(), { ...slotAt(startsAt), callId }, askedBy(now)).planHash;

    expect(hash('call-2', CALL_AT, ms(NOW, 5_000))).toBe(hash('call-1', CALL_AT));
    expect(hash('call-1', LATER)).not.toBe(hash('call-1', CALL_AT));
  });

  test('of two who want the last credit, the other reads that it is held', () => {
    expect(ask('book-call', aCalled(), slotAt(LATER), askedBy(NOW))).toMatchObject({
      code: 'no_credit',
      detail: 'No credit is left: every one is held for a call that is booked.',
    });
  });

  test('is up to 60 days ahead, to the millisecond', () => {
    const last = addDays(NOW, 60);

    expect(refuses('book-call', aCallingPurchase(), slotAt(last))).toBeNull();
    expect(refuses('book-call', aCallingPurchase(), slotAt(ms(last, 1)))).toBe('slot_closed');
    expect(refuses('book-call', aCallingPurchase(), slotAt(NOW))).toBe('instant_past');
  });

  test('no slot after a known end of access [R27.2]', () => {
    const ends = aCallingPurchase({ access: { startsAt: T0, endsAt: CALL_ENDS } });

    expect(refuses('book-call', ends, slotAt(CALL_AT))).toBeNull();
    expect(refuses('book-call', ends, slotAt(ms(CALL_AT, 1)))).toBe('slot_closed');
  });

  test('a block on access stops it, a revocation of some products does not [R19.4]', () => {
    const by = { kind: 'admin' as const, id: 'a' };
    const revoked = (...productIds: string[]) => productIds.map((productId) => ({ productId, since: T0, by }));

    expect(refuses('book-call', aCallingPurchase({ revoked: revoked('course', 'community') }), slotAt(CALL_AT))).toBe(
      'wrong_state',
    );
    expect(refuses('book-call', aCallingPurchase({ revoked: revoked('course') }), slotAt(CALL_AT))).toBeNull();
  });

  test('while a verb that ends billing is on its way it is refused, while a refund is it is not', () => {
    const pending = (name: 'cancel' | 'refund', input: object) => {
      const state = aCallingPurchase();
      return { ...state, pending: begin(aCommand(name, input), does(name, state, input), NOW) };
    };
    const refund = { paymentId: 'in_1', amountMinor: 100, billing: 'keep', access: 'keep' };

    expect(refuses('book-call', pending('cancel', { when: 'now', cancelAt: null }), slotAt(CALL_AT))).toBe(
      'verb_pending',
    );
    expect(refuses('book-call', pending('refund', refund), slotAt(CALL_AT))).toBeNull();
  });

  test('an offer without credits gives no calls, one without office hours no seats', () => {
    expect(refuses('book-call', aPurchase(), slotAt(CALL_AT))).toBe('wrong_state');
    expect(refuses('book-seat', aPurchase(), aSeat())).toBe('wrong_state');
  });

  test('takes the first expert who is free, and says why where none is', () => {
    const anyone = slotAt(CALL_AT, ['expert-1', 'expert-2', 'expert-3']);
    const taken = (id: string) => ({ id, why: 'taken' as const });
    const closed = (id: string) => ({ id, why: 'closed' as const });

    expect(does('book-call', aCallingPurchase(), anyone, NOW, [taken('expert-1')]).next.calls).toMatchObject([
      { expertId: 'expert-2' },
    ]);
    const all = [taken('expert-1'), closed('expert-2'), closed('expert-3')];
    expect(refuses('book-call', aCallingPurchase(), anyone, NOW, all)).toBe('slot_taken');
    expect(refuses('book-call', aCallingPurchase(), slotAt(CALL_AT), NOW, [closed('expert-1')])).toBe('slot_closed');
    expect(refuses('book-call', aCallingPurchase(), slotAt(CALL_AT, []), NOW)).toBe('slot_closed');
  });

  test('moves no version, and its preview says what it holds', () => {
    const shown = preview('book-call', aCallingPurchase(), slotAt(CALL_AT), askedBy(NOW));

    expect(does('book-call', aCallingPurchase(), slotAt(CALL_AT)).next.version).toBe(aCallingPurchase().version);
    expect(shown.calls).toEqual([{ id: 'call-1', kind: 'call', change: 'booked', startsAt: CALL_AT, at: null }]);
  });

  test('a call that comes nearer makes no preview of another verb stale', () => {
    const reminded = aCalled({ reminders: ['2027-02-03T08:00:00.000Z'] });
    const hash = (state: PurchaseState) => preview('revoke', state, { productIds: null }, askedBy(NOW)).planHash;

    expect(hash(reminded)).toBe(hash(aCalled()));
  });
});

describe('moving and canceling, at the millisecond of 24 hours before [R19.5]', () => {
  test('a move keeps credit and length, counts the version, and reminds anew', () => {
    const { next, ...planned } = does('move-call', aCalled(), slotAt(LATER), DAY_BEFORE);

    expect(ledger({ ...planned, next })).toEqual([]);
    expect(next.calls).toEqual([
      aCall({
        startsAt: LATER,
        endsAt: '2027-02-05T09:45:00.000Z',
        sequence: 1,
        reminders: ['2027-02-04T09:00:00.000Z', '2027-02-05T08:00:00.000Z'],
      }),
    ]);
    expect(planned.data).toMatchObject({ previousStartsAt: CALL_AT, sequence: 1 });
    expect(refuses('move-call', aCalled(), slotAt(LATER), ms(DAY_BEFORE, 1))).toBe('too_late');
    expect(refuses('move-call', aCalled(), slotAt(CALL_AT))).toBe('unchanged');
  });

  test('the credit returns with its old expiry up to then, and is spent later', () => {
    const inTime = does('cancel-call', aCalled(), { callId: 'call-1', by: 'booker' }, DAY_BEFORE);
    const late = does('cancel-call', aCalled(), { callId: 'call-1', by: 'booker' }, ms(DAY_BEFORE, 1));

    expect(inTime.next.credits?.open).toEqual([aCredit()]);
    expect(inTime.data).toMatchObject({ credit: 'returned', sequence: 1 });
    expect(late.next.credits?.open).toEqual([]);
    expect(late.data).toMatchObject({ credit: 'spent' });
    expect(late.next.calls).toEqual([]);
  });

  test('one that has expired meanwhile ends with its return', () => {
    const held = someCredits([aCredit({ heldBy: 'call-1', expiresAt: after(3600) })]);
    const planned = does(
      'cancel-call',
      aCalled({}, { credits: held }),
      { callId: 'call-1', by: 'booker' },
      after(7200),
    );

    expect(planned.data).toMatchObject({ credit: 'expired' });
    expect(planned.next.credits?.open).toEqual([]);
  });

  test('canceled by the expert it returns at any hour, for at least 30 more days', () => {
    const held = someCredits([aCredit({ heldBy: 'call-1', expiresAt: after(3600) })]);
    const begun = ms(CALL_AT, 1);
    const planned = does('cancel-call', aCalled({}, { credits: held }), { callId: 'call-1', by: 'site' }, begun);

    expect(planned.next.credits?.open).toEqual([aCredit({ expiresAt: addDays(begun, 30) })]);
    const hash = (now: string) =>
      preview('cancel-call', aCalled({}, { credits: held }), { callId: 'call-1', by: 'site' }, askedBy(now)).planHash;
    expect(hash(ms(begun, 5_000))).toBe(hash(begun));
    expect(refuses('cancel-call', aCalled(), { callId: 'call-1', by: 'booker' }, CALL_AT)).toBe('too_late');
  });

  test('a call that is over is neither', () => {
    const over = aCalled({ outcome: 'held' });

    expect(refuses('cancel-call', over, { callId: 'call-1', by: 'booker' })).toBe('call_over');
    expect(refuses('move-call', over, slotAt(LATER))).toBe('call_over');
    expect(refuses('cancel-call', aCallingPurchase(), { callId: 'call-1', by: 'site' })).toBe('call_over');
  });
});

describe('held or missed [R19.5]', () => {
  test('either way the credit is spent, from the beginning on', () => {
    const { next, data } = does('end-call', aCalled(), { callId: 'call-1', outcome: 'no_show' }, CALL_AT);

    expect(next.credits?.open).toEqual([]);
    expect(next.calls).toMatchObject([{ outcome: 'no_show', reminders: [] }]);
    expect(data).toMatchObject({ callId: 'call-1' });
    expect(refuses('end-call', aCalled(), { callId: 'call-1', outcome: 'held' }, ms(CALL_AT, -1))).toBe('wrong_state');
  });

  test('can be put right for a week, and spends no second credit', () => {
    const held = aCalled({ outcome: 'held' }, { credits: someCredits([aCredit()]) });
    const corrected = does('end-call', held, { callId: 'call-1', outcome: 'no_show' }, addDays(CALL_ENDS, 6));

    expect(corrected.ledger).toEqual([]);
    expect(corrected.next.calls).toMatchObject([{ outcome: 'no_show' }]);
    expect(refuses('end-call', held, { callId: 'call-1', outcome: 'held' }, CALL_ENDS)).toBe('unchanged');
    const forgotten = does(
      'book-call',
      held,
      { ...slotAt(addDays(CALL_AT, 20)), callId: 'call-2' },
      addDays(CALL_ENDS, 7),
    );
    expect(forgotten.next.calls?.map(({ id }) => id)).toEqual(['call-2']);
  });
});

describe('seats in office hours [R19.6]', () => {
  test('cost no credit, and are given up until they begin', () => {
    const { next, ledger: lines } = does('book-seat', aCallingPurchase(), aSeat());

    expect(lines).toEqual([]);
    expect(next.seats).toEqual([aSeat()]);
    expect(does('cancel-seat', next, { seatId: 'seat-1', by: 'booker' }).next.seats).toEqual([]);
    expect(refuses('cancel-seat', next, { seatId: 'seat-1', by: 'booker' }, CALL_AT)).toBe('too_late');
  });

  test('one for each person, and only while some are left', () => {
    const shut = (why: ShutSlot['why']) => [{ id: 'block-1', why }];

    expect(refuses('book-seat', aCallingPurchase(), aSeat(), NOW, shut('yours'))).toBe('already_booked');
    expect(refuses('book-seat', aCallingPurchase(), aSeat(), NOW, shut('taken'))).toBe('slot_taken');
  });
});

test('a cancellation on a date names the calls after it, which then go', () => {
  const state = aCalled();
  const at = addDays(T0, 2);
  const shown = preview('cancel', state, { when: 'at', cancelAt: at }, askedBy(NOW));

  expect(shown.calls).toEqual([{ id: 'call-1', kind: 'call', change: 'canceled', startsAt: CALL_AT, at }]);
  const scheduled = aCalled({}, { billing: { ...state.billing, cancellation: aCancellation(at) } as Billing });
  expect(preview('revoke', scheduled, { productIds: null }, askedBy(NOW)).calls).toEqual([]);
});

describe('a revocation [R27.2]', () => {
  const booked = aCalled({}, { seats: [aSeat()] });

  test('leaves calls and seats as they are', () => {
    const planned = plan('revoke', booked, { productIds: null, calls: 'keep' }, askedBy(NOW));

    expect(planned.next).toMatchObject({ calls: booked.calls, seats: booked.seats, credits: booked.credits });
    expect(preview('revoke', booked, { productIds: null }, askedBy(NOW)).calls).toEqual([]);
  });

  test('that says so cancels them, as the site: credits return for 30 days at least, and both sides are told', () => {
    const late = addDays(CALL_AT, -1 / 24);
    const aging = { ...booked, credits: someCredits([aCredit({ heldBy: 'call-1', expiresAt: addDays(late, 1) })]) };
    const planned = plan('revoke', aging, { productIds: ['course'], calls: 'cancel' }, askedBy(late));

    expect(planned.next).toMatchObject({ calls: [], seats: [] });
    expect(planned.next.credits?.open).toMatchObject([{ heldBy: null, expiresAt: addDays(late, 30) }]);
    expect(planned.follows.ledger).toMatchObject([
      { kind: 'returned', callId: 'call-1', expiresAt: addDays(late, 30) },
    ]);
    expect(planned.follows.entries).toMatchObject([
      { type: 'call.canceled', data: { callId: 'call-1', by: 'site', credit: 'returned', sequence: 1 } },
      { type: 'seat.canceled', data: { seatId: 'seat-1', by: 'site' } },
    ]);
    expect(planned.follows.emails.map(({ kind, to }) => [kind, to])).toEqual([
      ['call-canceled', 'customer'],
      ['expert-call-canceled', 'expert'],
      ['seat-canceled', 'customer'],
      ['expert-seat-canceled', 'expert'],
    ]);
    expect(preview('revoke', aging, { productIds: ['course'], calls: 'cancel' }, askedBy(late)).calls).toEqual([
      { id: 'call-1', kind: 'call', change: 'canceled', startsAt: CALL_AT, at: null },
      { id: 'seat-1', kind: 'seat', change: 'canceled', startsAt: CALL_AT, at: null },
    ]);
  });

  test('of before cancels nothing that is booked since', () => {
    const { next } = plan('revoke', booked, { productIds: ['course'], calls: 'cancel' }, askedBy(NOW));
    const again = { ...next, calls: booked.calls, credits: booked.credits };

    expect(plan('revoke', again, { productIds: null, calls: 'keep' }, askedBy(NOW)).next.calls).toEqual(booked.calls);
  });
});

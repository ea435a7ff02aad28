import { describe, expect, test } from '@jest/globals';
import { fromMs, toMs } from '../../../workflows/domain/instant.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { aCalled, CALL_AT, CALL_ENDS } from '../../builders/calls.ts';
import { askedBy } from '../../builders/purchase.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const before = (at: string, ms: number): string => fromMs(toMs(at) - ms);

/** Where a call stands: what each instant is to it. */
const MOMENTS = {
  'a day before, to the millisecond': before(CALL_AT, DAY_MS),
  'a millisecond later': before(CALL_AT, DAY_MS - 1),
  'a millisecond before it begins': before(CALL_AT, 1),
  'as it begins': CALL_AT,
  'a millisecond before it ends': before(CALL_ENDS, 1),
} as const;

const TO = { startsAt: '2027-02-05T09:00:00.000Z', endsAt: '2027-02-05T09:45:00.000Z', expertIds: ['expert-1'] };
const VERBS = {
  'the booker moves it': ['move-call', TO],
  'the booker cancels it': ['cancel-call', { by: 'booker' }],
  'the expert or an admin cancels it': ['cancel-call', { by: 'site' }],
  'it is marked as held': ['end-call', { outcome: 'held' }],
  'it is marked as missed': ['end-call', { outcome: 'no_show' }],
} as const;

/** Who may until when, and what becomes of the credit: a refusal, or the state of the credit. */
const TABLE: Record<keyof typeof VERBS, string[]> = {
  'the booker moves it': ['held', 'too_late', 'too_late', 'too_late', 'too_late'],
  'the booker cancels it': ['available', 'spent', 'spent', 'too_late', 'too_late'],
  'the expert or an admin cancels it': ['available', 'available', 'available', 'available', 'available'],
  'it is marked as held': ['wrong_state', 'wrong_state', 'wrong_state', 'spent', 'spent'],
  'it is marked as missed': ['wrong_state', 'wrong_state', 'wrong_state', 'spent', 'spent'],
};

const CASES = Object.entries(TABLE).flatMap(([what, outcomes]) =>
  Object.entries(MOMENTS).map(([when, now], place) => [what, when, now, outcomes[place]!] as const),
);

describe('a call and its credit [R19.5]', () => {
  test.each(CASES)('%s, %s', (what, _when, now, outcome) => {
    const [name, input] = VERBS[what as keyof typeof VERBS];
    const asked = { callId: 'call-1', ...input };
    const refusal = ask(name, aCalled(), asked, askedBy(now));

    expect(refusal?.code ?? creditAfter(name, asked, now)).toBe(outcome);
  });
});

function creditAfter(name: 'move-call' | 'cancel-call' | 'end-call', input: object, now: string): string {
  const [credit] = plan(name, aCalled(), input, askedBy(now)).next.credits?.open ?? [];
  if (!credit) return 'spent';
  return credit.heldBy === null ? 'available' : 'held';
}

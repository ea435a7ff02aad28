import { hasEndedAccess } from '../domain/billing-parts.ts';
import { addDays, latest, parseInstant, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Verb } from './verb.ts';

/** One of both: by so many days, or to an instant. */
export type ExtendInput = { days: number | null; until: Instant | null };

/** Gives more days of access, also after they were over; billing stays as it is [R27.10]. */
export const extend: Verb<ExtendInput> = {
  name: 'extend',

  forbids({ billing, access, duplicateOf }) {
    if (hasEndedAccess(billing)) return 'Access has ended with the billing.';
    if (duplicateOf !== null) return 'It was sent back, and gives no access.';
    return access?.endsAt ? null : 'Its access has no end that could be moved.';
  },

  rejects(state, { days, until }, { now }) {
    if ((days === null) === (until === null)) return wrong('days', 'Give either days or until.');
    if (days !== null) return Number.isInteger(days) && days > 0 ? null : wrong('days', 'days must be a whole number.');
    if (until === null || !parseInstant(until)) return wrong('until', 'until must be an instant with a zone.');
    const from = runsOutAt(state, now);
    if (until > from) return null;
    return { code: 'instant_past', field: 'until', at: from, detail: `until must be later than ${from}.` };
  },

  effect(state, input, { now }) {
    if (!state.access) return state;
    const access = { ...state.access, endsAt: extended(state, input, now) };
    return { ...state, access, reached: { ...state.reached, accessExpired: false } };
  },

  reports: (state, input, { now }) => ({
    entry: 'purchase.access-extended',
    data: { endsAt: extended(state, input, now), beforeAt: state.access?.endsAt ?? null },
    emails: [],
  }),
};

const wrong = (field: 'days' | 'until', detail: string): Refusal => ({ code: 'invalid_instant', field, detail });

/** Days are counted from the end, or from now where that has passed. */
const runsOutAt = ({ access }: PurchaseState, now: Instant): Instant => latest(access?.endsAt ?? now, now);

const extended = (state: PurchaseState, { days, until }: ExtendInput, now: Instant): Instant =>
  until ?? addDays(runsOutAt(state, now), days ?? 0);

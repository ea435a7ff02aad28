import { hasEndedAccess } from '../domain/billing-parts.ts';
import { accessFrom } from '../domain/access-period.ts';
import { parseInstant, type Instant } from '../domain/instant.ts';
import type { Verb } from './verb.ts';

export type AccessStartInput = { startsAt: Instant };

/** Moves the start of access; `not_started` and `expired` are counted anew from it [R6]. */
export const accessStart: Verb<AccessStartInput> = {
  name: 'access-start',

  forbids: ({ billing }) => (hasEndedAccess(billing) ? 'Access has ended with the billing.' : null),

  rejects: (_state, { startsAt }) =>
    parseInstant(startsAt)
      ? null
      : { code: 'invalid_instant', field: 'startsAt', detail: 'startsAt must be an instant with a zone.' },

  effect(state, { startsAt }, { now }) {
    const access = accessFrom(startsAt, state.terms);
    const isOver = access.endsAt !== null && access.endsAt <= now;
    return { ...state, access, reached: { accessStarted: startsAt <= now, accessExpired: isOver } };
  },

  reports: (state, { startsAt }) => ({
    entry: 'purchase.access-start-changed',
    data: { startsAt, endsAt: accessFrom(startsAt, state.terms).endsAt },
    emails: [],
  }),
};

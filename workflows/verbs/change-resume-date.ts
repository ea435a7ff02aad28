import { billingStatus, isLive } from '../domain/billing.ts';
import type { Instant } from '../domain/instant.ts';
import { chargesSuspended } from './charges-suspended.ts';
import { rejectsStripeInstant } from './stripe-instant.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

export type ChangeResumeDateInput = { resumeAt: Instant | null };

/** Moves or clears the instant at which a pause ends by itself [R7.3]. */
export const changeResumeDate: Verb<ChangeResumeDateInput> = {
  name: 'change-resume-date',

  forbids: ({ billing }) => (billingStatus(billing) === 'paused' ? null : 'Only a paused purchase has a resume date.'),

  rejects({ billing }, { resumeAt }, { now }) {
    if (isLive(billing) && resumeAt === billing.pause?.resumeAt)
      return { code: 'unchanged', detail: 'That is its resume date already.' };
    return resumeAt === null ? null : rejectsStripeInstant('resumeAt', resumeAt, now);
  },

  writes: (state, { resumeAt }) => [
    { op: 'pauseCollection', subscriptionId: subscriptionOf(state).subscriptionId, resumesAt: resumeAt },
  ],

  effect: (state, { resumeAt }) => withLiveBilling(state, ({ pause }) => ({ pause: pause && { ...pause, resumeAt } })),

  money: (state, { resumeAt }) => chargesSuspended(state, resumeAt),

  reports: (_state, { resumeAt }) => ({
    entry: 'purchase.resume-date-changed',
    data: { resumeAt },
    emails: both('resume-date-changed', 'admin-resume-date-changed', { resumeAt }),
  }),
};

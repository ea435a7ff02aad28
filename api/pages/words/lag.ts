import type { LagName } from '../../../db/jobs/lags.ts';

type LagWords = { label: string; meaning: string; doing: string };

/** What each lag is of, and what to do about one that is late: the long of it is in the guide. */
export const LAG_WORDS: Record<LagName, LagWords> = {
  inbox: {
    label: 'Commands and webhooks',
    meaning: 'Accepted, and not yet carried out',
    doing:
      'Is a worker up, and its /readyz 200? Does Stripe answer? What Stripe does not answer is tried for three days.',
  },
  wakes: {
    label: 'Wakes that were lost',
    meaning: 'To be woken again by a worker’s sweep',
    doing: 'Is a worker up, and does it reach Temporal? Its log says sweep.failed.',
  },
  timers: {
    label: 'Purchases past their instant',
    meaning: 'Something of them was due, and was not done',
    doing: 'Does Temporal run? npm run ops -- revive starts what does not run.',
  },
  mail: {
    label: 'Emails',
    meaning: 'Due, and not yet taken by the provider',
    doing: 'Is the provider away, or its rate used up? They are tried for five days.',
  },
  stripeEvents: {
    label: 'Stripe’s list of events',
    meaning: 'Up to when it was read for what webhooks missed',
    doing: 'Does Stripe answer, and does each account’s key still hold? The log says back_fill.failed.',
  },
  reconciliation: {
    label: 'Comparison with Stripe',
    meaning: 'Of the account that waits longest; and differences that stand',
    doing: 'The log of the worker says reconciliation.failed, and why.',
  },
  attentions: {
    label: 'Decisions',
    meaning: 'Purchases that wait for a person',
    doing: 'They stand in the queue of each account: press retry or abandon.',
  },
};

/** What the workers do every few minutes, by the name of the job. */
export const JOB_WORDS: Record<string, string> = {
  'revive-in-new-store': 'Start everything in a new Temporal store',
  'start-missing': 'Start what does not run',
  'read-calendars': 'Read experts’ calendars',
  'back-fill': 'Read Stripe’s list of events',
  reconcile: 'Compare with Stripe',
  'end-checkouts': 'End checkouts that were left',
  'erase-contacts': 'Erase contacts',
  'merge-contacts': 'Merge contacts',
  'account-usage': 'Count what accounts use',
  'watch-limits': 'Watch the limits of plans',
};

import type { Doubt } from '../../workflows/forecast/forecast-entry.ts';

/** Why something is not certain, as it is said to admins. */
export const DOUBT_WORDS: Record<Doubt, string> = {
  retry: 'Whether the card is taken is known only then. If it is not, Stripe tries again, or billing ends.',
  past_due: 'An earlier payment has failed, and this one may fail as well.',
  price_changed_at_stripe: 'The price was changed at Stripe: this is the figure that Stripe has told last.',
  credit_at_stripe: 'A change of offer may have left a credit with Stripe, which pays a part of this, or all of it.',
  prorated: 'Stripe prorates this by the second. Its own figure counts.',
  plan_paused_at_stripe: 'The plan was paused at Stripe, where its safety stop may have been taken off by hand.',
};

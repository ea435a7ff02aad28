import { asCalled, isReached } from '../money/stripe-account.ts';
import { sql } from '../sql.ts';

/** Who lives by a clock at Stripe: contacts of test accounts, and accounts that buy of one. */
export const CLOCKS_AT_STRIPE = sql`(
  select account_id, holder_id, stripe_clock_id as clock_id, ${asCalled(sql`stripe_account`)} as stripe_account
  from stripe_customers s where stripe_clock_id is not null and ${isReached(sql`s.stripe_account`)})`;

/** A clock, in a Stripe account; null = the platform's own. */
export type ClockAtStripe = { clockId: string; stripeAccount: string | null };

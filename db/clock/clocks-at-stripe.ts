import { sql } from '../sql.ts';

/** Who lives by a clock at Stripe: contacts of test accounts, and accounts that buy of one. */
export const CLOCKS_AT_STRIPE = sql`(
  select account_id, id as holder_id, stripe_clock_id as clock_id from contacts where stripe_clock_id is not null
  union all
  select account_id, for_account_id, stripe_clock_id from account_customers where stripe_clock_id is not null)`;

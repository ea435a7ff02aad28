import { Migration } from '@mikro-orm/migrations';

/**
 * Checkouts that ended unpaid, with why, and what became of them. Of those that ended before,
 * Stripe is asked.
 */
export class AbandonedCheckouts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table checkouts add column amount_minor bigint, add column currency text, add column ended_at timestamptz,
    add column reason text check (reason in ('left', 'declined', 'expired')),
    add column recovered_by uuid, add column recovered_at timestamptz, add column look_at timestamptz`,
  `update checkouts set ended_at = coalesce(expires_at, created_at) where state = 'expired'`,
  `update checkouts set reason = 'left' where state = 'expired' and stripe_session_id is null`,
  `create index checkouts_list on checkouts (account_id, created_at desc, id desc) where stripe_session_id is not null`,
  `create index checkouts_by_state on checkouts (account_id, state, created_at desc, id desc) where stripe_session_id is not null`,
  `create index checkouts_by_reason on checkouts (account_id, reason, created_at desc, id desc)
    where stripe_session_id is not null and reason is not null`,
  `create index checkouts_of_contact on checkouts (contact_id, created_at desc, id desc) where stripe_session_id is not null`,
  `create index checkouts_of_holder on checkouts (holder_id, offer_id)`,
  `create index checkouts_over on checkouts (expires_at) where state = 'open' and stripe_session_id is not null`,
  'drop index checkouts_add_on',
  `create index checkouts_add_on on checkouts (add_on_at) where add_on_at is not null and (state = 'completed' or recovered_by = purchase_id)`,
  `create index checkouts_unexplained on checkouts (ended_at) where state = 'expired' and reason is null`,
];

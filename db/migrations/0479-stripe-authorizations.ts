import { Migration } from '@mikro-orm/migrations';

/** Who is at Stripe's page to connect an account, by the hash of what comes back from there. */
export class StripeAuthorizations extends Migration {
  override up(): void {
    this.addSql(
      `create table stripe_authorizations (
         state_hash text primary key,
         account_id uuid not null references accounts,
         actor jsonb not null,
         expires_at timestamptz not null)`,
    );
    this.addSql('create index stripe_authorizations_of_account on stripe_authorizations (account_id, expires_at)');
  }
}

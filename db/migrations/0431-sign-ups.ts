import { Migration } from '@mikro-orm/migrations';

/**
 * What a checkout makes besides its purchase: an account with its owner. Accounts that are made so
 * sell on a Stripe account of their own.
 */
export class SignUps extends Migration {
  override up(): void {
    this.addSql('alter table checkouts add column sign_up jsonb');
    this.addSql('create index checkouts_signing_up on checkouts (contact_id) where sign_up is not null');
    this.addSql('alter table accounts add column needs_own_stripe boolean not null default false');
  }
}

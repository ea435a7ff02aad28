import { Migration } from '@mikro-orm/migrations';

/** When Stripe is to be told a contact's changed address or name, by real time; null = it knows. */
export class ContactsAtStripe extends Migration {
  override up(): void {
    this.addSql('alter table contacts add column stripe_sync_at timestamptz');
    this.addSql(
      `create index contacts_stripe_sync on contacts (stripe_sync_at)
       where stripe_sync_at is not null and stripe_customer_id is not null`,
    );
  }
}

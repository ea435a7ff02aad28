import { Migration } from '@mikro-orm/migrations';

/**
 * A purchase may become another offer, at Stripe too, and there nobody asks whether the contact has
 * that one already: only what is still the offer that was bought stands alone.
 */
export class OfferChanges extends Migration {
  override up(): void {
    this.addSql('alter table purchases add column offer_changed_at timestamptz');
    this.addSql('drop index purchases_one_live');
    this.addSql(`create unique index purchases_one_live on purchases (contact_id, offer_id)
      where is_live and duplicate_of is null and origin = 'bought' and offer_changed_at is null`);
  }
}

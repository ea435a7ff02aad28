import { Migration } from '@mikro-orm/migrations';

/** The card that was charged, once it has been read from Stripe; of what was not paid by card, only that it was read. */
export class PaymentCards extends Migration {
  override up(): void {
    this.addSql(`alter table payments add column card_brand text, add column card_last4 text,
      add column is_card_read boolean not null default false`);
  }
}

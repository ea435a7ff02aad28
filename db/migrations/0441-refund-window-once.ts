import { Migration } from '@mikro-orm/migrations';

/** Offers whose refund window opens once for whoever buys them, however often that is. */
export class RefundWindowOnce extends Migration {
  override up(): void {
    this.addSql('alter table offers add column refund_window_once boolean not null default false');
  }
}

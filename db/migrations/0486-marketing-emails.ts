import { Migration } from '@mikro-orm/migrations';

/** Of each email, whether only those who subscribed get it. */
export class MarketingEmails extends Migration {
  override up(): void {
    this.addSql('alter table emails add column is_marketing boolean not null default false');
  }
}

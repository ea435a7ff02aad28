import { Migration } from '@mikro-orm/migrations';

/** An outside system grants an offer by an address of its own, since this instant; null = none does. */
export class ActivationUrls extends Migration {
  override up(): void {
    this.addSql('alter table offers add column activation_since timestamptz');
  }
}

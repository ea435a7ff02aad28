import { Migration } from '@mikro-orm/migrations';

/** One of the accounts is the platform's own, which sells to the others. */
export class Platform extends Migration {
  override up(): void {
    this.addSql('alter table accounts add column is_platform boolean not null default false');
    this.addSql('create unique index accounts_platform on accounts (is_platform) where is_platform');
  }
}

import { Migration } from '@mikro-orm/migrations';

/** In which zone a person reads the times of calls; null = the site's. */
export class TimeZones extends Migration {
  override up(): void {
    this.addSql('alter table contacts add column time_zone text');
  }
}
